import type { BytePlace } from './cut-bytes.js';

/**
 * What the model compiler writes and the engine reads: `models/index.json`
 * beside the content-hashed files it names. Pure data, so that another
 * detector is another entry and no new code.
 */
export const MODEL_INDEX_VERSION = 3;

export interface ModelIndex {
  /** `MODEL_INDEX_VERSION` of the compiler that wrote it; an engine refuses any other. */
  readonly version: number;
  readonly models: readonly ModelEntry[];
}

/** A file of a model, its path relative to the folder of `index.json`. */
export interface ModelFile {
  /** Holds the first characters of the hash, so that it can be cached for ever. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal SHA-256 of the file as served (uncompressed). */
  readonly sha256: string;
}

/** A model as a TensorFlow.js graph model. */
export interface TfjsVariant {
  readonly runtime: 'tfjs-graph-model';
  readonly precision: 'float32' | 'float16';
  /** GraphDef as JSON with the weight specifications (`{modelTopology, weightSpecs}`). */
  readonly topology: ModelFile;
  /** Shards, to be concatenated in this order. */
  readonly weights: readonly ModelFile[];
}

/**
 * A model as TensorFlow Lite, in two parts: the graph of a purpose followed by
 * the shards of weights is a whole `.tflite` file, so that a second purpose
 * costs only its graph.
 */
export interface LiteVariant {
  readonly runtime: 'tflite';
  readonly precision: 'float16' | 'int8';
  /** Graph that ends at the head's outputs. */
  readonly detect: ModelFile;
  /** Graph that gives all the feature maps besides, for teaching. */
  readonly teach: ModelFile;
  /** Graphs that find taught classes, by growing number of them, without and with features. */
  readonly finds: readonly LiteFindGraph[];
  readonly weights: readonly ModelFile[];
  /** Constants of the original graph that a head asks for by name, as float32, little-endian. */
  readonly constants: readonly LiteConstant[];
}

/**
 * A graph with columns for classes that are taught later: it ends at the head's
 * outputs, at `TAUGHT`, `[1, anchors, slots]`, and at `TAUGHT_REGIONS`, `[1, rows, columns,
 * slots]` of the first class feature.
 */
export interface LiteFindGraph {
  readonly slots: number;
  /** Whether it gives `ModelEntry.features` besides, for what is taught to tell things apart. */
  readonly hasFeatures: boolean;
  readonly graph: ModelFile;
  /**
   * Where the float32 weights of each class map's columns belong, which are cut out of
   * the file (see `putBack`): a filter `[perCell * slots, channels]` and a bias
   * `[perCell * slots]`, output `place * slots + slot`. The last ones are those of the
   * region verifiers, `[slots, channels]` and `[slots]`.
   */
  readonly places: readonly { readonly filter: BytePlace; readonly bias: BytePlace }[];
}

/** So many taught classes can be looked for at once. */
export const MOST_TAUGHT = 16;

/** Name of the output of taught classes. */
export const TAUGHT = 'taught';

/** Name of the output of what their region verifiers say of each cell. */
export const TAUGHT_REGIONS = 'taught_regions';

export interface LiteConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly file: ModelFile;
}

/** One compiled form of a model; `runtime` says which runtime reads it. */
export type ModelVariant = TfjsVariant | LiteVariant;

/** Every file that a variant consists of. */
export function variantFiles(variant: ModelVariant): readonly ModelFile[] {
  if (variant.runtime === 'tfjs-graph-model') return [variant.topology, ...variant.weights];
  const constants = variant.constants.map(({ file }) => file);
  const finds = variant.finds.map(({ graph }) => graph);
  return [variant.detect, variant.teach, ...finds, ...variant.weights, ...constants];
}

/** A picture with a known answer: a runtime that sees something else in it is not used. */
export interface SelfTest {
  /** A JPEG of the size of the network's input. */
  readonly picture: ModelFile;
  /** What the float32 graph sees in it first. */
  readonly label: string;
  readonly score: number;
  /** Corners (ymin, xmin, ymax, xmax), normalised to the picture. */
  readonly box: readonly [number, number, number, number];
}

/** How the pixels have to be prepared. */
export interface ModelInput {
  /** Node name of the input placeholder. */
  readonly name: string;
  /** `[1, height, width, 3]`, channels RGB. */
  readonly shape: readonly [1, number, number, 3];
  /** A pixel p in 0..255 becomes p * scale + offset. */
  readonly scale: number;
  readonly offset: number;
  /**
   * `stretch-legacy-bilinear`: the whole picture is stretched to the input,
   * sampling at `out * in / size` without half-pixel centres (TensorFlow 1).
   */
  readonly resize: 'stretch-legacy-bilinear';
}

/** Parameters of the SSD output decoder (anchors and scaled box encodings). */
export interface SsdHead {
  readonly kind: 'ssd';
  /** Node of raw class logits `[1, anchors, classes]`. */
  readonly logits: string;
  /** Node of box encodings `[1, anchors, 4]` as (ty, tx, th, tw). */
  readonly boxEncodings: string;
  /** Constant node `[anchors, 4]` as (centre y, centre x, height, width), normalised to the picture. */
  readonly anchors: string;
  readonly anchorCount: number;
  /** Columns of the logits, background included. */
  readonly classCount: number;
  /** Divisors of (ty, tx, th, tw). */
  readonly boxScales: readonly [number, number, number, number];
}

export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** Where the weights come from, for the details panel and the licence page. */
  readonly origin: string;
  readonly input: ModelInput;
  readonly head: SsdHead;
  /** Feature maps that feed the heads, for teaching: node names, largest map first, then others. */
  readonly features: readonly string[];
  /**
   * Of those that are averaged under the middle of a box alone: what part of its sides
   * that is, above 0 and below 1.
   */
  readonly regions?: Readonly<Record<string, number>> | undefined;
  /** Direct inputs of the class predictors, one per feature map, of the same shapes. */
  readonly classFeatures: readonly string[];
  /** Shapes of those, `[1, rows, columns, channels]`. */
  readonly classShapes: readonly (readonly number[])[];
  /** Direct inputs of the box predictors, one per feature map, of the same shapes. */
  readonly boxFeatures: readonly string[];
  /** Label of each logits column; `null` for background and unused columns. */
  readonly labels: readonly (string | null)[];
  readonly variants: readonly ModelVariant[];
  readonly selfTest: SelfTest;
}

/** Every file of a model. */
export function modelFiles({ variants, selfTest }: ModelEntry): readonly ModelFile[] {
  return [...variants.flatMap(variantFiles), selfTest.picture];
}
