import { SightlineError } from '../../domain/errors.js';
import { clipToSize, type BBox } from '../../domain/geometry.js';
import { fingerprint, isNearDuplicate } from '../../domain/quality/near-duplicate.js';
import { refusal, type View } from '../../domain/quality/harvest.js';
import type { Fingerprint } from '../../domain/quality/near-duplicate.js';
import type { Sample, SampleSource } from '../../domain/sample.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import { frameSize, Snapshot, tinyPixels } from '../../platform/snapshot.js';
import type { FrameData } from '../../protocol/index.js';
import type { LiveResult } from '../types.js';
import { backgroundBoxes } from './background-boxes.js';
import { comparedPart } from './feature-rows.js';
import type { TrackSight } from './track-sight.js';
import type { Recording } from './types.js';

/** An example as it was seen, before it is stored. */
export interface Catch {
  readonly snapshot: Pick<Snapshot, 'size' | 'encode'>;
  readonly boxes: readonly CaughtBox[];
  readonly burst: string;
  readonly source: SampleSource;
  /** What the rows of the boxes are of. */
  readonly features: RowSource;
}

/** The features that samples are kept with. */
export interface RowSource {
  readonly maps: readonly string[];
  /** How many numbers each map gives. */
  readonly channels: readonly number[];
}

/** A box of the snapshot. */
export interface CaughtBox extends Pick<Sample, 'bbox' | 'kind' | 'label' | 'base'> {
  /** Features under it, where the frame came with them. */
  readonly row: Float32Array | undefined;
}

/** What a recorder tells of. */
export interface RecorderPort {
  /** Stores what was caught; a rejection ends the recording. */
  readonly keep: (caught: Catch) => Promise<void>;
  readonly changed: (recording: Recording | undefined) => void;
  readonly failed: (thrown: unknown) => void;
  readonly source: () => SampleSource;
  readonly features: RowSource;
}

/** Milliseconds between two pictures of an empty room. */
const BACKGROUND_INTERVAL = 400;
/** Pictures that may wait to be stored. */
const MOST_WAITING = 3;
const TINY = { width: 18, height: 16 };
const NO_FINGERPRINT: Fingerprint = [0, 0];

type Wish =
  | { readonly kind: 'track'; readonly label: string; readonly sight: TrackSight }
  | { readonly kind: 'background' };

/** One recording, from its start to its end: looks at every frame and takes what teaches something. */
export class Recorder {
  readonly #wish: Wish;
  readonly #port: RecorderPort;
  readonly #burst: string;
  /** Views of the label that were taken, now or before. */
  readonly #taken: View[];
  readonly #rooms: Fingerprint[] = [];
  #last: number | undefined;
  #recording: Recording;
  #waiting = 0;
  #work: Promise<unknown> = Promise.resolve();
  #isOver = false;

  /** @param known Features of examples that the label has already, as far as views are compared by them. */
  constructor(wish: Wish, burst: string, known: Iterable<Float32Array>, port: RecorderPort) {
    this.#wish = wish;
    this.#burst = burst;
    this.#port = port;
    this.#taken = [...known].map((features) => ({
      bbox: [0, 0, 0, 0],
      score: 1,
      timestamp: 0,
      look: { fingerprint: NO_FINGERPRINT, features },
    }));
    const label = wish.kind === 'track' ? wish.label : undefined;
    this.#recording = { label, taken: 0, refused: undefined };
  }

  get recording(): Recording {
    return this.#recording;
  }

  /** Looks at a frame, which may be closed afterwards. */
  see(result: LiveResult, picture: FrameData): void {
    if (this.#isOver || this.#waiting >= MOST_WAITING) return;
    if (this.#wish.kind === 'background') this.#seeRoom(result, picture);
    else this.#seeTrack(result, picture, this.#wish);
  }

  /** Takes nothing more. Resolves when everything that was taken is stored. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  #seeTrack(
    result: LiveResult,
    picture: FrameData,
    { label, sight }: Wish & { readonly kind: 'track' },
  ): void {
    const found = sight.find(result.detections);
    const row = found && rowOf(result, found, this.#port.features);
    if (found === undefined) {
      this.#tell({ refused: 'out-of-sight' });
      return;
    }
    // The first frame was asked for before there was anything to record.
    if (row === undefined) return;
    const { bbox, score } = found;
    const { timestamp } = result.frame;
    const features = comparedPart(row, this.#port.features.channels);
    const look = { fingerprint: NO_FINGERPRINT, features };
    const view: View = { bbox, score, timestamp, look };
    const others = result.detections.filter((other) => other !== found);
    const refused = refusal(view, this.#taken, this.#last, {
      frame: result.frame,
      others: others.map((other) => other.bbox),
    });
    if (refused !== undefined) {
      // The pause between two examples is no trouble that a person could do something about.
      if (refused !== 'too-soon') this.#tell({ refused });
      return;
    }
    this.#taken.push(view);
    this.#last = timestamp;
    const base = baseOf(found);
    this.#keep(picture, [{ bbox, kind: 'example', label, base, row }]);
  }

  #seeRoom(result: LiveResult, picture: FrameData): void {
    const { timestamp } = result.frame;
    const since = timestamp - (this.#last ?? -Infinity);
    if (since >= 0 && since < BACKGROUND_INTERVAL) return;
    const print = fingerprint(tinyPixels(picture, TINY), TINY.width, TINY.height);
    const isKnown = this.#rooms.some((room) =>
      isNearDuplicate({ fingerprint: room }, { fingerprint: print }),
    );
    this.#last = timestamp;
    if (isKnown) {
      this.#tell({ refused: 'known-view' });
      return;
    }
    this.#rooms.push(print);
    const found = result.detections.map((detection) => ({
      bbox: detection.bbox,
      base: baseOf(detection),
      row: rowOf(result, detection, this.#port.features),
    }));
    const grid = backgroundBoxes(result.frame).map((bbox) => ({
      bbox,
      base: undefined,
      row: undefined,
    }));
    const boxes = [...found, ...grid].map((box) => ({
      ...box,
      kind: 'negative' as const,
      label: '',
    }));
    this.#keep(picture, boxes);
  }

  #keep(picture: FrameData, boxes: readonly CaughtBox[]): void {
    let caught: Catch;
    try {
      const { features, source } = this.#port;
      caught = catchOf(picture, boxes, { burst: this.#burst, source: source(), features });
    } catch (thrown) {
      this.#fail(thrown);
      return;
    }
    this.#waiting++;
    this.#work = this.#work
      .then(() => this.#port.keep(caught))
      .then(
        () => {
          this.#tell({ taken: this.#recording.taken + 1, refused: undefined });
        },
        (thrown: unknown) => {
          this.#fail(thrown);
        },
      )
      .finally(() => {
        this.#waiting--;
      });
  }

  #fail(thrown: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#port.failed(thrown);
  }

  #tell(change: Partial<Recording>): void {
    const { taken, refused } = this.#recording;
    this.#recording = { ...this.#recording, ...change };
    const isNew = this.#recording.taken !== taken || this.#recording.refused !== refused;
    if (isNew && !this.#isOver) this.#port.changed(this.#recording);
  }
}

/**
 * What is to be kept of a frame.
 *
 * @param boxes In pixels of the frame; what lies outside of it is cut off.
 * @throws SightlineError `nothing-to-see` when no box lies in the picture.
 */
export function catchOf(
  picture: FrameData,
  boxes: readonly CaughtBox[],
  rest: Omit<Catch, 'snapshot' | 'boxes'>,
): Catch {
  const size = frameSize(picture);
  const inside = boxes
    .map((box) => ({ ...box, bbox: clipToSize(box.bbox, size) }))
    .filter(({ bbox }) => bbox[2] >= 1 && bbox[3] >= 1);
  if (inside.length === 0) throw new SightlineError('nothing-to-see');
  const snapshot = new Snapshot(picture);
  const kept = inside.map((box) => ({ ...box, bbox: snapshot.toOwn(box.bbox) }));
  return { snapshot, boxes: kept, ...rest };
}

/** What the detector calls something. */
export function baseOf({
  class: label,
  taught,
}: Pick<TrackedDetection, 'class' | 'taught'>): string {
  return taught?.base ?? label;
}

/** Features of a detection of a frame, where the frame came with those that are wanted, or begins with them. */
export function rowOf(
  { detections, features, featureMaps = [] }: LiveResult,
  wanted: { readonly bbox: BBox },
  { maps, channels }: RowSource,
): Float32Array | undefined {
  if (!maps.every((map, index) => map === featureMaps[index])) return undefined;
  const row = features?.[detections.findIndex(({ bbox }) => bbox === wanted.bbox)];
  const length = channels.reduce((sum, count) => sum + count, 0);
  return row === undefined || row.length < length ? undefined : row.subarray(0, length);
}
