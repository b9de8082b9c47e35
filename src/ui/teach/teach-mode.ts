/**
 * The Teach mode as the app knows it. Everything of it is loaded when it is first
 * entered.
 */
import { html, type TemplateResult } from 'lit';
import type { TeachSession } from '../../session/teach/types.js';
import type { AppServices } from '../services.js';
import { isPicture, sortByFolder } from './labelled-files.js';
import './sightline-box-sheet.js';
import './sightline-files-sheet.js';
import './sightline-hood-sheet.js';
import './sightline-pictures-sheet.js';
import './sightline-qr-sheet.js';
import './sightline-quality-sheet.js';
import './sightline-samples-sheet.js';
import './sightline-scan-sheet.js';
import './sightline-target-layer.js';
import './sightline-teach.js';
import { TeachController, type TeachHost } from './teach-controller.js';

export interface TeachModeParts {
  readonly host: TeachHost & HTMLElement;
  readonly session: TeachSession;
  readonly services: Pick<AppServices, 'createQrReader' | 'droppedFiles'>;
  /** Opens a clip that was dropped. */
  readonly openFile: (file: File) => void;
  /** Ends the mode. */
  readonly leave: () => void;
}

export class TeachMode {
  readonly #parts: TeachModeParts;
  readonly #controller: TeachController;
  /** Pictures that were dropped and wait for a name. */
  #dropped: readonly File[] = [];

  constructor(parts: TeachModeParts) {
    this.#parts = parts;
    this.#controller = new TeachController(parts.host, parts.session, parts.leave);
    parts.host.addEventListener('teach-command', (event) => {
      this.#controller.execute(event.command);
    });
    parts.host.addEventListener('sheet-close', () => {
      this.#dropped = [];
      this.#controller.execute({ kind: 'close-sheet' });
    });
  }

  enter(): void {
    this.#controller.enter();
  }

  exit(): void {
    this.#controller.exit();
  }

  /** @returns Whether there was something of ours to close. */
  escape(): boolean {
    return this.#controller.escape();
  }

  /** The panel below or beside the picture. */
  panel(locale: string): TemplateResult {
    return html`<sightline-teach .view=${this.#controller.view(locale)}></sightline-teach>`;
  }

  /** What lies over the picture. */
  layer(locale: string): TemplateResult {
    const { pointing } = this.#controller;
    return html`<sightline-target-layer
      .detector=${this.#parts.host.detector}
      .chosen=${pointing.trackId}
      .drawing=${pointing.isDrawing}
      .box=${pointing.box}
      .proposals=${pointing.proposals ?? []}
      .locale=${locale}
    ></sightline-target-layer>`;
  }

  /** Sheets of the mode; at most one is open. */
  sheets(locale: string): TemplateResult {
    const { host, services } = this.#parts;
    const view = this.#controller.view(locale);
    return html`
      <sightline-samples-sheet .view=${view}></sightline-samples-sheet>
      <sightline-box-sheet .view=${view}></sightline-box-sheet>
      <sightline-quality-sheet .view=${view}></sightline-quality-sheet>
      <sightline-hood-sheet
        .view=${view}
        .maps=${host.detector.info?.model.featureMaps ?? []}
      ></sightline-hood-sheet>
      <sightline-pictures-sheet .view=${view} .files=${this.#dropped}></sightline-pictures-sheet>
      <sightline-files-sheet .view=${view}></sightline-files-sheet>
      <sightline-qr-sheet .open=${view.sheet === 'qr'} .file=${view.qrFile}></sightline-qr-sheet>
      <sightline-scan-sheet
        .open=${view.sheet === 'scan'}
        .detector=${host.detector}
        .createReader=${services.createQrReader}
      ></sightline-scan-sheet>
    `;
  }

  /** Files that were dropped or pasted: pictures become examples, anything else is opened. */
  async take(transfer: DataTransfer | null): Promise<void> {
    const { services, openFile } = this.#parts;
    const files = await services.droppedFiles(transfer);
    const clip = files.find(({ file }) => file.type.startsWith('video/'));
    const other = files.find(({ file }) => !isPicture(file));
    if (clip !== undefined) {
      openFile(clip.file);
      return;
    }
    const { labelled, unlabelled } = sortByFolder(files);
    if (labelled.length > 0) this.#controller.execute({ kind: 'add-pictures', files: labelled });
    else if (unlabelled.length > 0) {
      this.#dropped = unlabelled;
      this.#controller.execute({ kind: 'open-sheet', sheet: 'pictures' });
    } else if (other !== undefined) {
      this.#controller.execute({ kind: 'import', file: other.file });
    }
  }
}
