import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { answer } from '../../../domain/learn/experiment.js';
import { MOST_UNITS } from '../../../domain/learn/lesson.js';
import { ENOUGH_RIGHT, MOST_UNITS_FOR_TASK } from '../../../domain/learn/tasks.js';
import { forward } from '../../../domain/network/network.js';
import { decimals } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { LAYERS_TEXTS as texts } from '../../../i18n/learn-perceptron-messages.js';
import { segments, slider } from '../fields.js';
import { lossChart, lossKeys } from '../loss-chart.js';
import { hat, indexed, name, operator, row, text, type FormulaView } from '../math.js';
import { matrixTable } from '../matrix-table.js';
import { networkGraph } from '../network-graph.js';
import { scatterKeys } from '../scatter-plot.js';
import '../sightline-formula.js';
import { TrainingChapter } from './training-chapter.js';

const ENOUGH = ENOUGH_RIGHT.layers;
const PAGES = ['usual', 'graph', 'matrix'] as const;

/** Chapter 3: a dense layer as a graph, as a matrix and as a formula. */
@customElement('sightline-layers-chapter')
export class LayersChapter extends TrainingChapter {
  get #units(): number {
    return this.subject.experiment.network.layers[0]?.units ?? 1;
  }

  /** The hidden unit that is looked at, from 1. */
  get #unit(): number {
    return Math.min(this.#units, 1 + (this.lesson.weight[0] ?? 0));
  }

  get #index(): number {
    return Math.min(this.lesson.example, this.subject.points.length - 1);
  }

  override render(): TemplateResult {
    const { share } = this;
    const page = PAGES.find((each) => each === this.lesson.show) ?? 'usual';
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${this.#formula()}
      ></sightline-formula>`,
      figure: html`
        ${segments({
          label: texts.views,
          value: page,
          choices: PAGES,
          shown: (view) => texts.view[view],
          changed: (view) => {
            this.change({ show: view });
          },
        })}
        ${page === 'usual' ? this.#points() : nothing}
        ${page === 'graph' ? html`<div class="stage"><div class="picture wide">${this.#graph()}</div></div>` : nothing}
        ${page === 'matrix' ? html`<div class="matrices">${this.#matrices()}</div>` : nothing}
      `,
      controls: html`
        ${slider({
          label: LEARN_TEXTS.fields.units,
          name: LEARN_TEXTS.fields.units,
          value: this.#units,
          min: 1,
          max: MOST_UNITS,
          step: 1,
          shown: String(this.#units),
          changed: (units) => {
            this.configure({ networkShape: [units] });
          },
        })}
        ${this.player()}
      `,
      more: this.#more(),
      task: {
        text: texts.task(MOST_UNITS_FOR_TASK, ENOUGH),
        progress:
          texts.progress(this.#units, share) +
          (this.hasHadTime && share < ENOUGH ? ` ${LEARN_TEXTS.stuck}` : ''),
        isSolved: share >= ENOUGH && this.#units <= MOST_UNITS_FOR_TASK,
      },
    });
  }

  readonly #pick = (example: number): void => {
    this.change({ example });
  };

  #points(): TemplateResult {
    return html`<div class="stage">
      <div class="picture">${this.plane({ chosen: this.#index, picked: this.#pick })}</div>
      <div class="side">
        ${lossChart(this.subject.experiment, { width: 160, height: 90, isKeyless: true })}
      </div>
    </div>`;
  }

  #more(): TemplateResult {
    return html`${scatterKeys({ hasHeld: true })} ${lossKeys()}
      <p class="hint">${texts.same}</p>
      ${slider({
        label: texts.unit,
        name: texts.unit,
        value: this.#unit,
        min: 1,
        max: this.#units,
        step: 1,
        shown: texts.unitNumber(this.#unit),
        changed: (unit) => {
          this.change({ weight: [unit - 1] });
        },
      })}
      ${slider({
        label: LEARN_TEXTS.fields.example,
        name: LEARN_TEXTS.fields.example,
        value: this.#index,
        min: 0,
        max: this.subject.points.length - 1,
        step: 1,
        shown: LEARN_TEXTS.fields.exampleNumber(this.#index),
        changed: this.#pick,
      })}`;
  }

  get #inputs(): Float64Array {
    const { x, y } = this.subject.points[this.#index] ?? { x: 0, y: 0 };
    return Float64Array.of(x, y);
  }

  get #prediction(): number {
    const { network, setup } = this.subject.experiment;
    return answer(network, this.#inputs, setup.objective);
  }

  #graph(): TemplateResult {
    const { network } = this.subject.experiment;
    const unit = this.#unit;
    const { term } = this.lesson;
    const isOutput = term === 'output';
    const way = /^product-(\d)$/.exec(term)?.[1];
    let lit = [`1/1/${unit}`, `1/2/${unit}`];
    if (isOutput) lit = Array.from({ length: this.#units }, (_, index) => `2/${index + 1}/1`);
    else if (way !== undefined) lit = [`1/${Number(way) + 1}/${unit}`];
    else if (term === '' || term === 'bias') lit = [];
    return networkGraph({
      network,
      passes: forward(network, this.#inputs),
      prediction: this.#prediction,
      lit: new Set(lit),
      litUnits: new Set([isOutput ? '2/1' : `1/${unit}`]),
      label: texts.graph(this.#units),
      height: 150,
      picked: (layer, picked) => {
        if (layer === 1) this.change({ weight: [picked - 1] });
      },
    });
  }

  #matrices(): TemplateResult {
    const { layers } = this.subject.experiment.network;
    return html`${layers.map((layer, index) =>
      matrixTable(layer, index + 1, index === 0 ? this.#unit : undefined),
    )}`;
  }

  #formula(): FormulaView {
    const { network } = this.subject.experiment;
    const unit = this.#unit;
    const [first] = network.layers;
    const [pass] = forward(network, this.#inputs);
    const bias = first?.biases[unit - 1] ?? NaN;
    const inputs = [...this.#inputs];
    const weight = (j: number): number => first?.weights[j * this.#units + unit - 1] ?? NaN;
    return {
      spoken: texts.spoken(unit, inputs.length),
      isLong: true,
      walk: ['bias', 'product-0', 'product-1', 'sum', 'output'],
      parts: [
        {
          id: 'sum',
          maths: indexed('z', unit, 1),
          value: decimals(pass?.z[unit - 1] ?? NaN),
          words: texts.sum(unit, pass?.z[unit - 1] ?? NaN, pass?.outputs[unit - 1] ?? NaN),
        },
        operator('='),
        {
          id: 'bias',
          maths: indexed('w', `0,${unit}`, 1),
          value: decimals(bias),
          words: texts.bias(unit, bias),
        },
        ...inputs.flatMap((x, j) => [
          operator('+'),
          {
            id: `product-${j}`,
            maths: row(indexed('x', j + 1), indexed('w', `${j + 1},${unit}`, 1)),
            value: decimals(x * weight(j)),
            words: texts.product(j + 1, x, weight(j)),
          },
        ]),
        text('\u2002'),
        {
          id: 'output',
          maths: row(hat('y'), operator('='), name('σ'), operator('(…)')),
          value: decimals(this.#prediction),
          words: texts.output(this.#units, this.#prediction),
        },
      ],
    };
  }
}
