/**
 * Finds out how long the page's thread is busy at a stretch: messages that it
 * sends to itself arrive at once unless something else is running. It keeps the
 * thread busy, so it is never on while latency is measured.
 */
export class Heartbeat {
  readonly #channel = new MessageChannel();
  #last = 0;
  #longest = 0;
  #isBeating = false;

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#beat();
    };
  }

  start(): void {
    this.#last = performance.now();
    this.#longest = 0;
    this.#isBeating = true;
    this.#channel.port2.postMessage(undefined);
  }

  /** @returns Milliseconds of the longest time without a beat, up to now. */
  stop(): number {
    this.#isBeating = false;
    return Math.max(this.#longest, performance.now() - this.#last);
  }

  #beat(): void {
    if (!this.#isBeating) return;
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
    this.#channel.port2.postMessage(undefined);
  }
}
