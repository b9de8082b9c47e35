import { SightlineError } from '../../domain/errors.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { BoxCarrier, isSamePlace } from '../../domain/labelling/carry-box.js';
import { smallPicture, type SmallPicture } from '../../domain/labelling/patch.js';
import { refusal, type View } from '../../domain/quality/harvest.js';
import { fingerprint } from '../../domain/quality/near-duplicate.js';
import { cutOut, frameSize, Snapshot, tinyPixels } from '../../platform/snapshot.js';
import type { FrameData } from '../../protocol/index.js';
import { newId } from '../teach/new-id.js';
import type { LiveResult } from '../types.js';
import type { CarriedView, CarryTrouble } from './types.js';

/** Views that one drawn box becomes at most. */
export const MOST_VIEWS = 20;
/** Pixels of the longer side of the pictures that the box is carried in. */
const SMALL_SIDE = 192;
const TINY: Size = { width: 18, height: 16 };
const INTERVAL_MS = 220;
/** Frames without a look while it is lost: looking everywhere takes longer. */
const PATIENCE = 3;

/** A view with what is needed to store it. */
export interface KeptView extends CarriedView {
  readonly size: Size;
  /** Around the thing, in pixels of the whole picture. */
  readonly bbox: BBox;
  readonly whole: Promise<Blob>;
}

export interface CarrierPort {
  /** Something is to be shown anew; not for every frame. */
  readonly changed: () => void;
}

/** Follows one drawn box through a short recording and takes views of what is in it. */
export class Carrier {
  readonly label: string;
  readonly #port: CarrierPort;
  readonly #carrier: BoxCarrier;
  /** Pixels of the small picture for one of the frame. */
  readonly #scale: number;
  readonly #taken: View[] = [];
  #views: readonly KeptView[] = [];
  #trouble: CarryTrouble | undefined;
  #box: BBox | undefined;
  #last: number | undefined;
  #wait = 0;
  #pending: Promise<unknown> = Promise.resolve();

  /**
   * @param picture The one that the box was drawn on; it stays the caller's.
   * @throws SightlineError `nothing-to-follow` where the box is plain.
   */
  constructor(label: string, picture: FrameData, bbox: BBox, port: CarrierPort) {
    this.label = label;
    this.#port = port;
    const { width, height } = frameSize(picture);
    this.#scale = Math.min(1, SMALL_SIDE / Math.max(width, height));
    this.#carrier = new BoxCarrier(this.#small(picture), this.#toSmall(bbox));
    if (this.#carrier.isPlain) throw new SightlineError('nothing-to-follow');
    this.#box = bbox;
    this.#take(picture, { bbox, score: 1, timestamp: -Infinity, look: look(picture, bbox) });
  }

  get views(): readonly KeptView[] {
    return this.#views;
  }

  get trouble(): CarryTrouble | undefined {
    return this.#trouble;
  }

  /** Where it is now, in pixels of the frame; `undefined` while it is lost. */
  get box(): BBox | undefined {
    return this.#box;
  }

  get isFull(): boolean {
    return this.#views.length >= MOST_VIEWS;
  }

  /** Looks at a frame, which may be closed afterwards. */
  see({ frame }: Pick<LiveResult, 'frame'>, picture: FrameData): void {
    if (this.isFull || this.#wait-- > 0) return;
    const found = this.#carrier.follow(this.#small(picture));
    this.#wait = found === undefined ? PATIENCE : 0;
    this.#box = found && this.#fromSmall(found.bbox);
    if (found === undefined || this.#box === undefined) {
      this.#tell('out-of-sight');
      return;
    }
    const { timestamp } = frame;
    // A view is cut out for comparison only when one could be taken.
    if (this.#last !== undefined && Math.abs(timestamp - this.#last) < INTERVAL_MS) return;
    const bbox = this.#box;
    const view: View = { bbox, score: found.likeness, timestamp, look: look(picture, bbox) };
    // What lies elsewhere in the picture is another lesson, however alike it looks.
    const alike = this.#taken.filter((taken) => isSamePlace(taken.bbox, bbox));
    const refused = refusal(view, alike, this.#last, { frame, others: [] });
    this.#tell(refused === 'too-soon' ? undefined : refused);
    if (refused !== undefined) return;
    this.#last = timestamp;
    this.#take(picture, view);
  }

  /** Resolves when every view is ready to be shown. */
  async settled(): Promise<void> {
    await this.#pending;
  }

  #take(picture: FrameData, view: View): void {
    this.#taken.push(view);
    const snapshot = new Snapshot(picture);
    const id = newId();
    const bbox = snapshot.toOwn(view.bbox);
    const whole = snapshot.encode();
    const shown = cutOut(picture, view.bbox).then((crop) => {
      this.#views = [...this.#views, { id, crop, size: snapshot.size, bbox, whole }];
      this.#port.changed();
    });
    this.#pending = Promise.all([this.#pending, shown, whole]);
    // What cannot be encoded, as for want of memory, is no view.
    this.#pending.catch(() => undefined);
  }

  #tell(trouble: CarryTrouble | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#port.changed();
  }

  #small(picture: FrameData): SmallPicture {
    const { width, height } = frameSize(picture);
    const size = {
      width: Math.max(1, Math.round(width * this.#scale)),
      height: Math.max(1, Math.round(height * this.#scale)),
    };
    return smallPicture(tinyPixels(picture, size), size);
  }

  #toSmall(bbox: BBox): BBox {
    return scaled(bbox, this.#scale);
  }

  #fromSmall(bbox: BBox): BBox {
    return scaled(bbox, 1 / this.#scale);
  }
}

function look(picture: FrameData, bbox: BBox): View['look'] {
  return { fingerprint: fingerprint(tinyPixels(picture, TINY, bbox), TINY.width, TINY.height) };
}

function scaled([x, y, width, height]: BBox, by: number): BBox {
  return [x * by, y * by, width * by, height * by];
}
