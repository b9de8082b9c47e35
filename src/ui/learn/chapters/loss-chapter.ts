import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { answer, objectiveOf, pointLesson } from '../../../domain/learn/experiment.js';
import { LESSON_LOSSES } from '../../../domain/learn/lesson.js';
import { EXTENT, toExamples } from '../../../domain/learn/points.js';
import { answerGrid } from '../../../domain/learn/surface.js';
import { LOSSES } from '../../../domain/network/loss.js';
import { outputsOf } from '../../../domain/network/network.js';
import { LOSS_TEXTS as texts } from '../../../i18n/learn-descent-messages.js';
import { decimals, subscript } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { ChapterElement } from '../chapter-element.js';
import { segments, slider } from '../fields.js';
import { lineChart, type ChartPoint } from '../line-chart.js';
import { fraction, indexed, name, operator, row, type FormulaView } from '../math.js';
import { seedButton } from '../player.js';
import { scatterKeys, scatterPlot } from '../scatter-plot.js';
import '../sightline-formula.js';

const GRID = 26;
const SHOWN = 5;
/** The chart ends here; cross-entropy does not. */
const HIGHEST = 4;

/** What one example costs. */
interface Cost {
  readonly index: number;
  readonly y: number;
  readonly prediction: number;
  readonly loss: number;
}

/** Chapter 5: what a wrong answer costs, and which cost most. */
@customElement('sightline-loss-chapter')
export class LossChapter extends ChapterElement {
  override render(): TemplateResult {
    const { points, experiment } = pointLesson({ ...this.lesson, percTrainData: 100 });
    const { network, setup } = experiment;
    const { loss, lossOptions } = setup.objective;
    const costs = toExamples(points).map(({ inputs, target }, index): Cost => {
      return {
        index,
        y: target[0] ?? 0,
        prediction: answer(network, inputs, setup.objective),
        loss: LOSSES[loss].value(outputsOf(network, inputs), target, lossOptions),
      };
    });
    const index = Math.min(this.lesson.example, costs.length - 1);
    const chosen = costs[index] ?? { index, y: 0, prediction: 0, loss: 0 };
    const sum = costs.reduce((total, cost) => total + cost.loss, 0);
    const rank = 1 + costs.filter((cost) => cost.loss > chosen.loss).length;
    const pick = (example: number): void => {
      this.change({ example });
    };
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${this.#formula(chosen, sum, costs.length)}
      ></sightline-formula>`,
      figure: html`<div class="stage">
        <div class="picture">
          ${scatterPlot({
            points,
            grid: answerGrid(network, setup.objective, GRID, EXTENT),
            chosen: index,
            sizes: costs.map((cost) => Math.min(3.2, 0.45 + 1.1 * Math.sqrt(cost.loss))),
            label: texts.plot(costs.length, sum / costs.length),
            picked: pick,
          })}
        </div>
        <div class="side">${this.#curves(chosen)}</div>
      </div>`,
      controls: html`
        ${segments({
          label: LEARN_TEXTS.fields.loss,
          value: this.lesson.loss,
          choices: LESSON_LOSSES,
          shown: LEARN_TEXTS.fields.lossName,
          changed: (kind) => {
            this.change({ loss: kind });
          },
        })}
        ${slider({
          label: LEARN_TEXTS.fields.example,
          name: LEARN_TEXTS.fields.example,
          value: index,
          min: 0,
          max: costs.length - 1,
          step: 1,
          shown: LEARN_TEXTS.fields.exampleNumber(index),
          changed: pick,
        })}
      `,
      more: html`
        ${this.#table(costs, sum)} ${[0, 1, 2].map((i) => this.#weight(i))}
        ${seedButton(this.lesson.seed, (seed) => {
          this.change({ seed });
        })}
        ${scatterKeys({})}
      `,
      task: {
        text: texts.task,
        progress: texts.progress(index, chosen.loss, rank),
        isSolved: rank === 1,
      },
    });
  }

  #weight(i: number): TemplateResult {
    const [w1 = 0, w2 = 0, w0 = 0] = this.lesson.weights;
    const values = [w0, w1, w2];
    return slider({
      label: `w${subscript(i)}`,
      name: `w ${i}`,
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

  /** L over ŷ, for either truth. */
  #curves({ y, prediction, loss: value }: Cost): TemplateResult {
    const { objective } = objectiveOf(this.lesson.loss, 'classification');
    const { loss } = objective;
    const at = (probability: number, target: number): number => {
      const isEntropy = loss === 'sigmoid-cross-entropy';
      const output = isEntropy ? Math.log(probability / (1 - probability)) : probability;
      return LOSSES[loss].value(
        Float64Array.of(output),
        Float64Array.of(target),
        objective.lossOptions,
      );
    };
    const line = (target: number): readonly ChartPoint[] =>
      Array.from({ length: 99 }, (_, index) => {
        const probability = (index + 1) / 100;
        return [probability, at(probability, target)];
      });
    return lineChart({
      lines: [
        { kind: 'yes-line', name: texts.curveYes, points: line(1) },
        { kind: 'no-line', name: texts.curveNo, points: line(0) },
      ],
      x: [0, 1],
      y: [0, HIGHEST],
      width: 160,
      height: 110,
      marks: [{ at: [prediction, Math.min(HIGHEST, value)], kind: y === 1 ? 'yes' : 'no' }],
      label: texts.curve(prediction, value),
      axes: ['ŷ', 'L'],
    });
  }

  #table(costs: readonly Cost[], sum: number): TemplateResult {
    const worst = [...costs].sort((a, b) => b.loss - a.loss).slice(0, SHOWN);
    return html`<details>
      <summary>${texts.costliest}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.columns.example}</th>
            <th scope="col">${texts.columns.y}</th>
            <th scope="col">${texts.columns.yHat}</th>
            <th scope="col">${texts.columns.loss}</th>
          </tr>
        </thead>
        <tbody>
          ${worst.map(
            ({ index, y, prediction, loss }) =>
              html`<tr>
                <th scope="row">${texts.costRow(index, loss / sum)}</th>
                <td>${y}</td>
                <td>${decimals(prediction)}</td>
                <td>${decimals(loss, 3)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
  }

  #formula({ y, prediction, loss }: Cost, sum: number, n: number): FormulaView {
    const mean = sum / n;
    return {
      spoken: texts.spoken,
      walk: ['answer', 'truth', 'single', 'sum', 'mean'],
      parts: [
        {
          id: 'mean',
          maths: row(name('J'), operator('('), name('W'), operator(')')),
          value: decimals(mean, 3),
          words: texts.mean(mean, n),
        },
        operator('='),
        fraction(name('1'), name('n')),
        {
          id: 'sum',
          maths: operator('∑'),
          value: decimals(sum, 1),
          words: texts.sum(sum, n),
        },
        {
          id: 'single',
          maths: name('L'),
          value: decimals(loss, 3),
          words: texts.single(this.lesson.loss, prediction, y, loss),
        },
        operator('('),
        {
          id: 'answer',
          maths: row(
            name('f'),
            operator('('),
            indexed('x', 'i'),
            operator(';'),
            name('W'),
            operator(')'),
          ),
          value: `ŷ = ${decimals(prediction)}`,
          words: texts.answer(prediction),
        },
        operator(','),
        { id: 'truth', maths: indexed('y', 'i'), value: String(y), words: texts.truth(y) },
        operator(')'),
      ],
    };
  }
}
