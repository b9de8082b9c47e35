import type { BBox } from '../geometry.js';
import type { AnchorLayout } from './layout.js';
import type { SparseFeatures } from './sparse-features.js';

/** One view of a picture, as the network sees it and a class learns from it. */
export interface AnchorView {
  readonly features: SparseFeatures;
  /** `anchorCount * classCount` raw logits as half-precision bits. */
  readonly logits: Uint16Array;
  /** `anchorCount * 4` decoded corners (ymin, xmin, ymax, xmax), normalised. */
  readonly boxes: Float32Array;
  /** Boxes of the class, normalised to the view; none in a negative. */
  readonly drawn: readonly BBox[];
  /**
   * Number of the picture that it is a view of; those of examples and of negatives
   * differ. The first view of a picture shows it as it is.
   */
  readonly picture: number;
  /** What is held back together: pictures of one recording are nearly the same. */
  readonly group: number;
}

/** The network that a class is taught to. */
export interface TaughtNetwork {
  readonly layout: AnchorLayout;
  /** See `matchAnchors`. */
  readonly anchors: Float32Array;
  /** Label of each column of its logits; `null` for those that are no class. */
  readonly labels: readonly (string | null)[];
}
