import type { ReactiveController, ReactiveControllerHost } from 'lit';

const HOLD_MS = 1000;
/** A finger trembles; farther than this it is a swipe. */
const TREMBLE_PX = 12;

/** Tells when a finger or a button has been held still on an element for a second. */
export class LongPress implements ReactiveController {
  readonly #target: HTMLElement;
  readonly #held: () => void;
  #listening: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #start: { readonly x: number; readonly y: number } = { x: 0, y: 0 };

  constructor(host: ReactiveControllerHost & HTMLElement, held: () => void) {
    this.#target = host;
    this.#held = held;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal };
    this.#target.addEventListener('pointerdown', this.#pressed, options);
    this.#target.addEventListener('pointermove', this.#moved, options);
    this.#target.addEventListener('pointerup', this.#released, options);
    this.#target.addEventListener('pointercancel', this.#released, options);
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#released();
  }

  readonly #pressed = (event: PointerEvent): void => {
    this.#released();
    this.#start = { x: event.clientX, y: event.clientY };
    this.#timer = setTimeout(this.#held, HOLD_MS);
  };

  readonly #moved = (event: PointerEvent): void => {
    const distance = Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y);
    if (distance > TREMBLE_PX) this.#released();
  };

  readonly #released = (): void => {
    clearTimeout(this.#timer);
  };
}
