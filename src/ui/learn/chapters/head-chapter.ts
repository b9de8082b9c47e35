import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { UNKNOWN, type Head } from '../../../domain/head.js';
import { evidenceOf } from '../../../domain/learn/evidence.js';
import { insightOf, type HeadInsight } from '../../../domain/learn/insight.js';
import type { Sample } from '../../../domain/sample.js';
import { decimals, figure } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { HEAD_TEXTS as texts } from '../../../i18n/learn-uses-messages.js';
import type { TeachSession, TeachState } from '../../../session/teach/types.js';
import { LearnCommandEvent } from '../../events.js';
import { ChapterElement } from '../chapter-element.js';
import { segments, slider } from '../fields.js';
import {
  answerTable,
  exhibitPicture,
  mapTable,
  named,
  PATCHES,
  voiceTable,
  weightTable,
} from '../head-figures.js';
import { name, operator, row, type FormulaView } from '../math.js';
import '../sightline-formula.js';

const PAGES = ['usual', 'features', 'weights'] as const;
/** Features that one press silences: a name hangs on dozens of them. */
const AT_ONCE = 10;

/** A picture that was taught, with what the detector saw in it. */
interface Exhibit {
  readonly sample: Sample;
  readonly features: Float32Array;
  readonly url: string | undefined;
  /** What it sees in each part of the box; `undefined` until it has looked. */
  readonly patches: readonly Float32Array[] | 'none' | undefined;
}

/** Chapter 8: the head that the person has taught, opened. */
@customElement('sightline-head-chapter')
export class HeadChapter extends ChapterElement {
  @property({ attribute: false }) accessor teach: TeachSession | undefined;
  @state() private accessor taught: TeachState | undefined;
  @state() private accessor exhibit: Exhibit | undefined;
  @state() private accessor isLooking = true;
  #key = '';
  #unsubscribe: (() => void) | undefined;

  constructor() {
    super();
    this.addController({
      hostDisconnected: () => {
        this.#unsubscribe?.();
        this.#forget();
      },
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('teach') && this.teach !== undefined) void this.#open(this.teach);
    const sample = this.#sample;
    const key = `${sample?.id ?? ''} ${this.#head?.id ?? ''}`;
    if (key === this.#key) return;
    this.#key = key;
    void this.#look(sample, this.#head);
  }

  get #head(): Head | undefined {
    return this.taught?.heads.at(-1)?.head;
  }

  get #samples(): readonly Sample[] {
    return this.taught?.samples.filter(({ kind }) => kind === 'example') ?? [];
  }

  get #sample(): Sample | undefined {
    const samples = this.#samples;
    return samples[Math.min(this.lesson.example, samples.length - 1)];
  }

  override render(): TemplateResult {
    const [head, exhibit] = [this.#head, this.exhibit];
    if (head === undefined || exhibit === undefined) return this.#empty(head);
    const muted = new Set(this.lesson.muted);
    const insight = insightOf(head, exhibit.features, muted);
    const says = named(insight.answer.label);
    const first = insightOf(head, exhibit.features).answer.label;
    const samples = this.#samples;
    const index = samples.findIndex(({ id }) => id === exhibit.sample.id);
    const page = PAGES.find((each) => each === this.lesson.show) ?? 'usual';
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${formula(head, insight)}
      ></sightline-formula>`,
      figure: html`
        ${segments({
          label: LEARN_TEXTS.pages,
          value: page,
          choices: PAGES,
          shown: (each) => texts.pages[each],
          changed: (each) => {
            this.change({ show: each });
          },
        })}
        ${page === 'usual' ? this.#where(head, exhibit, insight, muted) : nothing}
        ${page === 'features' ? this.#voices(insight, muted) : nothing}
        ${page === 'weights' ? html`<div class="list">${weightTable(head, insight)} ${mapTable(insight)}</div>` : nothing}
      `,
      controls: slider({
        label: texts.sample,
        name: texts.sample,
        value: index,
        min: 0,
        max: samples.length - 1,
        step: 1,
        shown: texts.sampleNumber(index, exhibit.sample.label),
        changed: (example) => {
          this.change({ example, muted: [] });
        },
      }),
      more: html`<p class="hint">${texts.hint}</p>
        ${
          muted.size === 0 ? nothing : html`<button @click=${this.#hearAll}>${texts.clear}</button>`
        }`,
      task: {
        text: texts.task,
        progress: texts.progress(muted.size, says),
        isSolved: muted.size > 0 && first !== UNKNOWN && insight.answer.label !== first,
      },
    });
  }

  #voices(insight: HeadInsight, muted: ReadonlySet<number>): TemplateResult {
    const muteLoudest = (): void => {
      this.#muteLoudest(insight);
    };
    return html`<div class="list">
      ${voiceTable(insight, muted, this.#toggle)}
      <button @click=${muteLoudest}>${texts.muteLoudest(AT_ONCE)}</button>
    </div>`;
  }

  /** The picture with its evidence, and the answers beside it. */
  #where(
    head: Head,
    { sample, url, patches }: Exhibit,
    insight: HeadInsight,
    muted: ReadonlySet<number>,
  ): TemplateResult {
    const { output, label } = insight;
    const isKnown = patches !== undefined && patches !== 'none';
    const evidence = isKnown ? evidenceOf(head, patches, output, muted) : undefined;
    let remark: string = texts.legend;
    if (patches === undefined) remark = texts.locating;
    else if (patches === 'none') remark = texts.notLocated;
    return html`<div class="stage">
        <div class="picture">${exhibitPicture({ sample, url, evidence, label })}</div>
        <div class="side scrolls">${answerTable(head, insight)}</div>
      </div>
      <p class="hint" role="status">${remark}</p>`;
  }

  #empty(head: Head | undefined): TemplateResult {
    const isOpening = this.isLooking || this.taught === undefined;
    let text: string = texts.none;
    if (isOpening) text = texts.opening;
    else if (head !== undefined) text = texts.noExample;
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      figure: html`<div class="empty">
        <p role="status">${text}</p>
        ${
          isOpening
            ? nothing
            : html`<button class="primary" @click=${this.#goTeach}>${texts.teach}</button>`
        }
      </div>`,
      controls: nothing,
      task: { text: texts.task, progress: '', isSolved: false },
    });
  }

  readonly #toggle = (index: number): void => {
    const { muted } = this.lesson;
    const isMuted = muted.includes(index);
    this.change({ muted: isMuted ? muted.filter((each) => each !== index) : [...muted, index] });
  };

  #muteLoudest({ voices }: HeadInsight): void {
    const { muted } = this.lesson;
    const loudest = voices.filter(({ index }) => !muted.includes(index)).slice(0, AT_ONCE);
    this.change({ muted: [...muted, ...loudest.map(({ index }) => index)] });
  }

  readonly #hearAll = (): void => {
    this.change({ muted: [] });
  };

  readonly #goTeach = (): void => {
    this.dispatchEvent(new LearnCommandEvent({ kind: 'leave', to: 'teach' }));
  };

  async #open(teach: TeachSession): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = teach.onState((state) => {
      this.taught = state;
    });
    try {
      await teach.open();
    } catch {
      // What could not be opened is as if nothing had been taught.
    }
    this.taught = teach.state;
    if (this.#head === undefined) this.isLooking = false;
  }

  async #look(sample: Sample | undefined, head: Head | undefined): Promise<void> {
    const key = this.#key;
    if (sample === undefined || head === undefined || this.teach === undefined) return;
    this.isLooking = true;
    const [features, picture] = await Promise.all([
      this.teach.features(sample.id, head.source).catch(() => undefined),
      this.teach.thumbnail(sample.id).catch(() => undefined),
    ]);
    if (key !== this.#key) return;
    this.#forget();
    this.isLooking = false;
    const url = picture === undefined ? undefined : URL.createObjectURL(picture);
    this.exhibit =
      features === undefined ? undefined : { sample, features, url, patches: undefined };
    if (features !== undefined) void this.#locate(sample, head, key);
  }

  /** Has the detector look at the parts of the picture; where it cannot, all else stays. */
  async #locate(sample: Sample, head: Head, key: string): Promise<void> {
    const patches = await this.teach
      ?.patches(sample.id, head.source, PATCHES)
      .catch(() => undefined);
    if (key !== this.#key || this.exhibit?.sample.id !== sample.id) return;
    this.exhibit = { ...this.exhibit, patches: patches ?? 'none' };
  }

  #forget(): void {
    if (this.exhibit?.url !== undefined) URL.revokeObjectURL(this.exhibit.url);
  }
}

function formula(head: Head, { label, probability, logit, voices }: HeadInsight): FormulaView {
  const { layers } = head.network;
  const shape = [layers[0]?.inputs ?? 0, ...layers.map(({ units }) => units)];
  return {
    spoken: texts.spoken,
    walk: ['features', 'weights', 'logit', 'softmax'],
    parts: [
      {
        id: 'softmax',
        maths: row(name('p'), operator('='), name('softmax')),
        value: decimals(probability, 3),
        words: texts.softmax(named(label), probability),
      },
      operator('('),
      {
        id: 'logit',
        maths: row(name('z'), operator('='), name('f')),
        value: figure(logit),
        words: texts.logit(named(label), logit),
      },
      operator('('),
      {
        id: 'features',
        maths: name('X'),
        value: String(voices.length),
        words: texts.features(voices.length, head.source.maps.length),
      },
      operator(';'),
      { id: 'weights', maths: name('W'), value: shape.join('→'), words: texts.weights(shape) },
      operator(')'),
      operator(')'),
    ],
  };
}
