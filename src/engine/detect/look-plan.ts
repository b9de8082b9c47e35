import { leastVote } from '../../domain/box-voting.js';
import type { BBox, Size } from '../../domain/geometry.js';
import type { ModelInput } from '../../domain/model-manifest.js';
import type { Candidate } from '../../domain/non-max-suppression.js';
import { LEAST_HINT, tilesWorthALook } from '../../domain/tile-choice.js';
import { tileRegions } from '../../domain/tiles.js';
import type { FrameData, FrameOptions, MotionReport } from '../../protocol/index.js';
import { MotionMeter } from './motion-meter.js';

/** What is done with one picture. */
export interface LookPlan {
  /** Candidates below it are of no use. */
  readonly leastScore: number;
  /** @param candidates What the whole shows. */
  tiles(candidates: readonly Candidate[]): readonly BBox[];
  /** What has moved, once the tiles are known; `undefined` where nobody asked. */
  motion(): MotionReport | undefined;
}

/** Decides what to look at besides the whole picture. */
export class LookPlanner {
  readonly #input: ModelInput;
  #motion: MotionMeter | undefined;

  constructor(input: ModelInput) {
    this.#input = input;
  }

  plan(frame: FrameData, size: Size, options: FrameOptions): LookPlan {
    const { detail, watchMotion = false } = options;
    const [, height, width] = this.#input.shape;
    const tiles = tileRegions(size, { width, height });
    const { scoreThreshold, categoryAllowlist, categoryDenylist } = options;
    const motion = (share?: number): MotionReport | undefined => this.#motion?.report(share);
    if (detail === 'all') {
      return {
        leastScore: Math.min(LEAST_HINT, leastVote(scoreThreshold)),
        tiles: (candidates) => tilesWorthALook(tiles, candidates),
        motion,
      };
    }
    const leastScore = leastVote(scoreThreshold);
    if (detail === 'off' && !watchMotion) return { leastScore, tiles: () => [], motion };
    this.#motion ??= new MotionMeter();
    const key = JSON.stringify([scoreThreshold, categoryAllowlist, categoryDenylist]);
    const share = this.#motion.measure(frame, size, tiles, key);
    const tile = detail === 'rotate' ? this.#motion.nextTile() : undefined;
    return {
      leastScore,
      tiles: () => (tile === undefined ? [] : [tile]),
      motion: () => motion(share),
    };
  }
}
