import type { BBox } from '../../domain/geometry.js';
import type { Target } from '../../session/teach/types.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import { centredBox } from './draw-box.js';
import type { TeachPage } from './teach-commands.js';

/** What in the picture is pointed at, and the page of the panel that goes with it. */
export class Pointing {
  readonly #detector: () => SightlineDetector;
  /** Whether the picture stands still because of us. */
  #isFrozen = false;
  #page: TeachPage = 'home';
  #base = '';
  #trackId: number | undefined;
  #box: BBox | undefined;

  constructor(detector: () => SightlineDetector) {
    this.#detector = detector;
  }

  get page(): TeachPage {
    return this.#page;
  }

  /** What the detector calls it; empty for a drawn box. */
  get base(): string {
    return this.#base;
  }

  get trackId(): number | undefined {
    return this.#trackId;
  }

  /** The box as it is drawn so far, in pixels of the picture. */
  get box(): BBox | undefined {
    return this.#box;
  }

  get target(): Target | undefined {
    if (this.#trackId !== undefined) return { kind: 'track', trackId: this.#trackId };
    return this.#box && { kind: 'box', bbox: this.#box };
  }

  chooseTrack(trackId: number, base: string): void {
    this.home();
    this.#page = 'track';
    this.#trackId = trackId;
    this.#base = base;
  }

  /** A picture that ran on would not wait for the box, so it stands still meanwhile. */
  draw(): void {
    const detector = this.#detector();
    const size = detector.sourceInfo?.size;
    if (size === undefined) return;
    this.#page = 'draw';
    this.#trackId = undefined;
    this.#base = '';
    this.#box = centredBox(size);
    if (!detector.state.running) return;
    this.#isFrozen = true;
    detector.detectStop();
  }

  setBox(bbox: BBox): void {
    this.#box = bbox;
  }

  useBox(): void {
    this.#page = 'box';
  }

  room(): void {
    this.home();
    this.#page = 'room';
  }

  home(): void {
    this.#page = 'home';
    this.#trackId = undefined;
    this.#box = undefined;
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    void this.#detector()
      .detectStart()
      .catch(() => undefined);
  }
}
