import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Detection } from '../../domain/detection.js';
import { countLabels } from './announcer.js';

/** A label that is, or was a moment ago, in sight. */
export interface Seen {
  readonly label: string;
  /** 0 for a label that has just gone. */
  readonly count: number;
}

/** Names on screen change at most this often. */
const REFRESH_MS = 250;
/** A label stays listed this long after it was last seen, so that the list does not flicker. */
const LINGER_MS = 1000;
/** After this long without anything the person is told what to do about it. */
const PATIENCE_MS = 4000;

interface Sighting {
  count: number;
  time: number;
}

/**
 * What is in sight, calm enough to read: refreshed 4 times a second, in the
 * order in which things appeared, each lingering for a moment.
 */
export class SeenController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #sightings = new Map<string, Sighting>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSighting = 0;
  #patience = PATIENCE_MS;
  #seen: readonly Seen[] = [];
  #idle = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get seen(): readonly Seen[] {
    return this.#seen;
  }

  /** Whether frames come, but nothing has been found in them for a while. */
  get idle(): boolean {
    return this.#idle;
  }

  /**
   * Takes one frame's detections.
   *
   * @param still Whether it is a photo: there is nothing to wait for.
   */
  add(detections: readonly Detection[], still: boolean): void {
    const time = performance.now();
    this.#patience = still ? 0 : PATIENCE_MS;
    const counts = countLabels(detections);
    if (counts.size > 0 || this.#lastSighting === 0) this.#lastSighting = time;
    for (const [label, count] of counts) this.#sightings.set(label, { count, time });
    for (const [label, sighting] of this.#sightings) {
      if (!counts.has(label)) sighting.count = 0;
    }
    this.#schedule();
  }

  /** Forgets everything, for another picture. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sightings.clear();
    this.#lastSighting = 0;
    this.#publish([], false);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#refresh();
    }, REFRESH_MS);
  }

  #refresh(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [label, { count, time }] of this.#sightings) {
      if (count === 0 && now - time > LINGER_MS) this.#sightings.delete(label);
    }
    const seen = [...this.#sightings].map(([label, { count }]) => ({ label, count }));
    // Frames may have stopped coming; what has gone must go from the list all the same.
    if (seen.some(({ count }) => count === 0)) this.#schedule();
    this.#publish(seen, now - this.#lastSighting > this.#patience);
  }

  #publish(seen: readonly Seen[], idle: boolean): void {
    const same =
      idle === this.#idle &&
      seen.length === this.#seen.length &&
      seen.every(({ label, count }, index) => {
        const before = this.#seen[index];
        return before?.label === label && before.count === count;
      });
    if (same) return;
    this.#seen = seen;
    this.#idle = idle;
    this.#host.requestUpdate();
  }
}
