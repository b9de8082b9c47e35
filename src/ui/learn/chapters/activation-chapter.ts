import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import {
  ACTIVATION_NAMES,
  ACTIVATIONS,
  type ActivationName,
} from '../../../domain/network/activation.js';
import { ENOUGH_RIGHT } from '../../../domain/learn/tasks.js';
import { collapse } from '../../../domain/learn/weights.js';
import { decimals } from '../../../i18n/learn-format.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { ACTIVATION_TEXTS as texts } from '../../../i18n/learn-perceptron-messages.js';
import { choice, segments, slider } from '../fields.js';
import { lineChart, type ChartPoint } from '../line-chart.js';
import { lossChart, lossKeys } from '../loss-chart.js';
import { hat, indexed, name, operator, row, type FormulaView } from '../math.js';
import { scatterKeys } from '../scatter-plot.js';
import '../sightline-formula.js';
import { TrainingChapter } from './training-chapter.js';

const BENT = ['relu', 'sigmoid', 'tanh'] as const;
const REACH = 4;
const ENOUGH = ENOUGH_RIGHT.activation;

/** Chapter 2: what bends, and that without it stacked layers stay a line. */
@customElement('sightline-activation-chapter')
export class ActivationChapter extends TrainingChapter {
  override render(): TemplateResult {
    const { share } = this;
    const { activation } = this.lesson;
    const isLinear = activation === 'linear';
    const isNetwork = this.lesson.show === 'network';
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${isNetwork ? this.#formula() : this.#reading()}
      ></sightline-formula>`,
      figure: html`
        ${segments({
          label: LEARN_TEXTS.pages,
          value: isNetwork ? 'network' : 'usual',
          choices: ['usual', 'network'] as const,
          shown: (page) => texts.pages[page],
          changed: (page) => {
            this.change({ show: page, term: '' });
          },
        })}
        ${isNetwork ? this.#network() : this.#curves()}
      `,
      controls: isNetwork ? this.player() : nothing,
      more: isNetwork ? html`${scatterKeys({ hasHeld: true })} ${lossKeys()}` : undefined,
      task: {
        text: isNetwork ? texts.task(ENOUGH) : texts.first,
        progress: isLinear
          ? texts.stuck(share)
          : texts.so(share) + (this.hasHadTime && share < ENOUGH ? ` ${LEARN_TEXTS.stuck}` : ''),
        isSolved: share >= ENOUGH,
      },
    });
  }

  #curves(): TemplateResult {
    return html`<div class="triple">${BENT.map((kind) => this.#curve(kind))}</div>
      ${slider({
        label: texts.z,
        name: texts.z,
        value: this.lesson.z,
        min: -REACH,
        max: REACH,
        step: 0.1,
        shown: decimals(this.lesson.z, 1),
        changed: this.#moved,
      })}`;
  }

  #network(): TemplateResult {
    return html`<div class="stage">
      <div class="picture">${this.plane()}</div>
      <div class="side">
        ${choice({
          label: LEARN_TEXTS.fields.activation,
          value: this.lesson.activation,
          choices: ACTIVATION_NAMES,
          shown: LEARN_TEXTS.fields.activationName,
          changed: (chosen) => {
            this.configure({ activation: chosen });
          },
        })}
        ${lossChart(this.subject.experiment, { width: 160, height: 60, isKeyless: true })}
      </div>
    </div>`;
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
        width: 160,
        height: 130,
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

  /** One bend alone, at the z of the slider. */
  #reading(): FormulaView {
    const { z } = this.lesson;
    const kind = this.lesson.activation === 'linear' ? 'sigmoid' : this.lesson.activation;
    const called = LEARN_TEXTS.fields.activationName(kind);
    const { value, derivative } = ACTIVATIONS[kind];
    const a = value(z);
    return {
      spoken: texts.spokenReading,
      walk: ['z', 'a', 'slope'],
      parts: [
        { id: 'a', maths: name('a'), value: decimals(a), words: texts.readValue(called, a) },
        operator('='),
        name('g'),
        operator('('),
        { id: 'z', maths: name('z'), value: decimals(z, 1), words: texts.readZ(z) },
        operator(')'),
        operator(','),
        {
          id: 'slope',
          maths: row(name('g′'), operator('('), name('z'), operator(')')),
          value: decimals(derivative(z, a)),
          words: texts.readSlope(derivative(z, a)),
        },
      ],
    };
  }

  #formula(): FormulaView {
    const { network } = this.subject.experiment;
    const isLinear = this.lesson.activation === 'linear';
    const [w1 = 0, w2 = 0, bias = 0] = isLinear ? collapse(network) : [];
    return {
      spoken: isLinear ? texts.spokenLinear : texts.spoken,
      isLong: true,
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
