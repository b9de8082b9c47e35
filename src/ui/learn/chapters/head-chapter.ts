import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { UNKNOWN, type Head } from '../../../domain/head.js';
import { insightOf, type FeatureVoice, type HeadInsight } from '../../../domain/learn/insight.js';
import type { Sample } from '../../../domain/sample.js';
import { decimals, figure } from '../../../i18n/learn-format.js';
import { HEAD_TEXTS as texts } from '../../../i18n/learn-uses-messages.js';
import type { TeachSession, TeachState } from '../../../session/teach/types.js';
import { LearnCommandEvent } from '../../events.js';
import { ChapterElement } from '../chapter-element.js';
import { slider } from '../fields.js';
import { name, operator, row, type FormulaView } from '../math.js';
import '../sightline-formula.js';

const SHOWN = 12;

/** A picture that was taught, with what the detector saw in it. */
interface Exhibit {
  readonly sample: Sample;
  readonly features: Float32Array;
  readonly url: string | undefined;
}

/** Chapter 8: the head that the person has taught, opened. */
@customElement('sightline-head-chapter')
export class HeadChapter extends ChapterElement {
  @property({ attribute: false }) accessor teach: TeachSession | undefined;
  @state() private accessor taught: TeachState | undefined;
  @state() private accessor exhibit: Exhibit | undefined;
  @state() private accessor isLooking = true;
  @state() private accessor muted: ReadonlySet<number> = new Set();
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
    const insight = insightOf(head, exhibit.features, this.muted);
    const says = named(insight.answer.label);
    const first = insightOf(head, exhibit.features).answer.label;
    const samples = this.#samples;
    const index = samples.findIndex(({ id }) => id === exhibit.sample.id);
    return this.page({
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${formula(head, insight)}
      ></sightline-formula>`,
      figure: html`${this.#picture(exhibit)} ${answers(head, insight)} ${this.#voices(insight)}`,
      controls: html`
        ${slider({
          label: texts.sample,
          name: texts.sample,
          value: index,
          min: 0,
          max: samples.length - 1,
          step: 1,
          shown: texts.sampleNumber(index, exhibit.sample.label),
          changed: (example) => {
            this.change({ example });
          },
        })}
        <p class="hint">${texts.hint}</p>
        ${
          this.muted.size === 0
            ? nothing
            : html`<button @click=${this.#hearAll}>${texts.clear}</button>`
        }
      `,
      task: {
        text: texts.task,
        progress: texts.progress(this.muted.size, says),
        isSolved: this.muted.size > 0 && first !== UNKNOWN && insight.answer.label !== first,
      },
    });
  }

  #empty(head: Head | undefined): TemplateResult {
    const isOpening = this.isLooking || this.taught === undefined;
    let text: string = texts.none;
    if (isOpening) text = texts.opening;
    else if (head !== undefined) text = texts.noExample;
    return this.page({
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

  #picture({ url, sample }: Exhibit): TemplateResult | typeof nothing {
    if (url === undefined) return nothing;
    return html`<img class="exhibit" src=${url} alt=${texts.picture(sample.label)} />`;
  }

  #voices({ voices, label }: HeadInsight): TemplateResult {
    const loudest = [...voices].sort((a, b) => b.part - a.part);
    const silenced = loudest.filter(({ index }) => this.muted.has(index));
    const shown = [...silenced, ...loudest.filter(({ index }) => !this.muted.has(index))];
    return html`<table class="voices">
      <caption>
        ${texts.features10(named(label))}
      </caption>
      <thead>
        <tr>
          <th scope="col">${texts.feature}</th>
          <th scope="col">${texts.value}</th>
          <th scope="col">${texts.slope}</th>
          <th scope="col">${texts.part}</th>
        </tr>
      </thead>
      <tbody>
        ${shown.slice(0, SHOWN + silenced.length).map((voice) => this.#voice(voice))}
      </tbody>
    </table>`;
  }

  #voice({ index, map, channel, value, slope, part }: FeatureVoice): TemplateResult {
    const title = texts.name(shortName(map), channel);
    const isMuted = this.muted.has(index);
    return html`<tr>
      <th scope="row">
        <label>
          <input
            type="checkbox"
            aria-label=${texts.mute(title)}
            .checked=${isMuted}
            @change=${() => {
              this.#toggle(index);
            }}
          />
          ${title}
        </label>
      </th>
      <td>${decimals(value)}</td>
      <td>${decimals(slope)}</td>
      <td>${decimals(part)}</td>
    </tr>`;
  }

  #toggle(index: number): void {
    const muted = new Set(this.muted);
    if (!muted.delete(index)) muted.add(index);
    this.muted = muted;
  }

  readonly #hearAll = (): void => {
    this.muted = new Set();
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
    this.muted = new Set();
    this.isLooking = false;
    const url = picture === undefined ? undefined : URL.createObjectURL(picture);
    this.exhibit = features === undefined ? undefined : { sample, features, url };
  }

  #forget(): void {
    if (this.exhibit?.url !== undefined) URL.revokeObjectURL(this.exhibit.url);
  }
}

function named(label: string): string {
  return label === UNKNOWN ? texts.unknown : label;
}

/** The last part of a map's name says which it is. */
function shortName(map: string): string {
  return map.split('/').at(-1) ?? map;
}

function answers({ labels }: Head, { answer }: HeadInsight): TemplateResult {
  return html`<table>
    <caption>
      ${texts.answers}
    </caption>
    <tbody>
      ${labels.map(
        (label, index) =>
          html`<tr>
            <th scope="row">${named(label)}</th>
            <td>
              <meter min="0" max="1" .value=${answer.probabilities[index] ?? 0}></meter>
            </td>
            <td>${decimals(answer.probabilities[index] ?? 0, 3)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
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
