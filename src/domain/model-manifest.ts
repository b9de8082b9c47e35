/**
 * What the model compiler writes and the engine reads: `models/index.json`
 * beside the content-hashed files it names. Pure data, so that another
 * detector is another entry and no new code.
 */
export const MODEL_INDEX_VERSION = 1;

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

/** One compiled form of a model. */
export interface ModelVariant {
  /** Which runtime reads it. */
  readonly runtime: 'tfjs-graph-model' | 'tflite';
  readonly precision: 'float32' | 'float16';
  /** GraphDef as JSON with the weight specifications (`{modelTopology, weightSpecs}`). */
  readonly topology: ModelFile;
  /** Shards, to be concatenated in this order. */
  readonly weights: readonly ModelFile[];
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
  /** Feature maps that feed the heads, for teaching: node names, largest map first. */
  readonly features: readonly string[];
  /** Direct inputs of the class predictors, one per feature map, of the same shapes. */
  readonly classFeatures: readonly string[];
  /** Direct inputs of the box predictors, one per feature map, of the same shapes. */
  readonly boxFeatures: readonly string[];
  /** Label of each logits column; `null` for background and unused columns. */
  readonly labels: readonly (string | null)[];
  readonly variants: readonly ModelVariant[];
}
