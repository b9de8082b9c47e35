import type { Detection } from '../../domain/detection.js';
import { labelCount } from '../../i18n/label-names.js';
import { t } from '../../i18n/messages.js';

/** How often at most a screen reader is told. */
export const ANNOUNCE_INTERVAL_MS = 2000;

/** How many of each label one frame shows. */
export function countLabels(detections: readonly Detection[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { class: label } of detections) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** The middle value; 0 for a label that flickers in a few frames only. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * Tells what is seen in words, when that has changed: frames are gathered for
 * a while and only what most of them agree on is said.
 */
export class Announcer {
  readonly #say: (text: string) => void;
  readonly #locale: () => string;
  readonly #interval: number;
  #frames: Map<string, number>[] = [];
  #said = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param say Gets what is seen ("2 people, cup"), or that nothing is left.
   * @param locale Language of the names.
   */
  constructor(say: (text: string) => void, locale: () => string, interval = ANNOUNCE_INTERVAL_MS) {
    this.#say = say;
    this.#locale = locale;
    this.#interval = interval;
  }

  /** Takes one frame's detections. */
  add(detections: readonly Detection[]): void {
    this.#frames.push(countLabels(detections));
    this.#timer ??= setTimeout(() => {
      this.#conclude();
    }, this.#interval);
  }

  /** Forgets everything; nothing more is said until the next frame. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#frames = [];
    this.#said = '';
  }

  #conclude(): void {
    this.#timer = undefined;
    const frames = this.#frames;
    this.#frames = [];
    const labels = new Set(frames.flatMap((frame) => [...frame.keys()]));
    const agreed = [...labels]
      .map((label): [string, number] => [
        label,
        median(frames.map((frame) => frame.get(label) ?? 0)),
      ])
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const names = agreed.map(([label, count]) => labelCount(label, count, this.#locale()));
    const text = names.join(', ') || t('detector.nothing');
    // The first thing a person hears should not be that there is nothing.
    if (text === this.#said || (names.length === 0 && this.#said === '')) return;
    this.#said = text;
    this.#say(text);
  }
}
