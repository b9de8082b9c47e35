import { join } from 'node:path';
import { leastVote, voteBoxes } from '../../src/domain/box-voting.js';
import { toCandidates, CANDIDATE_STRIDE, logit } from '../../src/domain/candidates.js';
import { DEFAULT_DETECTION_OPTIONS, type Detection } from '../../src/domain/detection.js';
import { nonMaxSuppression } from '../../src/domain/non-max-suppression.js';
import { intConstant } from '../../models/graph/tensor.js';
import { readLabels } from '../../models/labels.js';
import { readManifest } from '../../models/manifest.js';
import { fetchPackage } from '../../models/source/fetch-package.js';
import { loadOriginal } from '../../models/source/load-original.js';
import { Network, startRuntime } from '../../models/tfjs/network.js';
import { root } from '../../tools/root.js';

/** Pixels of a picture: RGBA, row by row. */
export interface Pixels {
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The network as it was published, run as it is by plain TensorFlow.js. */
export interface Original {
  /** What it finds, behind the same suppression and voting that the app uses. */
  detect(pixels: Pixels): Promise<readonly Detection[]>;
  dispose(): void;
}

/**
 * Loads the original graph of coco-ssd: its own resize, control flow and box
 * decoder included, none of it compiled by us.
 */
export async function loadOriginalDetector(): Promise<Original> {
  const manifest = await readManifest(join(root, 'models/coco-ssd/manifest.json'));
  const archive = await fetchPackage(
    manifest.source,
    join(root, '.cache/packages'),
    () => undefined,
  );
  await startRuntime();
  const network = new Network(await loadOriginal(archive, manifest.source.topology));
  const labels = readLabels(manifest.labels, 91);
  const { input, scores, corners } = manifest.parity;
  return {
    detect: async ({ rgba, width, height }) => {
      const rgb = Int32Array.from(
        { length: width * height * 3 },
        (_, index) => rgba[Math.floor(index / 3) * 4 + (index % 3)] ?? 0,
      );
      const [probabilities, boxes] = await network.runAsync(
        { [input]: intConstant([1, height, width, 3], rgb) },
        [scores, corners],
      );
      if (!probabilities || !boxes) throw new Error('the original gave no outputs');
      const rows = toRows(probabilities.data, boxes.data, labels);
      const candidates = toCandidates(rows, labels, width, height);
      const { scoreThreshold, iouThreshold } = DEFAULT_DETECTION_OPTIONS;
      return voteBoxes(nonMaxSuppression(candidates, DEFAULT_DETECTION_OPTIONS), candidates, {
        iouThreshold,
        leastScore: leastVote(scoreThreshold),
      });
    },
    dispose: () => {
      network.dispose();
    },
  };
}

/** The best class of each anchor, in the form that `toCandidates` reads. */
function toRows(
  scores: ArrayLike<number>,
  corners: ArrayLike<number>,
  labels: readonly (string | null)[],
): Float32Array {
  const anchors = corners.length / 4;
  const rows = new Float32Array(anchors * CANDIDATE_STRIDE);
  for (let anchor = 0; anchor < anchors; anchor++) {
    let best = 0;
    let column = -1;
    labels.forEach((label, index) => {
      const score = scores[anchor * labels.length + index] ?? 0;
      if (label !== null && score > best) {
        best = score;
        column = index;
      }
    });
    const box = [0, 1, 2, 3].map((side) => corners[anchor * 4 + side] ?? 0);
    rows.set([logit(best), column, anchor, ...box], anchor * CANDIDATE_STRIDE);
  }
  return rows;
}
