import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { TEACH_FILE_TEXTS as texts } from '../../i18n/teach-file-messages.js';
import { TEACH_TEXTS } from '../../i18n/teach-messages.js';
import type { ExportFormat } from '../../session/teach/types.js';
import { icon, type IconName } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent } from '../events.js';
import { canShare } from '../share-file.js';
import { controls } from '../styles/controls.js';
import { filesSheetStyles } from '../styles/files-sheet.js';
import { rows } from '../styles/rows.js';
import type { TeachCommand } from './teach-commands.js';
import type { TeachView } from './teach-view.js';

const FORMATS: readonly (readonly [ExportFormat, IconName])[] = [
  ['project', 'files'],
  ['heads', 'teach'],
  ['teachable-machine', 'app'],
  ['coco', 'labels'],
  ['yolo', 'labels'],
];

/**
 * Ways out of the app and back in: files, other apps, QR codes.
 *
 * @fires {TeachCommandEvent} teach-command - `export`, `import`, `show-qr`, `clear` …
 */
@customElement('sightline-files-sheet')
export class SightlineFilesSheet extends LitElement {
  static override styles = [controls, rows, filesSheetStyles];

  @property({ attribute: false }) accessor view!: TeachView;
  /** Whether the person was asked if really everything is to go. */
  @state() private accessor isClearing = false;

  @query('input[type=file]') private accessor fileInput!: HTMLInputElement;

  readonly #canShare = canShare(new File(['{}'], 'heads.json', { type: 'application/json' }));

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('view')?.sheet !== this.view.sheet) this.isClearing = false;
  }

  override render(): TemplateResult {
    const isOpen = this.view.sheet === 'files';
    return html`<sightline-sheet modal ?open=${isOpen} heading=${texts.title}>
      ${isOpen ? this.#content() : nothing}
      <input type="file" hidden aria-label=${texts.importFile} @change=${this.#picked} />
    </sightline-sheet>`;
  }

  #content(): TemplateResult {
    const { heads, finds, samples } = this.view.state;
    const hasLearnt = heads.length + finds.length > 0;
    const isEmpty = !hasLearnt && samples.length === 0;
    const has: Readonly<Record<ExportFormat, boolean>> = {
      project: samples.length > 0,
      heads: hasLearnt,
      'teachable-machine': heads.length > 0,
      coco: samples.length > 0,
      yolo: samples.length > 0,
    };
    return html`
      <section>
        <h3>${texts.imports}</h3>
        <div class="rows">
          ${this.#row('files', texts.importFile, texts.importHint, () => {
            this.fileInput.click();
          })}
          ${this.#row('code', texts.scanQr, texts.scanQrHint, () => {
            this.#do({ kind: 'open-sheet', sheet: 'scan' });
          })}
        </div>
      </section>
      <section>
        <h3>${texts.exports}</h3>
        ${
          isEmpty
            ? html`<p>${texts.nothingToSave}</p>`
            : html`<div class="rows">
                ${FORMATS.filter(([format]) => has[format]).map(([format, name]) =>
                  this.#format(format, name),
                )}
                ${
                  !hasLearnt
                    ? nothing
                    : this.#row('code', texts.showQr, texts.showQrHint, () => {
                        this.#do({ kind: 'show-qr' });
                      })
                }
              </div>`
        }
      </section>
      ${isEmpty ? nothing : this.#clear()}
    `;
  }

  #format(format: ExportFormat, name: IconName): TemplateResult {
    const [title, hint] = texts.formats[format];
    return html`<div class="format">
      ${this.#row(name, title, hint, () => {
        this.#do({ kind: 'export', format, way: 'save' });
      })}
      ${
        this.#canShare
          ? html`<button
              class="icon plain"
              aria-label="${texts.share}: ${title}"
              title=${texts.share}
              @click=${() => {
                this.#do({ kind: 'export', format, way: 'share' });
              }}
            >
              ${icon('share')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #row(name: IconName, title: string, hint: string, act: () => void): TemplateResult {
    return html`<button class="row" @click=${act}>
      <span class="badge">${icon(name)}</span>
      <span>${title}<small>${hint}</small></span>
    </button>`;
  }

  #clear(): TemplateResult {
    return html`<section>
      ${
        this.isClearing
          ? html`<p role="alert">${texts.clearWarning}</p>
              <div class="choice">
                <button
                  class="danger"
                  @click=${() => {
                    this.#do({ kind: 'clear' });
                    this.#do({ kind: 'close-sheet' });
                  }}
                >
                  ${texts.clearYes}
                </button>
                <button
                  @click=${() => {
                    this.isClearing = false;
                  }}
                >
                  ${TEACH_TEXTS.cancel}
                </button>
              </div>`
          : html`<button
              @click=${() => {
                this.isClearing = true;
              }}
            >
              ${icon('trash')} ${texts.clear}
            </button>`
      }
    </section>`;
  }

  readonly #picked = (): void => {
    const file = this.fileInput.files?.[0];
    // Emptied, so that the same file can be chosen again.
    this.fileInput.value = '';
    if (file !== undefined) this.#do({ kind: 'import', file });
  };

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-files-sheet': SightlineFilesSheet;
  }
}
