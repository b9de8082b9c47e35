import { CANDIDATE_STRIDE } from './candidates.js';
import { MAX_CANDIDATES } from './detection.js';
import type { SsdHead } from './model-manifest.js';

/**
 * The best candidates of an SSD head, in plain loops. A candidate is a pair of
 * an anchor and a permitted class, as in the Object Detection API's
 * `multiclass_non_max_suppression`: one box may carry several labels, which is
 * worth more than a point of average precision.
 *
 * Comparisons are on raw logits (the sigmoid is monotonic), and boxes are
 * decoded for the survivors only. The best logit of each anchor comes first:
 * the `count`-th best of those is a bound that every surviving pair reaches,
 * so that few anchors are looked at twice.
 *
 * The decoder is that of the TensorFlow Object Detection API
 * (`faster_rcnn_box_coder`): centre = t / scale * anchor size + anchor centre,
 * size = exp(t / scale) * anchor size.
 *
 * @param logits `anchorCount * classCount` raw logits.
 * @param boxes `anchorCount * 4` encodings (ty, tx, th, tw).
 * @param anchors `anchorCount * 4` (centre y, centre x, height, width), normalised.
 * @param permitted One entry per class: 1 may win, 0 may not.
 * @param leastLogit Pairs below it are left out.
 * @returns Rows of `CANDIDATE_STRIDE` numbers, best first, ties by anchor and
 *   then by class; see `toCandidates`.
 */
export function selectSsdCandidates(
  head: SsdHead,
  logits: ArrayLike<number>,
  boxes: ArrayLike<number>,
  anchors: ArrayLike<number>,
  permitted: Uint8Array,
  count = MAX_CANDIDATES,
  leastLogit = -Infinity,
): Float32Array {
  const { classCount } = head;
  const columns = columnsOf(permitted);
  const best = bestLogits(head, logits, columns);
  const pairs = bestPairs(best, logits, { classCount, columns, count, leastLogit });
  const rows = new Float32Array(pairs.length * CANDIDATE_STRIDE);
  pairs.forEach((pair, row) => {
    const anchor = Math.floor(pair / classCount);
    const box = decodeBox(head, boxes, anchors, anchor);
    rows.set(
      [logits[pair] ?? -Infinity, pair % classCount, anchor, ...box],
      row * CANDIDATE_STRIDE,
    );
  });
  return rows;
}

function columnsOf(permitted: Uint8Array): number[] {
  const columns: number[] = [];
  permitted.forEach((flag, column) => {
    if (flag === 1) columns.push(column);
  });
  return columns;
}

/** The best permitted logit of each anchor; -Infinity where none is permitted. */
function bestLogits(
  { anchorCount, classCount }: SsdHead,
  logits: ArrayLike<number>,
  columns: readonly number[],
): Float32Array {
  const best = new Float32Array(anchorCount).fill(-Infinity);
  for (let anchor = 0; anchor < anchorCount; anchor++) {
    const start = anchor * classCount;
    let value = -Infinity;
    for (const column of columns) {
      const candidate = logits[start + column] ?? -Infinity;
      if (candidate > value) value = candidate;
    }
    best[anchor] = value;
  }
  return best;
}

/** Indices into the logits of the `count` best pairs, best first, ties by index. */
function bestPairs(
  best: Float32Array,
  logits: ArrayLike<number>,
  {
    classCount,
    columns,
    count,
    leastLogit,
  }: {
    readonly classCount: number;
    readonly columns: readonly number[];
    readonly count: number;
    readonly leastLogit: number;
  },
): number[] {
  const enough = best.filter((value) => value >= leastLogit);
  // Sorting numbers only is far cheaper than sorting indices with a comparison function.
  const bound = enough.sort()[enough.length - count] ?? leastLogit;
  const pairs: number[] = [];
  best.forEach((value, anchor) => {
    if (value < bound || value === -Infinity) return;
    for (const column of columns) {
      const pair = anchor * classCount + column;
      const logit = logits[pair] ?? -Infinity;
      if (logit >= bound && logit > -Infinity) pairs.push(pair);
    }
  });
  pairs.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  return pairs.slice(0, count);
}

/** Corners (ymin, xmin, ymax, xmax) of one anchor's box, normalised to the picture. */
export function decodeBox(
  head: SsdHead,
  boxes: ArrayLike<number>,
  anchors: ArrayLike<number>,
  anchor: number,
): [number, number, number, number] {
  const at = anchor * 4;
  const [scaleY, scaleX, scaleHeight, scaleWidth] = head.boxScales;
  const anchorHeight = anchors[at + 2] ?? 0;
  const anchorWidth = anchors[at + 3] ?? 0;
  const centreY = ((boxes[at] ?? 0) / scaleY) * anchorHeight + (anchors[at] ?? 0);
  const centreX = ((boxes[at + 1] ?? 0) / scaleX) * anchorWidth + (anchors[at + 1] ?? 0);
  const height = Math.exp((boxes[at + 2] ?? 0) / scaleHeight) * anchorHeight;
  const width = Math.exp((boxes[at + 3] ?? 0) / scaleWidth) * anchorWidth;
  return [centreY - height / 2, centreX - width / 2, centreY + height / 2, centreX + width / 2];
}
