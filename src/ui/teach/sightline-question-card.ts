import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { QUESTION_TEXTS as texts } from '../../i18n/question-messages.js';
import type { Question } from '../../session/labelling/types.js';
import { whileConnected } from '../controllers/while-connected.js';
import { icon } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import type { TeachCommand } from './teach-commands.js';

/**
 * The question that would teach most: a picture that what is found by itself is not
 * sure about, answered with one tap.
 *
 * @fires {TeachCommandEvent} teach-command - `answer`, `skip-question` or `open-box`.
 */
@customElement('sightline-question-card')
export class SightlineQuestionCard extends LitElement {
  static override styles = [
    controls,
    css`
      section {
        display: grid;
        grid-template-columns: 6rem minmax(0, 1fr);
        gap: 10px 12px;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: 16px;
      }

      img {
        inline-size: 6rem;
        block-size: 6rem;
        border-radius: 10px;
        object-fit: contain;
        background: #05070a;
      }

      h3 {
        font-size: 1rem;
      }

      p {
        color: var(--muted);
        font-size: 0.8125rem;
      }

      .actions {
        display: flex;
        grid-column: 1 / -1;
        flex-wrap: wrap;
        gap: 8px;
      }

      .actions button {
        flex: 1 1 auto;
        padding-inline: 12px;
      }
    `,
  ];

  /** What would teach most first. */
  @property({ attribute: false }) accessor questions: readonly Question[] = [];
  @state() private accessor url = '';

  #shown: string | undefined;

  constructor() {
    super();
    whileConnected(this, () => () => {
      this.#forget();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('questions')) return;
    const [question] = this.questions;
    if (question?.id === this.#shown) return;
    this.#forget();
    if (question === undefined) return;
    this.#shown = question.id;
    this.url = URL.createObjectURL(question.crop);
  }

  override render(): TemplateResult | typeof nothing {
    const [question] = this.questions;
    if (question === undefined) return nothing;
    const { id, label, reason } = question;
    return html`<section aria-labelledby="question">
      <img src=${this.url} alt=${texts.picture} />
      <div>
        <h3 id="question">${texts.question(label)}</h3>
        <p>${texts.reasons[reason]} ${texts.memory}</p>
        <p role="status">
          ${this.questions.length > 1 ? texts.more(this.questions.length - 1) : ''}
        </p>
      </div>
      <div class="actions">
        ${this.#button(texts.yes, { kind: 'answer', id, answer: 'yes' }, 'primary')}
        ${this.#button(texts.no, { kind: 'answer', id, answer: 'no' })}
        ${this.#button(texts.fix, { kind: 'open-box', id })}
        <button
          class="icon plain"
          aria-label=${texts.skip}
          title=${texts.skip}
          @click=${() => {
            this.#do({ kind: 'skip-question', id });
          }}
        >
          ${icon('close')}
        </button>
      </div>
    </section>`;
  }

  #button(text: string, command: TeachCommand, kind = ''): TemplateResult {
    return html`<button
      class=${kind}
      @click=${() => {
        this.#do(command);
      }}
    >
      ${text}
    </button>`;
  }

  #forget(): void {
    if (this.url !== '') URL.revokeObjectURL(this.url);
    this.url = '';
    this.#shown = undefined;
  }

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-question-card': SightlineQuestionCard;
  }
}
