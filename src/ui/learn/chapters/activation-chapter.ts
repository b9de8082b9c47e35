import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import {
  ACTIVATION_NAMES,
  ACTIVATIONS,
  type ActivationName,
} from '../../../domain/network/activation.js';
import { collapse } from '../../../domain/learn/weights.js';
import { decimals } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { ACTIVATION_TEXTS as texts } from '../../../i18n/learn-perceptron-messages.js';
import { choice, slider } from '../fields.js';
import { lineChart, type ChartPoint } from '../line-chart.js';
import { hat, indexed, name, operator, row, type FormulaView } from '../math.js';
import '../sightline-formula.js';
import { TrainingChapter } from './training-chapter.js';

const BENT = ['relu', 'sigmoid', 'tanh'] as const;
const REACH = 4;
const ENOUGH = 0.95;

/** Chapter 2: what bends, and that without it stacked layers stay a line. */
@customElement('sightline-activation-chapter')
export class ActivationChapter extends TrainingChapter {
  override render(): TemplateResult {
    const { share } = this;
    const { activation } = this.lesson;
    const isLinear = activation === 'linear';
    return this.page({
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${this.#formula()}
      ></sightline-formula>`,
      figure: html`
        <div class="triple">${BENT.map((kind) => this.#curve(kind))}</div>
        ${slider({
          label: texts.z,
          name: texts.z,
          value: this.lesson.z,
          min: -REACH,
          max: REACH,
          step: 0.1,
          shown: decimals(this.lesson.z, 1),
          changed: this.#moved,
        })}
        ${this.plane()}
      `,
      controls: html`
        ${this.player()}
        ${choice({
          label: LEARN_TEXTS.fields.activation,
          value: activation,
          choices: ACTIVATION_NAMES,
          shown: LEARN_TEXTS.fields.activationName,
          changed: (chosen) => {
            this.configure({ activation: chosen });
          },
        })}
      `,
      task: {
        text: texts.task,
        progress: isLinear ? texts.stuck(share) : texts.so(share),
        isSolved: share >= ENOUGH,
      },
    });
  }

  readonly #moved = (z: number): void => {
    this.change({ z });
  };

  #curve(kind: ActivationName): TemplateResult {
    const { value, derivative } = ACTIVATIONS[kind];
    const slope = (z: number): number => derivative(z, value(z));
    const line = (of: (z: number) => number): readonly ChartPoint[] =>
      Array.from({ length: 65 }, (_, index) => {
        const z = -REACH + (index / 64) * 2 * REACH;
        return [z, of(z)];
      });
    return html`<section>
      <h3>${LEARN_TEXTS.fields.activationName(kind)}</h3>
      ${lineChart({
        lines: [
          { kind: 'accuracy', points: line(value) },
          { kind: 'watched', points: line(slope) },
        ],
        x: [-REACH, REACH],
        y: [-1.2, 2],
        height: 200,
        isBare: true,
        marks: [
          { at: [this.lesson.z, value(this.lesson.z)] },
          { at: [this.lesson.z, slope(this.lesson.z)], kind: 'second' },
        ],
        label: texts.curve(
          LEARN_TEXTS.fields.activationName(kind),
          this.lesson.z,
          value(this.lesson.z),
          slope(this.lesson.z),
        ),
      })}
      <p class="hint number">${texts.reading(value(this.lesson.z), slope(this.lesson.z))}</p>
    </section>`;
  }

  #formula(): FormulaView {
    const { network } = this.subject.experiment;
    const isLinear = this.lesson.activation === 'linear';
    const [w1 = 0, w2 = 0, bias = 0] = isLinear ? collapse(network) : [];
    return {
      spoken: isLinear ? texts.spokenLinear : texts.spoken,
      walk: ['inner', 'bend', 'outer', 'last', 'sigma'],
      parts: [
        hat('y'),
        operator('='),
        { id: 'sigma', maths: name('σ'), words: texts.sigma },
        operator('('),
        {
          id: 'outer',
          maths: indexed('w', 0, 2),
          words: isLinear ? texts.collapsed(bias, w1, w2) : texts.outer,
        },
        operator('+'),
        {
          id: 'bend',
          maths: name('g'),
          words: texts.bend(LEARN_TEXTS.fields.activationName(this.lesson.activation), isLinear),
        },
        operator('('),
        {
          id: 'inner',
          maths: row(
            indexed('w', 0, 1),
            operator('+'),
            row(name('Xᵀ'), indexed('W', undefined, 1)),
          ),
          words: texts.inner,
        },
        operator(')'),
        {
          id: 'last',
          maths: indexed('W', undefined, 2),
          words: isLinear ? texts.collapsed(bias, w1, w2) : texts.bent,
        },
        operator(')'),
      ],
    };
  }
}
