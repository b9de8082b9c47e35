import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { FrameCollector, type FrameProgress } from '../../domain/qr/frames.js';
import { TEACH_FILE_TEXTS as texts } from '../../i18n/teach-file-messages.js';
import { whileConnected } from '../controllers/while-connected.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent } from '../events.js';
import type { AppServices } from '../services.js';
import { controls } from '../styles/controls.js';
import { qrSheetStyles } from '../styles/qr-sheet.js';

/** Rest between two looks, so that the page stays fluent. */
const REST_MS = 60;

/**
 * Reads the codes that `<sightline-qr-sheet>` shows on another device, out of the
 * picture that is running anyway.
 *
 * @fires {TeachCommandEvent} teach-command - `import`, once all codes are read.
 */
@customElement('sightline-scan-sheet')
export class SightlineScanSheet extends LitElement {
  static override styles = [controls, qrSheetStyles];

  @property({ type: Boolean }) accessor open = false;
  @property({ attribute: false }) accessor detector: SightlineDetector | undefined;
  @property({ attribute: false }) accessor createReader: AppServices['createQrReader'] | undefined;
  @state() private accessor progress: FrameProgress | undefined;
  @state() private accessor isDamaged = false;

  #reading: AbortController | undefined;

  constructor() {
    super();
    whileConnected(this, () => () => {
      this.#reading?.abort();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    this.#reading?.abort();
    this.progress = undefined;
    this.isDamaged = false;
    if (!this.open) return;
    this.#reading = new AbortController();
    void this.#read(this.#reading.signal);
  }

  override render(): TemplateResult {
    const hasPicture = this.detector?.sourceInfo !== undefined;
    return html`<sightline-sheet modal clear ?open=${this.open} heading=${texts.scanTitle}>
      ${
        this.open
          ? html`<p>${hasPicture ? texts.scanHint : texts.scanNoPicture}</p>
              ${this.#state()}`
          : nothing
      }
    </sightline-sheet>`;
  }

  #state(): TemplateResult {
    const { progress } = this;
    const text =
      progress === undefined || progress.count === 0
        ? ''
        : texts.scanProgress(progress.received, progress.count);
    return html`
      ${
        text === ''
          ? nothing
          : html`<progress
              aria-label=${texts.scanTitle}
              max=${progress?.count ?? 1}
              .value=${progress?.received ?? 0}
            ></progress>`
      }
      <p role="status">${this.isDamaged ? texts.scanDamaged : text}</p>
    `;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const read = await this.createReader?.();
    const collector = new FrameCollector();
    while (read !== undefined && !signal.aborted) {
      const picture = this.detector?.sourceInfo?.element;
      const text = picture && (await read(picture));
      // It may have been closed meanwhile.
      if (this.#reading?.signal !== signal) return;
      if (text !== undefined && this.#took(collector, text)) return;
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }

  /** @returns Whether that was all. */
  #took(collector: FrameCollector, text: string): boolean {
    const verdict = collector.add(text);
    if (verdict === 'new') this.isDamaged = false;
    if (verdict === 'damaged') this.isDamaged = true;
    if (verdict !== 'foreign') this.progress = collector.progress;
    const { bytes } = collector;
    if (verdict !== 'complete' || bytes === undefined) return false;
    const file = new File([bytes.slice().buffer], texts.scannedName);
    this.dispatchEvent(new TeachCommandEvent({ kind: 'import', file }));
    return true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-scan-sheet': SightlineScanSheet;
  }
}
