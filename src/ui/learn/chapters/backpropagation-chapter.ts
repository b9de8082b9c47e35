import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { chainTo, type Chain } from '../../../domain/learn/chain.js';
import { pointLesson } from '../../../domain/learn/experiment.js';
import type { LessonState } from '../../../domain/learn/lesson.js';
import { addressed } from '../../../domain/learn/lesson-address.js';
import { toExamples } from '../../../domain/learn/points.js';
import { isNearSlope } from '../../../domain/learn/tasks.js';
import { flatten, weightNames, type WeightName } from '../../../domain/learn/weights.js';
import type { Example, Objective } from '../../../domain/network/empirical-loss.js';
import { backpropagate, type Network } from '../../../domain/network/network.js';
import { BACKPROPAGATION_TEXTS as texts } from '../../../i18n/learn-descent-messages.js';
import { decimals, figure } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { factorMaths, litBy, weightLabel } from '../chain-maths.js';
import { ChapterElement } from '../chapter-element.js';
import { segments, slider } from '../fields.js';
import {
  derivative,
  hat,
  indexed,
  name,
  operator,
  type FormulaTerm,
  type FormulaView,
  type Maths,
} from '../math.js';
import { networkGraph } from '../network-graph.js';
import { seedButton } from '../player.js';
import '../sightline-formula.js';

/** Characters of an answer. */
const LONGEST = 20;

/** What the chapter shows: one example in one network. */
interface Subject {
  readonly network: Network;
  readonly objective: Objective;
  readonly example: Example;
  readonly count: number;
  readonly index: number;
}

/** Chapter 7: the chain rule, one factor at a time. */
@customElement('sightline-backpropagation-chapter')
export class BackpropagationChapter extends ChapterElement {
  override render(): TemplateResult {
    const subject = this.#subject();
    const names = weightNames(subject.network);
    const chosen = Math.min(this.lesson.weight[0] ?? 0, names.length - 1);
    const weight = names[chosen] ?? { layer: 1, from: 1, to: 1 };
    const chain = chainTo(subject.network, subject.example, subject.objective, weight, chosen);
    const isRight = this.#isRight(chain);
    const units = subject.network.layers[0]?.units ?? 1;
    const isBackward = this.lesson.show !== 'forward';
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`${segments({
          label: texts.direction,
          value: isBackward ? 'backward' : 'forward',
          choices: ['forward', 'backward'] as const,
          shown: (direction) => texts[direction],
          changed: (direction) => {
            this.change({ show: direction === 'forward' ? 'forward' : 'usual', term: '' });
          },
        })}
        <sightline-formula
          .term=${this.lesson.term}
          .view=${isBackward ? this.#chain(chain, weight, isRight) : this.#forward(subject)}
        ></sightline-formula>`,
      figure: html`<div class="stage">
        <div class="picture wide">${this.#graph(subject, weight)}</div>
      </div>`,
      controls: html`<div class="row">
        <select
          class="short"
          aria-label=${LEARN_TEXTS.fields.weight}
          @change=${(event: Event) => {
            this.#show({ weight: [(event.target as HTMLSelectElement).selectedIndex] });
          }}
        >
          ${names.map(
            (each, index) =>
              html`<option ?selected=${index === chosen}>${weightLabel(each, units)}</option>`,
          )}
        </select>
        <label class="choice">
          <span>${texts.answerShort}</span>
          <input
            type="text"
            inputmode="text"
            autocomplete="off"
            aria-label=${texts.answer}
            placeholder=${texts.answerHint}
            .value=${this.lesson.answer}
            @input=${this.#typed}
          />
        </label>
      </div>`,
      more: html`
        ${this.#check(chain)}
        ${slider({
          label: weightLabel(weight, units),
          name: weightLabel(weight, units),
          value: flatten(subject.network)[chosen] ?? 0,
          min: -3,
          max: 3,
          step: 0.05,
          shown: decimals(flatten(subject.network)[chosen] ?? 0),
          changed: (value) => {
            // To as many digits as the address has: a link shows the same numbers.
            const weights = [...flatten(subject.network)].map(addressed);
            this.#show({ weights: weights.with(chosen, value) });
          },
        })}
        ${slider({
          label: LEARN_TEXTS.fields.example,
          name: LEARN_TEXTS.fields.example,
          value: subject.index,
          min: 0,
          max: subject.count - 1,
          step: 1,
          shown: LEARN_TEXTS.fields.exampleNumber(subject.index),
          changed: (example) => {
            this.#show({ example });
          },
        })}
        ${seedButton(this.lesson.seed, (seed) => {
          this.#show({ seed, weights: [] });
        })}
      `,
      task: {
        text: texts.task,
        progress: this.#progress(chain, weight, isRight),
        isSolved: isRight && weight.layer === 1,
      },
    });
  }

  #subject(): Subject {
    const { points, experiment } = pointLesson({
      ...this.lesson,
      loss: 'squared-error',
      problem: 'classification',
    });
    const examples = toExamples(points);
    const index = Math.min(this.lesson.example, examples.length - 1);
    const example = examples[index];
    if (example === undefined) throw new RangeError('a lesson has points');
    const { network, setup } = experiment;
    return { network, objective: setup.objective, example, count: examples.length, index };
  }

  /** Something else to work out. */
  #show(changes: Partial<LessonState>): void {
    this.change({ answer: '', ...changes });
  }

  readonly #typed = (event: InputEvent): void => {
    this.change({ answer: (event.target as HTMLInputElement).value.slice(0, LONGEST) });
  };

  #isRight({ analytic }: Chain): boolean {
    const guess = Number(this.lesson.answer.trim().replace(',', '.').replace('−', '-'));
    if (this.lesson.answer.trim() === '' || !Number.isFinite(guess)) return false;
    return isNearSlope(guess, analytic);
  }

  #progress({ analytic }: Chain, { layer }: WeightName, isRight: boolean): string {
    if (this.lesson.answer.trim() === '') return texts.empty;
    if (!isRight) return texts.wrong;
    return layer === 1 ? texts.right(figure(analytic, 6)) : texts.chooseFirst;
  }

  #graph({ network, example, objective }: Subject, weight: WeightName): TemplateResult {
    const { passes, prediction } = backpropagate(
      network,
      example.inputs,
      example.target,
      objective.loss,
    );
    const { edges, units } = litBy(this.lesson.term, weight);
    return networkGraph({
      network,
      passes,
      prediction: prediction[0] ?? NaN,
      lit: new Set(edges),
      litUnits: new Set(units),
      label: texts.graph,
      height: 150,
    });
  }

  /** The product beside the slope as measured; folded, for it gives the answer away. */
  #check({ analytic, numeric }: Chain): TemplateResult {
    const line = (title: string, value: string): TemplateResult =>
      html`<tr>
        <th scope="row">${title}</th>
        <td>${value}</td>
      </tr>`;
    return html`<details>
      <summary>${texts.check}</summary>
      <table class="check">
        <tbody>
          ${line(texts.analytic, figure(analytic, 9))} ${line(texts.numeric, figure(numeric, 9))}
          ${line(texts.difference, figure(Math.abs(analytic - numeric), 2))}
        </tbody>
      </table>
      <p class="hint">${texts.checkHint}</p>
    </details>`;
  }

  #chain({ factors, analytic }: Chain, weight: WeightName, isRight: boolean): FormulaView {
    const { layer, from, to } = weight;
    return {
      spoken: texts.spoken(weightLabel(weight, 2)),
      isLong: true,
      walk: [...factors.map(({ kind, layer: at }) => `${kind}-${at}`), 'product'],
      parts: [
        {
          id: 'product',
          maths: derivative(name('J'), indexed('w', layer === 1 ? `${from},${to}` : from, layer)),
          value: isRight ? figure(analytic) : '?',
          words: isRight ? texts.product(figure(analytic, 6)) : texts.hidden1,
        },
        operator('='),
        ...factors.flatMap((factor, index): (FormulaTerm | Maths)[] => [
          ...(index === 0 ? [] : [operator('·')]),
          {
            id: `${factor.kind}-${factor.layer}`,
            maths: factorMaths(factor, weight),
            value: figure(factor.value),
            words: texts.factors[factor.kind](factor.value, factor.layer),
          },
        ]),
      ],
    };
  }

  #forward({ network, example, objective }: Subject): FormulaView {
    const { passes, prediction, loss } = backpropagate(
      network,
      example.inputs,
      example.target,
      objective.loss,
    );
    const [first, second] = passes;
    const [x1 = NaN, x2 = NaN] = example.inputs;
    const yHat = prediction[0] ?? NaN;
    const units = [...(first?.z ?? [])];
    return {
      spoken: texts.spokenForward,
      parts: [
        {
          id: 'input',
          maths: name('X'),
          value: `${decimals(x1)}, ${decimals(x2)}`,
          words: texts.input(x1, x2),
        },
        ...units.flatMap((z, index) => [
          operator(index === 0 ? '→' : ','),
          {
            id: `hidden-${index}`,
            maths: indexed('a', index + 1),
            value: decimals(first?.outputs[index] ?? NaN),
            words: texts.hidden(index + 1, z, first?.outputs[index] ?? NaN),
          },
        ]),
        operator('→'),
        {
          id: 'output',
          maths: hat('y'),
          value: decimals(yHat),
          words: texts.output(second?.z[0] ?? NaN, yHat),
        },
        operator('→'),
        {
          id: 'loss',
          maths: name('J'),
          value: decimals(loss, 3),
          words: texts.loss(yHat, example.target[0] ?? 0, loss),
        },
      ],
    };
  }
}
