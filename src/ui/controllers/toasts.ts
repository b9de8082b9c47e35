import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Command } from '../commands.js';

/** A short message over the picture. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What the person may do about it, by a button. */
  readonly action?: { readonly label: string; readonly command: Command } | undefined;
}

/** How long a passing remark stays. */
const PASSING_MS = 6000;

/** The messages that are on screen. */
export class Toasts implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #nextId = 1;
  #list: readonly Toast[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** Something the person should know; stays until they dismiss it. */
  tell(text: string, action?: Toast['action']): number {
    const id = this.#nextId++;
    // Said twice is said once, the newer time.
    this.#replace([...this.#list.filter((toast) => toast.text !== text), { id, text, action }]);
    return id;
  }

  /** A remark that can be missed; goes by itself. */
  remark(text: string): void {
    const id = this.tell(text);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.dismiss(id);
    }, PASSING_MS);
    this.#timers.add(timer);
  }

  dismiss(id: number): void {
    this.#replace(this.#list.filter((toast) => toast.id !== id));
  }

  hostDisconnected(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #replace(list: readonly Toast[]): void {
    this.#list = list;
    this.#host.requestUpdate();
  }
}
