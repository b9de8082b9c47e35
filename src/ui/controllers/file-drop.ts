import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AppServices } from '../services.js';

export interface FileDropDelegate {
  readonly services: Pick<AppServices, 'droppedFile' | 'carriesFiles'>;
  opened(file: File): void;
  /** Comes first. @returns Whether it takes the files itself. */
  took(transfer: DataTransfer | null): boolean;
  /** Something was dropped that is neither a photo nor a video. */
  refused(): void;
}

/** Takes files that are dropped anywhere on the page or pasted into it. */
export class FileDrop implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #delegate: FileDropDelegate;
  #listening: AbortController | undefined;
  /** Enter and leave events come in pairs, one for every element under the pointer. */
  #depth = 0;

  constructor(host: ReactiveControllerHost, delegate: FileDropDelegate) {
    this.#host = host;
    this.#delegate = delegate;
    host.addController(this);
  }

  /** Whether a file is being dragged over the page. */
  get hovering(): boolean {
    return this.#depth > 0;
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal };
    window.addEventListener('dragenter', this.#entered, options);
    window.addEventListener('dragleave', this.#left, options);
    window.addEventListener('dragover', this.#over, options);
    window.addEventListener('drop', this.#dropped, options);
    window.addEventListener('paste', this.#pasted, options);
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#setDepth(0);
  }

  #setDepth(depth: number): void {
    const before = this.hovering;
    this.#depth = Math.max(0, depth);
    if (this.hovering !== before) this.#host.requestUpdate();
  }

  readonly #entered = (event: DragEvent): void => {
    if (this.#delegate.services.carriesFiles(event.dataTransfer)) this.#setDepth(this.#depth + 1);
  };

  readonly #left = (event: DragEvent): void => {
    if (this.#delegate.services.carriesFiles(event.dataTransfer)) this.#setDepth(this.#depth - 1);
  };

  readonly #over = (event: DragEvent): void => {
    // Without this the browser would leave the page for the file.
    if (this.#delegate.services.carriesFiles(event.dataTransfer)) event.preventDefault();
  };

  readonly #dropped = (event: DragEvent): void => {
    this.#setDepth(0);
    if (!this.#delegate.services.carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (this.#delegate.took(event.dataTransfer)) return;
    const file = this.#delegate.services.droppedFile(event.dataTransfer);
    if (file === undefined) this.#delegate.refused();
    else this.#delegate.opened(file);
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const file = this.#delegate.services.droppedFile(event.clipboardData);
    if (file !== undefined && this.#delegate.took(event.clipboardData)) return;
    if (file !== undefined) this.#delegate.opened(file);
  };
}
