import type { GuideTone } from '../../domain/watch/guidance.js';
import { hush, speak } from '../../platform/alarms.js';
import { GuideSound } from '../../platform/guide-sound.js';

/** Everything that leads somebody who does not look at the screen. */
export class GuideKit {
  readonly #sound = new GuideSound();

  /** To be called while a person touches the page. */
  begin(): void {
    this.#sound.unlock();
  }

  /** @param tone `undefined`: there is nothing to lead to. */
  lead(
    tone: GuideTone | undefined,
    by: { readonly tone: boolean; readonly vibration: boolean },
  ): void {
    this.#sound.hasTone = by.tone;
    this.#sound.hasBuzz = by.vibration;
    this.#sound.tone = by.tone || by.vibration ? tone : undefined;
  }

  say(text: string, lang: string): void {
    speak(text, lang);
  }

  /** Nothing more is said. */
  silence(): void {
    hush();
  }

  stop(): void {
    this.#sound.tone = undefined;
    hush();
  }
}
