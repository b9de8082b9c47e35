import { anchorBox } from '../../src/domain/detector-head/matching.js';
import { anchorLayout } from '../../src/domain/detector-head/layout.js';
import { toSparse } from '../../src/domain/detector-head/sparse-features.js';
import type { AnchorView, TaughtNetwork } from '../../src/domain/detector-head/anchor-view.js';
import { toFloat16 } from '../../src/domain/float16.js';
import type { BBox } from '../../src/domain/geometry.js';
import type { RandomNumbers } from '../../src/domain/random.js';
import { madeAnchors } from './anchors.js';

const SHAPES = [
  [1, 6, 6, 8],
  [1, 3, 3, 8],
] as const;
const anchors = madeAnchors(SHAPES, [2, 3]);

/** A small network that knows cats and dogs. */
export const SMALL_NETWORK: TaughtNetwork = {
  layout: anchorLayout(SHAPES, anchors),
  anchors,
  labels: [null, 'cat', 'dog'],
};

/** What is at a cell: the taught thing, a cat (which the network knows), or something else. */
export type Thing = 'new' | 'cat' | 'other';

/** Features of a cell that shows a thing; the new one looks like a cat in a hat. */
const LOOKS: Readonly<Record<Thing, readonly number[]>> = {
  new: [3, 2, 0, 0, 0, 0, 0, 0],
  cat: [3, 0, 0, 2, 0, 0, 0, 0],
  other: [0, 0, 0, 0, 3, 1, 0, 0],
};
const CAT_LOGITS: Readonly<Record<Thing, number>> = { new: -1, cat: 4, other: -6 };

export interface Scene {
  /** The view itself, whose boxes are the anchors'. */
  readonly view: AnchorView;
  readonly features: Float32Array;
  readonly logits: Float32Array;
}

/**
 * A picture with a thing at one cell of the coarse map, as the network sees it.
 *
 * @param cell 0 to 8.
 */
export function anchorScene(
  thing: Thing,
  cell: number,
  picture: number,
  random: RandomNumbers,
): Scene {
  const { layout, labels } = SMALL_NETWORK;
  const map = layout.maps[1];
  if (map === undefined) throw new Error('no second map');
  const features = Float32Array.from({ length: layout.featureCount }, () =>
    random.uniform() < 0.2 ? random.uniform() : 0,
  );
  const logits = new Float32Array(layout.anchorCount * labels.length).fill(-8);
  LOOKS[thing].forEach((value, channel) => {
    features[map.firstFeature + cell * map.channels + channel] = value + 0.2 * random.uniform();
  });
  const first = map.firstAnchor + cell * map.perCell;
  for (let anchor = first; anchor < first + map.perCell; anchor++) {
    logits[anchor * labels.length + 1] = CAT_LOGITS[thing] + 0.5 * random.uniform();
  }
  const boxes = Float32Array.from(
    Array.from({ length: layout.anchorCount }, (_, anchor) => {
      const [x, y, width, height] = anchorBox(anchors, anchor);
      return [y, x, y + height, x + width];
    }).flat(),
  );
  const drawn: BBox[] = thing === 'new' ? [anchorBox(anchors, first)] : [];
  return {
    view: {
      features: toSparse(layout, features),
      logits: toFloat16(logits),
      boxes,
      drawn,
      picture,
      group: picture,
    },
    features,
    logits,
  };
}
