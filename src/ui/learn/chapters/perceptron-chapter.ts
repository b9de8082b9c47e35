import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { POINT_COUNT } from '../../../domain/learn/experiment.js';
import { EXTENT, makePoints, type LabelledPoint } from '../../../domain/learn/points.js';
import { gridPoint, type Grid } from '../../../domain/learn/surface.js';
import { ENOUGH_RIGHT } from '../../../domain/learn/tasks.js';
import { perceptron, type PerceptronPass } from '../../../domain/network/perceptron.js';
import { ACTIVATION_NAMES } from '../../../domain/network/activation.js';
import { decimals, subscript } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { PERCEPTRON_TEXTS as texts } from '../../../i18n/learn-perceptron-messages.js';
import { ChapterElement } from '../chapter-element.js';
import { choice, slider } from '../fields.js';
import { hat, indexed, name, operator, row, type FormulaView } from '../math.js';
import { seedButton } from '../player.js';
import { scatterKeys, scatterPlot } from '../scatter-plot.js';
import '../sightline-formula.js';

const GRID = 24;

/** Chapter 1: weights under the thumb, and the line that they make. */
@customElement('sightline-perceptron-chapter')
export class PerceptronChapter extends ChapterElement {
  get #weights(): readonly [w1: number, w2: number, w0: number] {
    const [w1 = 0, w2 = 0, w0 = 0] = this.lesson.weights;
    return [w1, w2, w0];
  }

  override render(): TemplateResult {
    const { noise, seed, dataset } = this.lesson;
    const points = makePoints(dataset, { count: POINT_COUNT, noise, seed });
    const wrong = new Set(points.flatMap((point, index) => (this.#isRight(point) ? [] : [index])));
    const share = 1 - wrong.size / points.length;
    const index = Math.min(this.lesson.example, points.length - 1);
    const point = points[index] ?? { x: 0, y: 0, label: 0 };
    const pick = (example: number): void => {
      this.change({ example });
    };
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${this.#formula(point)}
      ></sightline-formula>`,
      figure: html`<div class="stage tall">
        <div class="picture">
          ${scatterPlot({
            points,
            grid: this.#grid(),
            chosen: index,
            wrong,
            label: LEARN_TEXTS.plot.label(points.length, share),
            picked: pick,
          })}
        </div>
        <div class="side">${[0, 1, 2].map((i) => this.#slider(i))}</div>
      </div>`,
      controls: nothing,
      more: html`
        ${scatterKeys({ hasWrong: true })}
        ${slider({
          label: LEARN_TEXTS.fields.example,
          name: LEARN_TEXTS.fields.example,
          value: index,
          min: 0,
          max: points.length - 1,
          step: 1,
          shown: LEARN_TEXTS.fields.exampleNumber(index),
          changed: pick,
        })}
        ${choice({
          label: LEARN_TEXTS.fields.activation,
          value: this.lesson.activation,
          choices: ACTIVATION_NAMES,
          shown: LEARN_TEXTS.fields.activationName,
          changed: (activation) => {
            this.change({ activation });
          },
        })}
        ${seedButton(seed, (next) => {
          this.change({ seed: next });
        })}
      `,
      task: {
        text: texts.task(ENOUGH_RIGHT.perceptron),
        progress: LEARN_TEXTS.right(share),
        isSolved: share >= ENOUGH_RIGHT.perceptron,
      },
    });
  }

  #pass({ x, y }: Pick<LabelledPoint, 'x' | 'y'>): PerceptronPass {
    const [w1, w2, w0] = this.#weights;
    return perceptron(Float64Array.of(x, y), Float64Array.of(w1, w2), w0, this.lesson.activation);
  }

  /** The answer turns over where z does, whatever the activation: all of them rise. */
  #isRight(point: LabelledPoint): boolean {
    return this.#pass(point).z >= 0 === (point.label === 1);
  }

  #grid(): Grid {
    const values = Float64Array.from({ length: GRID * GRID }, (_, position) => {
      const x = gridPoint(position % GRID, GRID, -EXTENT, EXTENT);
      const y = gridPoint(Math.floor(position / GRID), GRID, -EXTENT, EXTENT);
      // Shown as a probability, so that the colours have the same meaning everywhere.
      return 1 / (1 + Math.exp(-2 * this.#pass({ x, y }).z));
    });
    return { size: GRID, values };
  }

  #slider(i: number): TemplateResult {
    const [w1, w2, w0] = this.#weights;
    const values = [w0, w1, w2];
    return slider({
      label: `w${subscript(i)}`,
      name: texts.weightName(i),
      value: values[i] ?? 0,
      min: -4,
      max: 4,
      step: 0.05,
      shown: decimals(values[i] ?? 0),
      changed: (value) => {
        const [bias = 0, first = 0, second = 0] = values.with(i, value);
        this.change({ weights: [first, second, bias] });
      },
    });
  }

  #formula(point: LabelledPoint): FormulaView {
    const [w1, w2, w0] = this.#weights;
    const { products, z, output } = this.#pass(point);
    const inputs = [point.x, point.y];
    const weights = [w1, w2];
    return {
      spoken: texts.spoken,
      walk: ['bias', 'product-0', 'product-1', 'sum', 'activation', 'answer'],
      parts: [
        {
          id: 'answer',
          maths: hat('y'),
          value: decimals(output),
          words: texts.answer(point.label, this.#isRight(point)),
        },
        operator('='),
        {
          id: 'activation',
          maths: name('g'),
          value: '',
          words: texts.activate(LEARN_TEXTS.fields.activationName(this.lesson.activation), output),
        },
        operator('('),
        { id: 'bias', maths: indexed('w', 0), value: decimals(w0), words: texts.bias(w0) },
        ...inputs.flatMap((x, i) => [
          operator('+'),
          {
            id: `product-${i}`,
            maths: row(indexed('x', i + 1), indexed('w', i + 1)),
            value: decimals(products[i] ?? 0),
            words: texts.product(i + 1, x, weights[i] ?? 0),
          },
        ]),
        operator(')'),
        operator(','),
        { id: 'sum', maths: name('z'), value: decimals(z), words: texts.sum(z) },
      ],
    };
  }
}
