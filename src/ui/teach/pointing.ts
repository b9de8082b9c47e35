import type { BBox } from '../../domain/geometry.js';
import { centredBox, resized } from '../../domain/labelling/edit-box.js';
import type { Proposal } from '../../domain/labelling/proposals.js';
import type { Target } from '../../session/teach/types.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
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
  #proposals: readonly Proposal[] | undefined;
  /** Proposals of a picture that was left come too late. */
  #round = 0;

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

  /** Whether a box is drawn or put right. */
  get isDrawing(): boolean {
    return this.#page === 'draw' || this.#page === 'box';
  }

  /** Boxes to choose from; `undefined` while they are looked for. */
  get proposals(): readonly Proposal[] | undefined {
    return this.#proposals;
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

  /**
   * A picture that ran on would not wait for the box, so it stands still meanwhile.
   *
   * @param propose Gives boxes to choose from, for the picture as it stands now.
   * @param changed Told when they are there.
   */
  draw(propose: () => Promise<readonly Proposal[]>, changed: () => void): void {
    const detector = this.#detector();
    if (detector.sourceInfo === undefined) return;
    this.#page = 'draw';
    this.#trackId = undefined;
    this.#base = '';
    this.#box = undefined;
    this.#proposals = undefined;
    if (detector.state.running) {
      this.#isFrozen = true;
      detector.detectStop();
    }
    const round = ++this.#round;
    void propose().then((proposals) => {
      if (round !== this.#round) return;
      this.#proposals = proposals;
      changed();
    });
  }

  setBox(bbox: BBox): void {
    this.#box = bbox;
  }

  /** The box as it is, or one in the middle: what one points a camera at is there. */
  useBox(): void {
    const size = this.#detector().sourceInfo?.size;
    if (size === undefined) return;
    this.#box ??= centredBox(size);
    this.#page = 'box';
  }

  /** Makes the box larger or smaller about its middle, without a drag. */
  resize(by: number): void {
    const size = this.#detector().sourceInfo?.size;
    if (size !== undefined && this.#box !== undefined) this.#box = resized(this.#box, by, size);
  }

  room(): void {
    this.home();
    this.#page = 'room';
  }

  home(): void {
    this.#page = 'home';
    this.#trackId = undefined;
    this.#box = undefined;
    this.#proposals = undefined;
    this.#round++;
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    void this.#detector()
      .detectStart()
      .catch(() => undefined);
  }
}
