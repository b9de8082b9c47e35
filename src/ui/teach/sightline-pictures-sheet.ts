import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LONGEST_LABEL } from '../../domain/sample.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { icon, labelDot } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { picturesSheetStyles } from '../styles/pictures-sheet.js';
import { rows } from '../styles/rows.js';
import { fromFolderDialog, isPicture, sortByFolder } from './labelled-files.js';
import type { TeachView } from './teach-view.js';

/**
 * Photographs as examples: chosen one by one and given a name, or a folder whose
 * folders are named after what they show.
 *
 * @fires {TeachCommandEvent} teach-command - `add-pictures`.
 */
@customElement('sightline-pictures-sheet')
export class SightlinePicturesSheet extends LitElement {
  static override styles = [controls, rows, picturesSheetStyles];

  @property({ attribute: false }) accessor view!: TeachView;
  /** Pictures that wait for a name. */
  @property({ attribute: false }) accessor files: readonly File[] = [];
  @state() private accessor isEmpty = false;

  @query('input[name=files]') private accessor fileInput!: HTMLInputElement;
  @query('input[name=folder]') private accessor folderInput!: HTMLInputElement;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('view')?.sheet === 'pictures' && this.view.sheet !== 'pictures') {
      this.files = [];
      this.isEmpty = false;
    }
  }

  override render(): TemplateResult {
    const isOpen = this.view.sheet === 'pictures';
    return html`<sightline-sheet modal ?open=${isOpen} heading=${texts.pictures}>
      ${isOpen ? (this.files.length === 0 ? this.#ways() : this.#naming()) : nothing}
      <input
        type="file"
        name="files"
        accept="image/*"
        multiple
        hidden
        aria-label=${texts.pickPictures}
        @change=${this.#picked}
      />
      <input
        type="file"
        name="folder"
        webkitdirectory
        hidden
        aria-label=${texts.pickFolder}
        @change=${this.#picked}
      />
    </sightline-sheet>`;
  }

  #ways(): TemplateResult {
    const canPickFolders = 'webkitdirectory' in HTMLInputElement.prototype;
    return html`<div class="rows">
        <button
          class="row"
          @click=${() => {
            this.fileInput.click();
          }}
        >
          <span class="badge">${icon('photo')}</span>
          <span>${texts.pickPictures}</span>
        </button>
        ${
          canPickFolders
            ? html`<button
                class="row"
                @click=${() => {
                  this.folderInput.click();
                }}
              >
                <span class="badge">${icon('files')}</span>
                <span>${texts.pickFolder}<small>${texts.pickFolderHint}</small></span>
              </button>`
            : nothing
        }
      </div>
      ${this.isEmpty ? html`<p class="hint" role="alert">${texts.noPictures}</p>` : nothing}
      <p class="hint">${texts.picturesHint}</p>`;
  }

  #naming(): TemplateResult {
    const labels = this.view.state.labels.map(({ name }) => name);
    return html`<form @submit=${this.#named}>
      <label for="name">${texts.picturesOf}</label>
      <input
        id="name"
        name="name"
        required
        maxlength=${LONGEST_LABEL}
        autocomplete="off"
        autocapitalize="off"
        placeholder=${texts.namePlaceholder}
      />
      ${
        labels.length === 0
          ? nothing
          : html`<div class="chips">
              ${labels.map(
                (label) =>
                  html`<button
                    type="button"
                    class="chip"
                    @click=${() => {
                      this.#add(label);
                    }}
                  >
                    ${labelDot(label)} ${label}
                  </button>`,
              )}
            </div>`
      }
      <button class="primary">${texts.addPictures(this.files.length)}</button>
    </form>`;
  }

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = fromFolderDialog(input.files ?? []);
    // Emptied, so that the same ones can be chosen again.
    input.value = '';
    const { labelled, unlabelled } = sortByFolder(files);
    this.isEmpty = files.length > 0 && labelled.length + unlabelled.length === 0;
    if (labelled.length > 0) {
      this.dispatchEvent(new TeachCommandEvent({ kind: 'add-pictures', files: labelled }));
    } else this.files = unlabelled.filter(isPicture);
  };

  readonly #named = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get('name');
    if (typeof value === 'string' && value.trim() !== '') this.#add(value.trim());
  };

  #add(label: string): void {
    const files = this.files.map((file) => ({ file, label }));
    this.files = [];
    this.dispatchEvent(new TeachCommandEvent({ kind: 'add-pictures', files }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-pictures-sheet': SightlinePicturesSheet;
  }
}
