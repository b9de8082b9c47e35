import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import { SheetCloseEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { icon } from './icons.js';

/**
 * A sheet on a native `<dialog>`: from below on a phone, at the side on a wide
 * screen. A modal one traps the focus and gives it back when closed.
 *
 * @fires {SheetCloseEvent} sheet-close - The person closed it.
 * @slot - The content.
 * @slot header - Below the heading; stays in place while the content scrolls.
 */
@customElement('sightline-sheet')
export class SightlineSheet extends LitElement {
  static override styles = [
    controls,
    css`
      dialog {
        position: fixed;
        inset: auto 0 0 0;
        margin: 0 auto;
        inline-size: min(100%, 34rem);
        max-inline-size: none;
        max-block-size: min(80dvh, 46rem);
        padding: 0;
        border: 1px solid var(--line);
        border-block-end: 0;
        border-radius: 1.25rem 1.25rem 0 0;
        background: var(--surface);
        color: var(--text);
        box-shadow: var(--shadow);
        overflow: hidden;
        z-index: 2;
      }

      dialog[open] {
        display: flex;
        flex-direction: column;
        animation: rise var(--quick);
      }

      dialog::backdrop {
        background: rgb(5 7 10 / 0.45);
      }

      :host([clear]) dialog::backdrop {
        background: transparent;
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap);
        padding: 10px 10px 6px 1.25rem;
      }

      /* Has the focus first, so that it is read out; it is nothing to press. */
      h2:focus-visible {
        outline: none;
      }

      h2 {
        font-size: 1.125rem;
        line-height: 1.3;
        letter-spacing: -0.005em;
      }

      .scroll {
        overflow: hidden auto;
        overscroll-behavior: contain;
        padding: 4px 1.25rem calc(1.25rem + var(--safe-bottom));
        scrollbar-width: thin;
      }

      /* What is watched while the picture runs leaves it in sight. */
      @media (max-width: 59.99rem) and (min-height: 30.01rem) {
        :host(:not([modal])) dialog {
          max-block-size: 60dvh;
        }
      }

      @media (min-width: 60rem), (max-height: 30rem) {
        dialog {
          inset: 12px calc(12px + var(--safe-right)) 12px auto;
          margin: 0;
          inline-size: 25rem;
          max-inline-size: calc(100% - 1.5rem);
          block-size: fit-content;
          max-block-size: calc(100dvh - 1.5rem);
          border-block-end: 1px solid var(--line);
          border-radius: 1.25rem;
        }
      }

      @media (min-width: 60rem) and (min-height: 30.01rem) {
        :host([centred]) dialog {
          inset: 0;
          margin: auto;
          inline-size: min(48rem, 100% - 4rem);
        }
      }

      @keyframes rise {
        from {
          translate: 0 24px;
          opacity: 0;
        }
      }
    `,
  ];

  @property({ type: Boolean, reflect: true }) accessor open = false;
  @property({ type: Boolean, reflect: true }) accessor modal = false;
  /** Leaves the picture behind a modal sheet as bright as it is. */
  @property({ type: Boolean, reflect: true }) accessor clear = false;
  /** In the middle of a wide screen instead of at its side. */
  @property({ type: Boolean, reflect: true }) accessor centred = false;
  @property() accessor heading = '';

  @query('dialog') private accessor dialog!: HTMLDialogElement;
  @query('h2') private accessor headline!: HTMLHeadingElement;

  override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="heading" @close=${this.#closed}>
        <header>
          <h2 id="heading" tabindex="-1">${this.heading}</h2>
          <button
            class="icon plain"
            aria-label=${t('action.close')}
            @click=${() => {
              this.dialog.close();
            }}
          >
            ${icon('close')}
          </button>
        </header>
        <slot name="header"></slot>
        <div class="scroll"><slot></slot></div>
      </dialog>
    `;
  }

  override firstUpdated(): void {
    // A tap beside a modal sheet closes it; with a keyboard Escape does. A
    // click on the backdrop has the dialog itself as its target.
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog && this.modal) this.dialog.close();
    });
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === this.dialog.open) return;
    if (!this.open) {
      this.dialog.close();
      return;
    }
    if (this.modal) this.dialog.showModal();
    else this.dialog.show();
    // Read out first, and no key to press by mistake.
    this.headline.focus();
  }

  /** By the person, that is: what the owner closes the owner knows, and has perhaps opened another. */
  readonly #closed = (): void => {
    if (!this.open) return;
    this.open = false;
    this.dispatchEvent(new SheetCloseEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-sheet': SightlineSheet;
  }
}
