import type { Detection } from '../../src/domain/detection.js';
import { area, intersectionOverUnion, type BBox } from '../../src/domain/geometry.js';
import {
  countMot,
  motFigures,
  toMotFrame,
  type IdentifiedBox,
  type MotFigures,
} from '../../src/domain/tracking/mot-metrics.js';
import { randomNumbers, type RandomNumbers } from '../../src/domain/random.js';
import type { TrackedDetection } from '../../src/domain/tracking/track.js';

/** An object of a composed scene; later ones in a list are nearer to the viewer. */
export interface SceneObject {
  readonly label: string;
  /** Where it is after so many seconds; `undefined` while it is not in the picture. */
  readonly at: (time: number) => BBox | undefined;
}

export interface SceneFrame {
  /** Milliseconds. */
  readonly timestamp: number;
  /** What is where and can be seen at all; ids from 1 in the order of the objects. */
  readonly truths: readonly IdentifiedBox[];
  readonly detections: readonly Detection[];
}

/** What a detector makes of a scene besides the truth. */
export interface SceneNoise {
  /** Standard deviation of each edge, in sizes of the box. */
  readonly jitter: number;
  /** Part of the objects in plain sight that is not found at all. */
  readonly missed: number;
  readonly seed: number;
}

const NO_NOISE: SceneNoise = { jitter: 0, missed: 0, seed: 1 };

/** Objects hidden beyond this are not found and not missed. */
const HIDDEN = 0.75;
/** An object in plain sight. */
const BEST_SCORE = 0.85;

/** A scene as a detector would tell of it: half hidden objects get faint scores, hidden ones none. */
export function composeScene(
  objects: readonly SceneObject[],
  { seconds, rate, noise = NO_NOISE }: { seconds: number; rate: number; noise?: SceneNoise },
): SceneFrame[] {
  const random = randomNumbers(noise.seed);
  return Array.from({ length: Math.floor(seconds * rate) }, (_, index) => {
    const time = index / rate;
    const present = objects.flatMap(({ label, at }, order) => {
      const bbox = at(time);
      return bbox === undefined ? [] : [{ label, bbox, id: order + 1 }];
    });
    const truths: IdentifiedBox[] = [];
    const detections: Detection[] = [];
    present.forEach(({ label, bbox, id }, order) => {
      const hidden = hiddenPart(
        bbox,
        present.slice(order + 1).map((other) => other.bbox),
      );
      if (hidden > HIDDEN) return;
      truths.push({ id, bbox });
      const isMissed = random.uniform() < noise.missed;
      const score = BEST_SCORE * (1 - hidden);
      if (!isMissed)
        detections.push({ bbox: tremble(bbox, noise.jitter, random), class: label, score });
    });
    return {
      timestamp: time * 1000,
      truths,
      detections: detections.sort((a, b) => b.score - a.score),
    };
  });
}

/** How well a tracker follows a scene. */
export function judge(
  frames: readonly SceneFrame[],
  update: (detections: readonly Detection[], timestamp: number) => readonly TrackedDetection[],
): MotFigures {
  return motFigures(
    countMot(
      frames.map(({ truths, detections, timestamp }) =>
        toMotFrame(
          truths,
          update(detections, timestamp).map(({ bbox, trackId }) => ({ id: trackId, bbox })),
        ),
      ),
    ),
  );
}

/** A box of this size whose centre moves along a line. */
export function moving(
  from: readonly [x: number, y: number],
  velocity: readonly [x: number, y: number],
  [width, height]: readonly [width: number, height: number] = [40, 80],
): (time: number) => BBox {
  return (time) => [
    from[0] + velocity[0] * time - width / 2,
    from[1] + velocity[1] * time - height / 2,
    width,
    height,
  ];
}

/** The part of a box that the one nearer box hides which hides most of it. */
function hiddenPart(bbox: BBox, nearer: readonly BBox[]): number {
  return nearer.reduce((most, other) => {
    const iou = intersectionOverUnion(bbox, other);
    const intersection = (iou * (area(bbox) + area(other))) / (1 + iou);
    return Math.max(most, intersection / area(bbox));
  }, 0);
}

function tremble([x, y, width, height]: BBox, jitter: number, random: RandomNumbers): BBox {
  const noise = (extent: number): number => jitter * extent * random.normal();
  const [left, top] = [x + noise(width), y + noise(height)];
  const [right, bottom] = [x + width + noise(width), y + height + noise(height)];
  return [left, top, Math.max(1, right - left), Math.max(1, bottom - top)];
}
