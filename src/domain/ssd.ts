import { CANDIDATE_STRIDE } from './candidates.js';
import { MAX_CANDIDATES } from './detection.js';
import type { SsdHead } from './model-manifest.js';

/**
 * The best candidates of an SSD head, in plain loops: the best permitted
 * class of each anchor on raw logits (the sigmoid is monotonic), the best
 * `count` anchors, and box decoding for those only.
 *
 * The decoder is that of the TensorFlow Object Detection API
 * (`faster_rcnn_box_coder`): centre = t / scale * anchor size + anchor centre,
 * size = exp(t / scale) * anchor size.
 *
 * @param logits `anchorCount * classCount` raw logits.
 * @param boxes `anchorCount * 4` encodings (ty, tx, th, tw).
 * @param anchors `anchorCount * 4` (centre y, centre x, height, width), normalised.
 * @param permitted One entry per class: 1 may win, 0 may not.
 * @returns Rows of `CANDIDATE_STRIDE` numbers, best first; see `toCandidates`.
 */
export function selectSsdCandidates(
  head: SsdHead,
  logits: ArrayLike<number>,
  boxes: ArrayLike<number>,
  anchors: ArrayLike<number>,
  permitted: Uint8Array,
  count = MAX_CANDIDATES,
): Float32Array {
  const { anchorCount, classCount } = head;
  const columns = columnsOf(permitted);
  const best = new Float32Array(anchorCount).fill(-Infinity);
  const bestColumn = new Int32Array(anchorCount).fill(-1);
  for (let anchor = 0; anchor < anchorCount; anchor++) {
    const start = anchor * classCount;
    let value = -Infinity;
    let winner = -1;
    for (const column of columns) {
      const candidate = logits[start + column] ?? -Infinity;
      if (candidate > value) {
        value = candidate;
        winner = column;
      }
    }
    best[anchor] = value;
    bestColumn[anchor] = winner;
  }
  const order = bestAnchors(best, count);
  const rows = new Float32Array(order.length * CANDIDATE_STRIDE);
  order.forEach((anchor, row) => {
    rows.set(
      [
        best[anchor] ?? -Infinity,
        bestColumn[anchor] ?? -1,
        anchor,
        ...decodeBox(head, boxes, anchors, anchor),
      ],
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

/** Indices of the `count` largest finite values, largest first, ties by index. */
function bestAnchors(values: Float32Array, count: number): number[] {
  // The value that the last survivor has, by sorting numbers only: far
  // cheaper than sorting all the indices with a comparison function.
  const threshold = values.slice().sort()[Math.max(0, values.length - count)] ?? -Infinity;
  const indices: number[] = [];
  values.forEach((value, index) => {
    if (value >= threshold && value > -Infinity) indices.push(index);
  });
  indices.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  return indices.slice(0, count);
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
