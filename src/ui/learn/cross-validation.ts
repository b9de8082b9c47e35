import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { Study } from '../../domain/learn/design.js';
import {
  CROSS_STEPS,
  crossValidate,
  type CrossValidation,
  type DiagnosisSettings,
} from '../../domain/learn/diagnosis.js';
import { DIAGNOSIS_TEXTS as texts } from '../../i18n/learn-diagnosis-messages.js';

const SLICE_MS = 8;

/** Runs a cross-validation in slices between frames, shows how far it is, and what came of it. */
export class CrossValidationRun implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #request = 0;
  #share: number | undefined;
  #result: CrossValidation | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Forgets what belongs to another table or other settings. */
  clear(): void {
    cancelAnimationFrame(this.#request);
    this.#share = undefined;
    this.#result = undefined;
  }

  start(study: Study, settings: DiagnosisSettings): void {
    this.clear();
    this.#share = 0;
    const turns = crossValidate(study, settings, CROSS_STEPS);
    const slice = (): void => {
      const end = performance.now() + SLICE_MS;
      do {
        const { done, value } = turns.next();
        if (done === true) {
          this.#share = undefined;
          this.#result = value;
          this.#host.requestUpdate();
          return;
        }
        this.#share = value;
      } while (performance.now() < end);
      this.#host.requestUpdate();
      this.#request = requestAnimationFrame(slice);
    };
    this.#request = requestAnimationFrame(slice);
    this.#host.requestUpdate();
  }

  view(start: () => void): TemplateResult {
    const share = this.#share;
    return html`<div class="cross side">
      ${
        share === undefined
          ? html`<button @click=${start}>${texts.cross}</button>`
          : html`<progress max="1" .value=${share} aria-label=${texts.cross}></progress>
              <p class="hint number">${texts.crossing(share)}</p>`
      }
      ${
        this.#result === undefined
          ? nothing
          : html`<p role="status">
              <b>${texts.crossed(this.#result.mean, this.#result.spread)}</b>
            </p>`
      }
    </div>`;
  }
}
