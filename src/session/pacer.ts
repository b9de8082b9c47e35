import type { DetailChoice, DetailMode } from '../domain/detection.js';
import {
  decidePace,
  FRESH_GOVERNOR,
  observeLook,
  type BatteryLevel,
  type GovernorState,
  type Pace,
  type PaceReason,
} from '../domain/governor.js';
import { TileMemory } from '../domain/tile-memory.js';
import type { DetectionResult, FrameOptions } from '../protocol/index.js';

/** What is looked at, as far as the pace depends on it. */
type PacedKind = 'photo' | 'live';

/**
 * Ties the governor to a session: what it decides becomes the options of the
 * next frame and the pause before it, what a frame gave goes back to it.
 */
export class Pacer {
  readonly #battery: { watch(): void; readonly level: BatteryLevel | undefined };
  readonly #memory = new TileMemory();
  #state: GovernorState = FRESH_GOVERNOR;
  #kind: PacedKind = 'live';
  #looksAtPhoto = 0;
  #reasons: readonly PaceReason[] = [];
  detail: DetailChoice = 'off';

  constructor(battery: { watch(): void; readonly level: BatteryLevel | undefined }) {
    this.#battery = battery;
  }

  /** Why fewer looks are taken than could be; the same list until it changes. */
  get reasons(): readonly PaceReason[] {
    return this.#reasons;
  }

  /** Least milliseconds from the start of one look to the start of the next. */
  get interval(): number {
    return this.#pace().interval;
  }

  /** How closely to look at one picture that nobody waits for the next of. */
  get photoDetail(): DetailMode {
    const battery = this.#battery.level;
    const situation = { isPhoto: true, looksAtPhoto: 1, detail: this.detail, battery };
    return decidePace(this.#state, situation).detail;
  }

  /** Another source: nothing that was seen before holds for it. */
  begin(kind: PacedKind): void {
    this.#battery.watch();
    this.#kind = kind;
    this.#state = { ...this.#state, movedAt: undefined, isStill: false };
    this.#setReasons([]);
    this.lookAfresh();
  }

  /** Other options: boxes that were kept may no longer be wanted, and a photo is a new one. */
  lookAfresh(): void {
    this.#looksAtPhoto = 0;
    this.#memory.clear();
  }

  /** Another runtime: what was learnt of its speed does not hold for this one. */
  forget(): void {
    this.#state = FRESH_GOVERNOR;
    this.lookAfresh();
  }

  /** The options for the next frame. */
  optionsFor(options: FrameOptions): FrameOptions {
    return { ...options, detail: this.#pace().detail, watchMotion: this.#kind === 'live' };
  }

  /**
   * Learns from a frame.
   *
   * @returns What to tell of it, boxes of tiles that wait for their turn included;
   *   and whether the picture should be given once more, or the runtimes be timed again.
   */
  took(result: DetectionResult): { result: DetectionResult; again: boolean; probeAgain: boolean } {
    const now = performance.now();
    const { again } = this.#pace();
    const wasHot = this.#pace().probeAgain;
    const { preprocess, inference, postprocess } = result.timings;
    this.#state = observeLook(this.#state, {
      now,
      milliseconds: preprocess + inference + postprocess,
      regions: result.regions.length,
      motion: result.motion?.share,
    });
    this.#looksAtPhoto++;
    const pace = this.#pace();
    this.#setReasons(pace.reasons);
    const probeAgain = pace.probeAgain && !wasHot;
    if (this.#kind === 'photo') return { result, again, probeAgain };
    const { detections, regions, motion } = result;
    const all = this.#memory.fill({ detections, regions, stale: motion?.stale ?? [] }, now);
    const told = all === detections ? result : { ...result, detections: all };
    return { result: told, again, probeAgain };
  }

  #pace(): Pace {
    return decidePace(this.#state, {
      isPhoto: this.#kind === 'photo',
      looksAtPhoto: this.#looksAtPhoto,
      detail: this.detail,
      battery: this.#battery.level,
    });
  }

  #setReasons(reasons: readonly PaceReason[]): void {
    if (reasons.join() !== this.#reasons.join()) this.#reasons = reasons;
  }
}
