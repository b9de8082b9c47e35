import { MAX_CANDIDATES } from '../../src/domain/detection.js';
import type { ArmOptions, ArmSpec } from '../bench/arms.js';

/** One way to look at the pictures, whose detections are then judged. */
export interface AccuracyArm {
  readonly id: string;
  readonly title: string;
  /** What of it decides the figures besides the network. */
  readonly note: string;
  readonly spec: ArmSpec;
  /** Precision that the model has to be compiled to; what the site has, when absent. */
  readonly precision?: 'float32';
}

/** Stock, the one that the others are compared with. */
export const BASELINE = 'stock';

/**
 * Average precision asks for all there is, best first: a detector that keeps
 * the unsure ones to itself loses the recall that they would bring. Stock is
 * taken as its `detect()` gives it to a developer.
 */
const EVERYTHING: ArmOptions = { scoreThreshold: 0.01, maxResults: 100 };

const EVERYTHING_NOTE = 'score ≥ 0.01, 100 results';

/** Every contestant. Another runtime, precision or mode is one more entry. */
export const ARMS: readonly AccuracyArm[] = [
  {
    id: BASELINE,
    title: 'stock coco-ssd detect()',
    note: 'its defaults: score ≥ 0.5, 20 results',
    spec: { kind: 'stock', readback: 'synchronous' },
  },
  {
    id: 'original',
    title: 'float32 original, best label',
    note: `${EVERYTHING_NOTE}, best label of the best ${MAX_CANDIDATES} anchors`,
    spec: { kind: 'original', labels: 'best', candidates: MAX_CANDIDATES, options: EVERYTHING },
  },
  {
    id: 'original-labels',
    title: 'float32 original, every label',
    note: `${EVERYTHING_NOTE}, best ${MAX_CANDIDATES} labels of anchors`,
    spec: { kind: 'original', labels: 'every', candidates: MAX_CANDIDATES, options: EVERYTHING },
  },
  {
    id: 'tfjs-float32',
    title: 'Sightline, tfjs float32',
    note: EVERYTHING_NOTE,
    precision: 'float32',
    spec: {
      kind: 'sightline',
      attributes: { backend: 'wasm', 'models-url': '/models-float32/' },
      options: EVERYTHING,
      expects: { backend: 'wasm', precision: 'float32' },
    },
  },
  {
    id: 'tfjs-float16',
    title: 'Sightline, tfjs float16',
    note: EVERYTHING_NOTE,
    spec: {
      kind: 'sightline',
      attributes: { backend: 'wasm' },
      options: EVERYTHING,
      expects: { backend: 'wasm', precision: 'float16' },
    },
  },
  {
    id: 'tfjs-float16-defaults',
    title: 'Sightline, tfjs float16, defaults',
    note: 'its defaults: score ≥ 0.5, 20 results',
    spec: {
      kind: 'sightline',
      attributes: { backend: 'wasm' },
      options: {},
      expects: { backend: 'wasm', precision: 'float16' },
    },
  },
];
