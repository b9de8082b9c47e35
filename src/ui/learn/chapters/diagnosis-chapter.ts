import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { toSightlineError, type SightlineError } from '../../../domain/errors.js';
import { prepare, targetColumns, type Study, type Target } from '../../../domain/learn/design.js';
import {
  countsAt,
  diagnose,
  scoresOf,
  type DiagnosisRun,
} from '../../../domain/learn/diagnosis.js';
import { syntheticHeart } from '../../../domain/learn/heart-model.js';
import { MOST_UNITS, type LessonKey } from '../../../domain/learn/lesson.js';
import { DIAGNOSIS_TEXTS as texts } from '../../../i18n/learn-diagnosis-messages.js';
import { decimals, figure } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { LearnCommandEvent } from '../../events.js';
import { ChapterElement } from '../chapter-element.js';
import { CrossValidationRun } from '../cross-validation.js';
import { diagnosisFormula } from '../diagnosis-formula.js';
import { balanceBar, calibrationFigure, confusionTable, rocFigure } from '../diagnosis-figures.js';
import { choice, slider } from '../fields.js';
import { lossChart } from '../loss-chart.js';
import { player } from '../player.js';
import '../sightline-formula.js';
import { columnTable, tableRemarks, type OpenTable } from '../table-parts.js';
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
] as const satisfies readonly LessonKey[];
const FOUND = 0.9;
const IN_PEACE = 0.5;
const FEWEST_STEPS = 20;

/** Chapter 4: a table, a network, and an honest look at what it is worth. */
@customElement('sightline-diagnosis-chapter')
export class DiagnosisChapter extends ChapterElement {
  /** What the person has opened; without anything, the synthetic example. */
  @property({ attribute: false }) accessor table: OpenTable | undefined;
  /** A file that was dropped and waits to be read. */
  @property({ attribute: false }) accessor file: File | undefined;
  @state() private accessor target: Target | undefined;
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
    const key = JSON.stringify([SETTINGS.map((name) => this.lesson[name]), this.target]);
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

  /** A target that cannot be used is refused, and what was there before goes on. */
  #prepare(): void {
    try {
      this.#study = prepare(this.#source.raw, this.target);
    } catch (thrown) {
      this.fault = toSightlineError(thrown);
      this.target = undefined;
      this.#study = prepare(this.#source.raw);
    }
  }

  override render(): TemplateResult {
    const scores = scoresOf(this.#subject);
    const { threshold } = this.lesson;
    const { step } = this.#subject.experiment.now;
    const { sensitivity = 0, specificity = 0 } = countsAt(scores, threshold);
    return this.page({
      intro: [...texts.intro, html`<strong class="device">${texts.device}</strong>`],
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${diagnosisFormula(this.#subject, this.#study.inputs.length, this.lesson)}
      ></sightline-formula>`,
      figure: html`
        <div class="double">${rocFigure(scores, threshold)} ${calibrationFigure(scores)}</div>
        ${slider({
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
        })}
        ${confusionTable(scores, threshold)} ${lossChart(this.#subject.experiment)}
      `,
      lead: html`${this.#data()} ${this.#player()}`,
      controls: html`${this.#training()}`,
      task: {
        text: texts.task,
        progress:
          step < FEWEST_STEPS
            ? texts.untrained
            : `${texts.sensitivity(sensitivity)} ${texts.specificity(specificity)}`,
        isSolved: step >= FEWEST_STEPS && sensitivity >= FOUND && specificity >= IN_PEACE,
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
    return html`<details>
        <summary>${texts.more}</summary>
        ${slider({
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
        })}
      </details>
      ${this.#cross.view(() => {
        this.#cross.start(this.#study, this.lesson);
      })}`;
  }

  #data(): TemplateResult {
    const { table, fault } = this;
    const study = this.#study;
    const target = study.columns[study.target.column];
    const candidates = targetColumns(study.columns);
    return html`<section class="data">
      <p>${table === undefined ? texts.source.synthetic : texts.source.file(table.name)}</p>
      <div class="row">
        <label class="button file">
          ${texts.choose}
          <input
            type="file"
            class="visually-hidden"
            accept=".csv,.tsv,.txt,.data,text/csv,text/plain"
            @change=${this.#picked}
          />
        </label>
        ${
          table === undefined
            ? nothing
            : html`<button @click=${this.#useExample}>${texts.example}</button>`
        }
      </div>
      <p class="hint">${this.isReading ? texts.reading : texts.drop}</p>
      ${fault === undefined ? nothing : html`<p class="alarm" role="alert">${explain(fault)}</p>`}
      ${tableRemarks(study, this.#source)} ${columnTable(study)}
      ${choice({
        label: texts.target,
        value: study.targetName,
        choices: candidates.map((column) => column.name),
        shown: (column) => column,
        changed: (chosen) => {
          const column = candidates.find((candidate) => candidate.name === chosen);
          this.#aim({ column: column?.index ?? 0, no: column?.categories[0] ?? '' });
        },
      })}
      ${choice({
        label: texts.no,
        value: study.target.no,
        choices: target?.categories ?? [],
        shown: (value) => value,
        changed: (no) => {
          this.#aim({ column: study.target.column, no });
        },
      })}
      ${balanceBar(study.rows.filter(({ isPositive }) => isPositive).length, study.rows.length)}
    </section>`;
  }

  #aim(target: Target): void {
    this.fault = undefined;
    this.target = target;
    this.configure({});
  }

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // Emptied, so that the same file can be chosen again.
    input.value = '';
    if (file !== undefined) void this.#read(file);
  };

  readonly #useExample = (): void => {
    this.#take(undefined);
  };

  #take(table: OpenTable | undefined): void {
    this.fault = undefined;
    this.target = undefined;
    this.dispatchEvent(new LearnCommandEvent({ kind: 'take-table', table }));
    this.configure({});
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

function explain({ code, detail }: SightlineError): string {
  const text = code === 'table-useless' ? texts.useless(detail) : texts.unreadable(detail);
  return `${text} ${texts.kept}`;
}
