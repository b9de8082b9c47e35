import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LESSON_LOSSES, PROBLEMS } from '../../../domain/learn/lesson.js';
import { RATE_PRESETS, VALLEY } from '../../../domain/learn/tasks.js';
import { weightNames } from '../../../domain/learn/weights.js';
import { empiricalGradient } from '../../../domain/network/empirical-loss.js';
import { DESCENT_TEXTS as texts, weightText } from '../../../i18n/learn-descent-messages.js';
import { decimals, figure } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { choice, segments, slider } from '../fields.js';
import { lossChart } from '../loss-chart.js';
import { LossSurface, surfacePlot } from '../loss-surface.js';
import { derivative, name, operator, row, type FormulaView } from '../math.js';
import '../sightline-formula.js';
import { TrainingChapter } from './training-chapter.js';

const OPTIMISERS = ['gradient-descent', 'momentum', 'adam'] as const;
const BATCHES = ['0', '10', '1'] as const;
/** From 0.0001 to 10, half a power of ten at a time. */
const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
type Preset = keyof typeof RATE_PRESETS;
const PRESET_NAMES = ['small', 'right', 'large'] as const satisfies readonly Preset[];
const SHAPES = ['', '2', '4'] as const;

/** Chapter 6: the landscape of the loss, and the way down. */
@customElement('sightline-descent-chapter')
export class DescentChapter extends TrainingChapter {
  readonly #surface = new LossSurface(this);

  override render(): TemplateResult {
    const { experiment } = this.subject;
    const names = this.#names;
    const [across, up] = this.#chosen;
    const shown = this.#surface.of(
      experiment,
      across,
      up,
      JSON.stringify({ ...this.lesson, step: 0, term: '', show: '' }),
    );
    const labels = [names[across] ?? '', names[up] ?? ''] as const;
    const slope = this.#slopes;
    const length = Math.hypot(...slope);
    const { step, loss } = experiment.now;
    const isLines = this.lesson.show === 'lines';
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${this.#formula(slope)}
      ></sightline-formula>`,
      figure: html`
        ${segments({
          label: LEARN_TEXTS.pages,
          value: isLines ? 'lines' : 'usual',
          choices: ['usual', 'lines'] as const,
          shown: (page) => texts.pages[page],
          changed: (page) => {
            this.change({ show: page });
          },
        })}
        <div class=${isLines ? 'stage rows' : 'stage'}>
          ${
            isLines
              ? html`${this.#algorithm()} ${lossChart(experiment, { height: 26, isKeyless: true })}`
              : html`<div class="picture">
                    ${surfacePlot({
                      ...shown,
                      experiment,
                      names: labels,
                      label: texts.surface(...labels),
                    })}
                  </div>
                  <div class="side">${this.#rates()}</div>`
          }
        </div>
      `,
      controls: this.player(),
      more: html`${this.#rateSlider()} ${this.#settings()}
        <p class="hint">
          ${shown.grid === undefined ? texts.sampling : texts.surfaceHint(names.length > 2)}
        </p>`,
      task: {
        text: texts.task(VALLEY.steps, VALLEY.gradient),
        progress: texts.converged(step, figure(loss), figure(length)),
        isSolved: step > 0 && step <= VALLEY.steps && length < VALLEY.gradient,
      },
    });
  }

  #settings(): TemplateResult {
    return html`<div class="pair">
      ${choice({
        label: LEARN_TEXTS.fields.optimizer,
        value: this.lesson.optimizer,
        choices: OPTIMISERS,
        shown: LEARN_TEXTS.fields.optimizerName,
        changed: (optimizer) => {
          this.configure({ optimizer });
        },
      })}
      ${choice({
        label: LEARN_TEXTS.fields.batchSize,
        value: String(this.lesson.batchSize),
        choices: BATCHES,
        shown: (size) => LEARN_TEXTS.fields.batch(Number(size)),
        changed: (size) => {
          this.configure({ batchSize: Number(size) });
        },
      })}
      ${this.#weightChoice(texts.across, 0)} ${this.#weightChoice(texts.up, 1)}
      ${choice({
        label: LEARN_TEXTS.fields.units,
        value: this.lesson.networkShape.join(),
        choices: SHAPES,
        shown: (shape) => (shape === '' ? '0' : shape),
        changed: (shape) => {
          const networkShape = shape === '' ? [] : [Number(shape)];
          this.configure({ networkShape, weights: [], weight: [0, 1] });
        },
      })}
      ${choice({
        label: LEARN_TEXTS.fields.loss,
        value: this.lesson.loss,
        choices: LESSON_LOSSES,
        shown: LEARN_TEXTS.fields.lossName,
        changed: (kind) => {
          this.configure({ loss: kind });
        },
      })}
      ${
        this.lesson.loss === 'cross-entropy'
          ? nothing
          : choice({
              label: LEARN_TEXTS.fields.problem,
              value: this.lesson.problem,
              choices: PROBLEMS,
              shown: LEARN_TEXTS.fields.problemName,
              changed: (problem) => {
                this.configure({ problem });
              },
            })
      }
    </div>`;
  }

  get #names(): readonly string[] {
    const { network } = this.subject.experiment;
    const { layers } = network;
    return weightNames(network).map((weight) =>
      weightText(weight, layers.length, layers[weight.layer - 1]?.units ?? 1),
    );
  }

  /** The two weights of the landscape; always two different ones that exist. */
  get #chosen(): readonly [number, number] {
    const count = this.#names.length;
    const [first = 0, second = 1] = this.lesson.weight;
    const across = Math.min(first, count - 1);
    const up = Math.min(second, count - 1);
    return across === up ? [across, (up + 1) % count] : [across, up];
  }

  /** ∂J/∂W over all examples, as one row. */
  get #slopes(): readonly number[] {
    const { network, setup } = this.subject.experiment;
    const { gradient } = empiricalGradient(network, setup.training, setup.objective);
    return gradient.flatMap((values) => [...values]);
  }

  #weightChoice(label: string, place: 0 | 1): TemplateResult {
    const names = this.#names;
    const chosen = this.#chosen;
    return choice({
      label,
      value: names[chosen[place]] ?? '',
      choices: names,
      shown: (weight) => weight,
      changed: (weight) => {
        this.change({ weight: chosen.with(place, names.indexOf(weight)) });
      },
    });
  }

  #setRate(learningRate: number): void {
    this.configure({ learningRate });
  }

  #rates(): TemplateResult {
    const { learningRate } = this.lesson;
    return html`<div class="segments" role="group" aria-label=${texts.rates}>
      ${PRESET_NAMES.map(
        (preset) =>
          html`<button
            aria-pressed=${learningRate === RATE_PRESETS[preset] ? 'true' : 'false'}
            @click=${() => {
              this.#setRate(RATE_PRESETS[preset]);
            }}
          >
            ${texts.rateName[preset]}
          </button>`,
      )}
    </div>`;
  }

  #rateSlider(): TemplateResult {
    const { learningRate } = this.lesson;
    return slider({
      label: LEARN_TEXTS.fields.learningRate,
      name: LEARN_TEXTS.fields.learningRate,
      value: nearestRate(learningRate),
      min: 0,
      max: RATES.length - 1,
      step: 1,
      shown: figure(learningRate),
      changed: (place) => {
        this.#setRate(RATES[place] ?? learningRate);
      },
    });
  }

  /** The textbook's lines; the current one is marked. */
  #algorithm(): TemplateResult {
    const { experiment } = this.subject;
    const { step } = experiment.now;
    let current = 0;
    if (experiment.isAtEnd) current = 4;
    else if (this.lesson.term === 'gradient') current = 2;
    else if (this.lesson.term === 'next' || step > 0) current = 3;
    return html`<ol class="algorithm" aria-label=${texts.algorithm}>
      ${texts.lines.map(
        (line, index) =>
          html`<li aria-current=${index === current ? 'step' : nothing}>${line}</li>`,
      )}
    </ol>`;
  }

  #formula(slopes: readonly number[]): FormulaView {
    const { now } = this.subject.experiment;
    const [across] = this.#chosen;
    const weight = now.weights[across] ?? NaN;
    const slope = slopes[across] ?? NaN;
    const label = this.#names[across] ?? '';
    const { learningRate } = this.lesson;
    return {
      spoken: texts.spoken,
      walk: ['old', 'gradient', 'rate', 'next'],
      parts: [
        {
          id: 'next',
          maths: name('W'),
          value:
            this.lesson.optimizer === 'gradient-descent' && this.lesson.batchSize === 0
              ? decimals(weight - learningRate * slope, 3)
              : '',
          words: texts.next,
        },
        operator('←'),
        {
          id: 'old',
          maths: name('W'),
          value: decimals(weight, 3),
          words: texts.old(label, weight),
        },
        operator('−'),
        {
          id: 'rate',
          maths: name('η'),
          value: figure(learningRate),
          words: texts.rate(learningRate),
        },
        {
          id: 'gradient',
          maths: derivative(row(name('J'), operator('('), name('W'), operator(')')), name('W')),
          value: decimals(slope, 3),
          words: texts.gradient(label, slope),
        },
      ],
    };
  }
}

function nearestRate(rate: number): number {
  const distances = RATES.map((value) => Math.abs(Math.log(value / rate)));
  return distances.indexOf(Math.min(...distances));
}
