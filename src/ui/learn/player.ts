import { html, nothing, type TemplateResult } from 'lit';
import { figure } from '../../i18n/learn-format.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';
import type { Experiment } from '../../domain/learn/experiment.js';
import { icon } from '../elements/icons.js';
import type { TrainingRun } from './training-run.js';

/** Largest seed that the dice gives: short enough to read out. */
const SEEDS = 1000;

export interface PlayerParts {
  readonly run: TrainingRun;
  readonly experiment: Experiment;
  readonly seed: number;
  readonly reseed: (seed: number) => void;
}

/** Play, a step, a step back, back to the start, and another beginning. */
export function player({ run, experiment, seed, reseed }: PlayerParts): TemplateResult {
  const { isPlaying } = run;
  const { step, loss } = experiment.now;
  return html`<div class="player" role="group" aria-label=${texts.player.label}>
      <button
        class="primary icon"
        aria-label=${isPlaying ? texts.player.pause : texts.player.play}
        ?disabled=${!isPlaying && experiment.isAtEnd}
        @click=${() => {
          run.toggle();
        }}
      >
        ${icon(isPlaying ? 'pause' : 'play')}
      </button>
      <button
        class="icon"
        aria-label=${texts.player.back}
        ?disabled=${step === 0}
        @click=${() => {
          run.move(-1);
        }}
      >
        ${icon('back')}
      </button>
      <button
        class="icon next"
        aria-label=${texts.player.step}
        ?disabled=${experiment.isAtEnd}
        @click=${() => {
          run.move(1);
        }}
      >
        ${icon('back')}
      </button>
      <button
        class="icon"
        aria-label=${texts.player.reset}
        ?disabled=${step === 0}
        @click=${() => {
          run.reset();
        }}
      >
        ${icon('undo')}
      </button>
      <p class="number" role="status" aria-live=${isPlaying ? 'off' : 'polite'}>
        <span class="now">${texts.player.now(step, figure(loss))}</span>
      </p>
      ${seedButton(seed, reseed)}
    </div>
    ${experiment.hasDiverged ? html`<p class="alarm" role="alert">${texts.player.diverged(experiment.setup.learningRate)}</p>` : nothing}`;
}

/** Another beginning: everything that is random comes from the seed. */
export function seedButton(seed: number, reseed: (seed: number) => void): TemplateResult {
  return html`<button
    class="seed"
    aria-label=${texts.player.reseed(seed)}
    title=${texts.player.reseed(seed)}
    @click=${() => {
      reseed((seed % SEEDS) + 1);
    }}
  >
    ${texts.player.seed(seed)}
  </button>`;
}
