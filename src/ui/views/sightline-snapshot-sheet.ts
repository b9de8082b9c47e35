import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import { icon } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { canShare, saveFile, shareFile } from '../share-file.js';
import { controls } from '../styles/controls.js';

/** A snapshot before it is kept: look at it, save it, or share it. */
@customElement('sightline-snapshot-sheet')
export class SightlineSnapshotSheet extends LitElement {
  static override styles = [
    controls,
    css`
      canvas {
        display: block;
        max-inline-size: 100%;
        max-block-size: 50dvh;
        margin: 4px auto 1rem;
        border-radius: 12px;
        background: #07090c;
      }

      .actions {
        display: flex;
        justify-content: center;
        gap: var(--gap);
      }

      .actions button {
        flex: 0 1 16rem;
      }
    `,
  ];

  @property({ type: Boolean }) accessor open = false;
  @property({ attribute: false }) accessor file: File | undefined;

  @query('canvas') private accessor canvas!: HTMLCanvasElement;

  override render(): TemplateResult {
    return html`
      <sightline-sheet modal centred ?open=${this.open} heading=${t('snapshot.title')}>
        <canvas role="img" aria-label=${t('snapshot.preview')}></canvas>
        <div class="actions">
          ${
            this.#canShare()
              ? html`<button @click=${this.#share}>${icon('share')}${t('snapshot.share')}</button>`
              : ''
          }
          <button class="primary" @click=${this.#save}>${icon('save')}${t('snapshot.save')}</button>
        </div>
      </sightline-sheet>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('file') && this.file !== undefined) void this.#preview(this.file);
  }

  /** Drawn on a canvas: an `<img>` would need a looser security policy. */
  async #preview(file: File): Promise<void> {
    const bitmap = await createImageBitmap(file);
    this.canvas.width = bitmap.width;
    this.canvas.height = bitmap.height;
    this.canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
  }

  #canShare(): boolean {
    return this.file !== undefined && canShare(this.file);
  }

  readonly #share = async (): Promise<void> => {
    if (this.file !== undefined) await shareFile(this.file);
  };

  readonly #save = (): void => {
    if (this.file !== undefined) saveFile(this.file);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-snapshot-sheet': SightlineSnapshotSheet;
  }
}
