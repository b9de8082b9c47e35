import { html, LitElement, mathml, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';
import { icon } from '../elements/icons.js';
import { LearnCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { formulaStyles } from '../styles/learn-formula.js';
import { isTerm, type FormulaTerm, type FormulaView, type Maths } from './math.js';

/** How long each term stays lit while it plays. */
const TERM_MS = 1800;

/**
 * A formula with the running network's numbers under its terms. The terms light up one
 * after the other, by the buttons below or by themselves, and each says in words what
 * happens there.
 *
 * @fires {LearnCommandEvent} learn-command - `light`: another term is lit.
 */
@customElement('sightline-formula')
export class SightlineFormula extends LitElement {
  static override styles = [controls, formulaStyles];

  @property({ attribute: false }) accessor view: FormulaView = { spoken: '', parts: [] };
  /** Id of the term to be lit; empty for the first. */
  @property() accessor term = '';
  /** Index of the lit term. */
  @state() private accessor lit = 0;
  @state() private accessor playing = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  get #terms(): readonly FormulaTerm[] {
    const terms = this.view.parts.filter(isTerm);
    const { walk } = this.view;
    if (walk === undefined) return terms;
    return walk.flatMap((id) => terms.find((term) => term.id === id) ?? []);
  }

  constructor() {
    super();
    this.addController({
      hostDisconnected: () => {
        this.#stop();
      },
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const terms = this.#terms;
    if (changed.has('term')) {
      const named = terms.findIndex(({ id }) => id === this.term);
      this.lit = Math.max(0, named);
    }
    if (changed.has('view')) this.lit = Math.min(this.lit, Math.max(0, terms.length - 1));
  }

  override render(): TemplateResult {
    const terms = this.#terms;
    const current = terms[this.lit];
    return html`
      <div class="scroll">
        <math
          display="block"
          class=${this.view.isLong === true ? 'long' : ''}
          aria-label=${this.view.spoken}
        >
          <mrow
            >${this.view.parts.map((part) => (isTerm(part) ? this.#term(part, current) : part))}</mrow
          >
        </math>
      </div>
      <div class="walk" role="group" aria-label=${texts.formula.walk}>
        <button
          class="plain icon play"
          aria-label=${this.playing ? texts.formula.pause : texts.formula.play}
          @click=${this.#toggle}
        >
          ${icon(this.playing ? 'pause' : 'play')}
        </button>
        <button
          class="plain icon"
          aria-label=${texts.formula.back}
          @click=${() => {
            this.#go(-1);
          }}
        >
          ${icon('back')}
        </button>
        <p aria-live=${this.playing ? 'off' : 'polite'}>
          <small>${texts.formula.term(this.lit + 1, terms.length)}</small>
          ${current?.words ?? nothing}
        </p>
        <button
          class="plain icon next"
          aria-label=${texts.formula.next}
          @click=${() => {
            this.#go(1);
          }}
        >
          ${icon('back')}
        </button>
      </div>
    `;
  }

  #term(term: FormulaTerm, current: FormulaTerm | undefined): Maths {
    const mark = term === current ? 'term lit' : 'term';
    const tapped = (): void => {
      this.#stop();
      this.#light(this.#terms.indexOf(term));
    };
    return mathml`<munder class=${mark} @click=${tapped}><mrow>${term.maths}</mrow><mtext class="value">${term.value ?? '\u00a0'}</mtext></munder>`;
  }

  #go(by: number): void {
    this.#stop();
    this.#light(this.lit + by);
  }

  #light(index: number): void {
    const count = this.#terms.length;
    if (count === 0) return;
    this.lit = (index + count) % count;
    this.dispatchEvent(
      new LearnCommandEvent({ kind: 'light', term: this.#terms[this.lit]?.id ?? '' }),
    );
  }

  readonly #toggle = (): void => {
    if (this.playing) {
      this.#stop();
      return;
    }
    this.playing = true;
    this.#light(this.lit + 1);
    this.#timer = setInterval(() => {
      this.#light(this.lit + 1);
    }, TERM_MS);
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.playing = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-formula': SightlineFormula;
  }
}
