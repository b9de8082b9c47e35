import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { encodeQR } from 'qr';
import { framesOf, LARGEST_QR_FILE, type FrameSource } from '../../domain/qr/frames.js';
import { TEACH_FILE_TEXTS as texts } from '../../i18n/teach-file-messages.js';
import type { ExportFile } from '../../session/teach/types.js';
import { whileConnected } from '../controllers/while-connected.js';
import '../elements/sightline-sheet.js';
import { controls } from '../styles/controls.js';
import { qrSheetStyles } from '../styles/qr-sheet.js';

/** How long a code is shown: what a camera misses others make up for, and it does not flicker. */
const FRAME_MS = 250;
/** Light modules around a code, so that readers find its edge. */
const BORDER = 3;

/**
 * A small file as QR codes, one after the other, as long as anybody looks. Where less motion
 * is asked for, a button goes from one to the next.
 */
@customElement('sightline-qr-sheet')
export class SightlineQrSheet extends LitElement {
  static override styles = [controls, qrSheetStyles];

  @property({ type: Boolean }) accessor open = false;
  @property({ attribute: false }) accessor file: ExportFile | undefined;
  @state() private accessor frames: FrameSource | undefined;
  @state() private accessor index = 0;
  @state() private accessor isRunning = true;

  @query('canvas') private accessor canvas!: HTMLCanvasElement | null;

  #timer: ReturnType<typeof setInterval> | undefined;
  #encode: typeof encodeQR | undefined;

  constructor() {
    super();
    whileConnected(this, () => () => {
      clearInterval(this.#timer);
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') && !changed.has('file')) return;
    this.frames = undefined;
    this.index = 0;
    this.isRunning = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (this.open && this.file !== undefined) void this.#load(this.file.blob);
  }

  override render(): TemplateResult {
    return html`<sightline-sheet modal centred ?open=${this.open} heading=${texts.qrTitle}>
      ${this.open ? this.#content() : nothing}
    </sightline-sheet>`;
  }

  override updated(): void {
    clearInterval(this.#timer);
    if (this.open && this.isRunning && (this.frames?.count ?? 0) > 1) {
      this.#timer = setInterval(this.#next, FRAME_MS);
    }
    this.#draw();
  }

  #content(): TemplateResult {
    const { frames, file } = this;
    if (file !== undefined && file.blob.size > LARGEST_QR_FILE) {
      return html`<p>${texts.qrTooLarge}</p>`;
    }
    if (frames === undefined) return html`<p>…</p>`;
    const text = texts.qrFrame((this.index % frames.count) + 1, frames.count);
    return html`
      <p>${texts.qrHint}</p>
      <canvas role="img" aria-label=${text}></canvas>
      <div class="actions">
        <span class="number">${text}</span>
        ${
          frames.count === 1
            ? nothing
            : html`<button
                  @click=${() => {
                    this.isRunning = !this.isRunning;
                  }}
                >
                  ${this.isRunning ? texts.qrPause : texts.qrGoOn}
                </button>
                ${this.isRunning ? nothing : html`<button @click=${this.#next}>${texts.qrNext}</button>`}`
        }
      </div>
    `;
  }

  async #load(blob: Blob): Promise<void> {
    if (blob.size > LARGEST_QR_FILE) return;
    const [qr, bytes] = await Promise.all([import('qr'), blob.arrayBuffer()]);
    // Meanwhile it may have been closed, or another opened.
    if (this.file?.blob !== blob) return;
    this.#encode = qr.encodeQR;
    this.frames = framesOf(new Uint8Array(bytes));
  }

  readonly #next = (): void => {
    this.index++;
  };

  #draw(): void {
    const { canvas } = this;
    const { frames } = this;
    if (canvas === null || frames === undefined || this.#encode === undefined) return;
    const frame = frames.at(this.index);
    const modules = this.#encode(frame, 'raw', {
      ecc: 'low',
      encoding: 'alphanumeric',
      border: BORDER,
    });
    canvas.width = modules.length;
    canvas.height = modules.length;
    const context = canvas.getContext('2d');
    if (context === null) return;
    // Dark on light whatever the scheme: not every reader takes the other.
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#000000';
    modules.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (isDark) context.fillRect(x, y, 1, 1);
      });
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-qr-sheet': SightlineQrSheet;
  }
}
