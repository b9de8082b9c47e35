import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { toSightlineError, type SightlineError } from '../../../domain/errors.js';
import { prepare, targetOf, type Study } from '../../../domain/learn/design.js';
import {
  countsAt,
  CROSS_STEPS,
  diagnose,
  scoresOf,
  type DiagnosisRun,
} from '../../../domain/learn/diagnosis.js';
import { HEART_RISK, syntheticHeart } from '../../../domain/learn/heart-model.js';
import { MOST_UNITS, type LessonKey } from '../../../domain/learn/lesson.js';
import { DIAGNOSIS_TASK } from '../../../domain/learn/tasks.js';
import type { Scored } from '../../../domain/quality/roc.js';
import { DIAGNOSIS_TEXTS as texts } from '../../../i18n/learn-diagnosis-messages.js';
import { decimals, figure } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { LearnCommandEvent } from '../../events.js';
import { ChapterElement } from '../chapter-element.js';
import { CrossValidationRun } from '../cross-validation.js';
import { diagnosisFormula } from '../diagnosis-formula.js';
import { diagnosisData } from '../diagnosis-data.js';
import { calibrationFigure, confusionTable, rocFigure } from '../diagnosis-figures.js';
import { segments, slider } from '../fields.js';
import { lossChart } from '../loss-chart.js';
import { player } from '../player.js';
import '../sightline-formula.js';
import { columnTable, type OpenTable } from '../table-parts.js';
import { TrainingRun } from '../training-run.js';

const PATIENTS = 300;
const RATES = [0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.3, 1];
/** What the training depends on. */
const SETTINGS = [
  'seed',
  'activation',
  'networkShape',
  'learningRate',
  'regularizationRate',
  'batchSize',
  'optimizer',
  'percTrainData',
  'target',
  'no',
] as const satisfies readonly LessonKey[];
const { found: FOUND, inPeace: IN_PEACE, fewestSteps: FEWEST_STEPS } = DIAGNOSIS_TASK;
const PAGES = ['usual', 'train', 'judge', 'check'] as const;
type Page = (typeof PAGES)[number];

/** Chapter 4: a table, a network, and an honest look at what it is worth. */
@customElement('sightline-diagnosis-chapter')
export class DiagnosisChapter extends ChapterElement {
  /** What the person has opened; without anything, the synthetic example. */
  @property({ attribute: false }) accessor table: OpenTable | undefined;
  /** A file that was dropped and waits to be read. */
  @property({ attribute: false }) accessor file: File | undefined;
  @state() private accessor fault: SightlineError | undefined;
  @state() private accessor isReading = false;

  readonly #run = new TrainingRun(this, () => {
    if (this.#run.step !== this.lesson.step) this.change({ step: this.#run.step });
  });
  readonly #cross = new CrossValidationRun(this);
  #source!: OpenTable;
  #study!: Study;
  #subject!: DiagnosisRun;
  #key = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('file') && this.file !== undefined) void this.#read(this.file);
    const { step, seed } = this.lesson;
    const key = JSON.stringify(SETTINGS.map((name) => this.lesson[name]));
    if (key === this.#key && !changed.has('table')) {
      if (!this.#run.isPlaying && step !== this.#run.step) this.#run.seek(step);
      return;
    }
    this.#key = key;
    this.#source = this.table ?? { name: '', raw: syntheticHeart(PATIENTS, seed) };
    this.#prepare();
    this.#subject = diagnose(this.#study, this.lesson);
    this.#cross.clear();
    this.#run.use(this.#subject.experiment, step);
  }

  override rest(): void {
    if (this.#run.isPlaying) this.#run.pause();
  }

  /** A target that cannot be used is refused, and the likeliest one is taken. */
  #prepare(): void {
    const { raw } = this.#source;
    try {
      this.#study = prepare(raw, targetOf(raw, this.lesson));
    } catch (thrown) {
      this.fault = toSightlineError(thrown);
      this.#study = prepare(raw);
    }
  }

  override render(): TemplateResult {
    const scores = scoresOf(this.#subject);
    const { threshold, show } = this.lesson;
    const { step } = this.#subject.experiment.now;
    const { sensitivity = 0, specificity = 0 } = countsAt(scores, threshold);
    const page = PAGES.find((each) => each === show) ?? 'usual';
    const isSolved = step >= FEWEST_STEPS && sensitivity >= FOUND && specificity >= IN_PEACE;
    return this.page({
      lead: html`<strong class="device">${texts.device}</strong>`,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${diagnosisFormula(this.#subject, this.#study.inputs.length, this.lesson)}
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
        ${this.#page(page, scores)}
      `,
      controls: nothing,
      more: this.#more(page),
      task: {
        text: texts.task(FOUND, IN_PEACE),
        progress: this.#progress(step, sensitivity, specificity, isSolved),
        isSolved,
      },
    });
  }

  #progress(step: number, found: number, inPeace: number, isSolved: boolean): string {
    if (step < FEWEST_STEPS) return texts.untrained;
    const now = texts.progress(found, inPeace);
    return isSolved ? now : `${now} ${texts.unjudged}`;
  }

  #page(page: Page, scores: readonly Scored[]): TemplateResult {
    switch (page) {
      case 'usual':
        return this.#data();
      case 'train':
        return html`${lossChart(this.#subject.experiment, { height: 56 })} ${this.#player()}`;
      case 'judge':
        return html`<div class="stage">
            ${rocFigure(scores, this.lesson.threshold)}
            ${confusionTable(scores, this.lesson.threshold)}
          </div>
          ${this.#threshold()}`;
      case 'check':
        return html`<div class="stage">
          ${calibrationFigure(scores)}
          ${this.#cross.view(() => {
            this.#cross.start(this.#study, this.lesson);
          })}
        </div>`;
    }
  }

  #more(page: Page): TemplateResult | undefined {
    switch (page) {
      case 'usual':
        return html`<p class="hint">${texts.drop}</p>
          ${this.table === undefined ? html`<p class="hint">${texts.model(HEART_RISK)}</p>` : nothing}
          ${columnTable(this.#study)}`;
      case 'train':
        return this.#training();
      case 'check':
        return html`<p class="hint">${texts.crossHint(CROSS_STEPS)}</p>`;
      case 'judge':
        return undefined;
    }
  }

  #threshold(): TemplateResult {
    const { threshold } = this.lesson;
    return slider({
      label: texts.threshold,
      name: texts.threshold,
      value: threshold,
      min: 0,
      max: 1,
      step: 0.01,
      shown: decimals(threshold),
      changed: (value) => {
        this.change({ threshold: value });
      },
    });
  }

  #player(): TemplateResult {
    const { training, validation, experiment } = this.#subject;
    return html`${player({
        run: this.#run,
        experiment,
        seed: this.lesson.seed,
        reseed: (seed) => {
          this.configure({ seed });
        },
      })}
      <p class="hint">${texts.split(training.length, validation.length)}</p>`;
  }

  #training(): TemplateResult {
    const { networkShape, learningRate, percTrainData } = this.lesson;
    const units = networkShape[0] ?? 0;
    const rate = RATES.findIndex((value) => value >= learningRate);
    return html`${slider({
      label: LEARN_TEXTS.fields.units,
      name: LEARN_TEXTS.fields.units,
      value: units,
      min: 0,
      max: MOST_UNITS,
      step: 1,
      shown: String(units),
      changed: (count) => {
        this.configure({ networkShape: count === 0 ? [] : [count] });
      },
    })}
    ${slider({
      label: LEARN_TEXTS.fields.learningRate,
      name: LEARN_TEXTS.fields.learningRate,
      value: rate < 0 ? RATES.length - 1 : rate,
      min: 0,
      max: RATES.length - 1,
      step: 1,
      shown: figure(learningRate),
      changed: (place) => {
        this.configure({ learningRate: RATES[place] ?? learningRate });
      },
    })}
    ${slider({
      label: texts.heldBack,
      name: texts.heldBack,
      value: percTrainData,
      min: 10,
      max: 90,
      step: 5,
      shown: texts.percent(percTrainData),
      changed: (value) => {
        this.configure({ percTrainData: value });
      },
    })}`;
  }

  #data(): TemplateResult {
    return diagnosisData({
      study: this.#study,
      source: this.#source,
      isOwn: this.table !== undefined,
      isReading: this.isReading,
      fault: this.fault,
      picked: (file) => {
        void this.#read(file);
      },
      useExample: () => {
        this.#take(undefined);
      },
      aim: ({ column, no }) => {
        this.fault = undefined;
        this.configure({ target: this.#study.columns[column]?.name ?? '', no });
      },
    });
  }

  #take(table: OpenTable | undefined): void {
    this.fault = undefined;
    this.dispatchEvent(new LearnCommandEvent({ kind: 'take-table', table }));
    this.configure({ target: '', no: '' });
  }

  /** Reads a file; one that is no use leaves everything as it is. */
  async #read(file: File): Promise<void> {
    this.isReading = true;
    this.fault = undefined;
    try {
      const { readTable } = await import('../../../session/learn/read-table.js');
      const raw = await readTable(file);
      prepare(raw);
      this.#take({ name: file.name, raw });
    } catch (thrown) {
      this.fault = toSightlineError(thrown, 'table-unreadable');
    } finally {
      this.isReading = false;
    }
  }
}
