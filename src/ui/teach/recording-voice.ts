import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { Recording } from '../../session/teach/types.js';

/** A screen reader that is told each example has no time for anything else. */
const EVERY_EXAMPLES = 5;
const LEAST_MS = 1500;

/** Tells of a recording in words: now and then how many, and why there are none. */
export class RecordingVoice {
  readonly #say: (text: string) => void;
  #saidAt = -Infinity;
  #saidTaken = 0;
  #saidRefusal = '';

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  follow({ taken, refused }: Recording, now = performance.now()): void {
    if (now - this.#saidAt < LEAST_MS) return;
    const refusal = refused === undefined ? '' : texts.refusals[refused];
    const isCountDue = taken >= this.#saidTaken + EVERY_EXAMPLES;
    const isRefusalDue = refusal !== '' && refusal !== this.#saidRefusal;
    if (!isCountDue && !isRefusalDue) return;
    this.#saidAt = now;
    this.#saidTaken = taken;
    this.#saidRefusal = refusal;
    this.#say(isRefusalDue ? refusal : texts.taken(taken));
  }

  reset(): void {
    this.#saidAt = -Infinity;
    this.#saidTaken = 0;
    this.#saidRefusal = '';
  }
}
