import { MAX_CANDIDATES } from '../../src/domain/detection.js';
import type { RuntimeName } from '../../src/domain/backend.js';
import { RUNTIME_TITLES, type ArmOptions, type ArmSpec } from '../bench/arms.js';
import { modelFormPath, type ModelForm } from './model-forms.js';

/** One way to look at the pictures, whose detections are then judged. */
export interface AccuracyArm {
  readonly id: string;
  readonly title: string;
  /** What of it decides the figures besides the network. */
  readonly note: string;
  readonly spec: ArmSpec;
  /** Another form of the model than what the site has; see `model-forms.ts`. */
  readonly models?: ModelForm;
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
const DETAIL_NOTE = `${EVERYTHING_NOTE}, detail "all": the whole and four overlapping tiles`;

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
  sightline('tfjs', 'float32', EVERYTHING, EVERYTHING_NOTE, 'tfjs-float32'),
  sightline('tfjs', 'float16', EVERYTHING, EVERYTHING_NOTE),
  sightline('litert', 'float16', EVERYTHING, EVERYTHING_NOTE, 'litert-float16'),
  sightline('litert', 'int8', EVERYTHING, EVERYTHING_NOTE),
  {
    ...sightline('litert', 'int8', {}, 'its defaults: score ≥ 0.5, 20 results'),
    id: 'litert-int8-defaults',
    title: 'Sightline, LiteRT int8, defaults',
  },
  {
    ...sightline('litert', 'int8', { ...EVERYTHING, detail: 'all' }, DETAIL_NOTE),
    id: 'litert-int8-detail',
    title: 'Sightline, LiteRT int8, detail',
  },
  {
    ...sightline('litert', 'int8', { detail: 'all' }, 'its defaults, with detail "all"'),
    id: 'litert-int8-detail-defaults',
    title: 'Sightline, LiteRT int8, detail, defaults',
  },
  {
    ...sightline('tfjs', 'float16', { ...EVERYTHING, detail: 'all' }, DETAIL_NOTE),
    id: 'tfjs-float16-detail',
    title: 'Sightline, tfjs float16, detail',
  },
];

/** The element of the built site on WebAssembly. */
function sightline(
  runtime: RuntimeName,
  precision: string,
  options: ArmOptions,
  note: string,
  models?: ModelForm,
): AccuracyArm {
  const folder = models === undefined ? {} : { 'models-url': modelFormPath(models) };
  return {
    id: `${runtime}-${precision}`,
    title: `Sightline, ${RUNTIME_TITLES[runtime]} ${precision}`,
    note,
    ...(models === undefined ? {} : { models }),
    spec: {
      kind: 'sightline',
      attributes: { backend: 'wasm', runtime, ...folder },
      options,
      expects: { runtime, backend: 'wasm', precision },
    },
  };
}
