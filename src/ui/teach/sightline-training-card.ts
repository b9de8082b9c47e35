import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatPercent } from '../../i18n/format.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { QualityReport, TrainingState } from '../../session/teach/types.js';
import { icon } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { charts } from '../styles/charts.js';
import { controls } from '../styles/controls.js';
import { trainingCardStyles } from '../styles/training-card.js';
import type { Obstacle } from './obstacle.js';
import type { TeachCommand } from './teach-commands.js';
import { trainingFigure } from './training-figure.js';
import { verdict } from './verdict.js';

/** Share of right answers from which on it need not be doubted. */
const GOOD = 0.9;

/**
 * "Teach it": the button or why it has to wait, how far it is, and what came of it.
 *
 * @fires {TeachCommandEvent} teach-command - `train`, `cancel-training` or `open-sheet`.
 */
@customElement('sightline-training-card')
export class SightlineTrainingCard extends LitElement {
  static override styles = [controls, charts, trainingCardStyles];

  @property({ attribute: false }) accessor training: TrainingState = { phase: 'idle' };
  @property({ attribute: false }) accessor obstacle: Obstacle | undefined;
  /** Whether there is a head. */
  @property({ type: Boolean }) accessor taught = false;
  /** Whether it knows less than there are examples. */
  @property({ type: Boolean }) accessor outdated = false;
  /** Of the newest head. */
  @property({ attribute: false }) accessor report: QualityReport | undefined;

  override render(): TemplateResult {
    const { training } = this;
    switch (training.phase) {
      case 'looking':
        return this.#progress(
          texts.looking,
          training.of === 0 ? 0 : training.done / training.of,
          `${training.done} / ${training.of}`,
        );
      case 'training':
        return html`${this.#progress(
          texts.learning,
          training.steps === 0 ? 0 : training.step / training.steps,
          formatPercent(training.steps === 0 ? 0 : training.step / training.steps),
          texts.step(training.step, training.steps),
        )}
        ${trainingFigure(training.curve, training.steps)}`;
      case 'interrupted':
        return html`<p class="say">${texts.interrupted}</p>
          ${this.#button(texts.goOn, true)}`;
      case 'idle':
      case 'done':
        return this.taught && !this.outdated
          ? html`<div class="row">
              ${this.#outcome()} ${this.#button(texts.again, false, texts.teachAgain)}
            </div>`
          : html`${this.#button(this.taught ? texts.teachAgain : texts.teach, true)} ${this.#why()}`;
    }
  }

  #progress(title: string, fraction: number, figure: string, detail = title): TemplateResult {
    return html`<div class="progress">
      <label>
        <span>${title}</span>
        <progress max="1" .value=${fraction} aria-valuetext=${detail}></progress>
      </label>
      <span class="number">${figure}</span>
      <button
        @click=${() => {
          this.#do({ kind: 'cancel-training' });
        }}
      >
        ${texts.stopTraining}
      </button>
    </div>`;
  }

  #outcome(): TemplateResult {
    const { report, training } = this;
    const isGood = report?.accuracy !== undefined && report.accuracy >= GOOD;
    return html`<button
      class="outcome"
      @click=${() => {
        this.#do({ kind: 'open-sheet', sheet: 'quality' });
      }}
    >
      <span class="badge ${isGood ? 'good' : ''}">${icon(isGood ? 'check' : 'quality')}</span>
      <span>
        <b>${report === undefined ? texts.live : verdict(report)}</b>
        <small>
          ${training.phase === 'done' ? texts.learntIn(training.milliseconds) : texts.live}
        </small>
      </span>
    </button>`;
  }

  #why(): TemplateResult | typeof nothing {
    return this.obstacle === undefined
      ? nothing
      : html`<p id="why">${obstacleText(this.obstacle)}</p>`;
  }

  #button(text: string, primary: boolean, label?: string): TemplateResult {
    // Not `disabled`: a button that cannot be reached cannot tell why.
    const isBlocked = this.obstacle !== undefined;
    return html`<button
      class="teach ${primary ? 'primary' : ''}"
      aria-label=${label ?? nothing}
      aria-disabled=${isBlocked ? 'true' : 'false'}
      aria-describedby=${isBlocked ? 'why' : nothing}
      @click=${() => {
        if (!isBlocked) this.#do({ kind: 'train' });
      }}
    >
      ${icon('teach')} ${text}
    </button>`;
  }

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

function obstacleText(obstacle: Obstacle): string {
  return obstacle.kind === 'one-example'
    ? texts.obstacles['one-example'](obstacle.label)
    : texts.obstacles[obstacle.kind];
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-training-card': SightlineTrainingCard;
  }
}
