import type { BytePlace } from '../../src/domain/cut-bytes.js';
import { anchorLayout, type AnchorLayout } from '../../src/domain/detector-head/layout.js';
import type { LiteFindGraph } from '../../src/domain/model-manifest.js';
import type { Graph } from '../graph/graph.js';
import type { CompilerManifest } from '../manifest.js';
import type { Picture } from '../pictures.js';
import { tfjsEvaluator, toArtifacts } from '../tfjs/evaluator.js';
import { Network } from '../tfjs/network.js';
import { augment } from './augment.js';
import { calibrate, type Observation } from './calibrate.js';
import { biasName, FIND_SLOTS, filterName, withColumns } from './find.js';
import { halveWeights } from './halve.js';
import { lowerGraph } from './lower.js';
import type { LiteModel } from './model.js';
import type { LitePrecision } from './precision.js';
import { quantise } from './quantise.js';
import { writeTflite, type TfliteParts } from './write.js';

/**
 * A network in one precision, for several purposes. A purpose's own part followed by
 * `weights` is a whole `.tflite` file: the large part is stored and fetched once.
 */
export interface LiteForm {
  readonly precision: LitePrecision;
  /** Ends at logits and box encodings. */
  readonly detect: Uint8Array;
  /** The same and all the feature maps of the manifest besides, for teaching. */
  readonly teach: Uint8Array;
  /**
   * The first, with columns for taught classes besides, without and with features, for each
   * of `FIND_SLOTS`.
   */
  readonly finds: readonly LiteFind[];
  readonly weights: Uint8Array;
}

/** A `LiteFindGraph` that is not yet a file, and whole. */
export interface LiteFind extends Omit<LiteFindGraph, 'graph'> {
  readonly graph: Uint8Array;
}

/** Variations of the photographs that the calibration runs the network on. */
const CALIBRATION_PICTURES = 16;

/**
 * What is below is stored as this in int8. It stands for a probability of 0.0003,
 * which nobody asks for, and leaves the finer steps to the logits that matter.
 */
export const LEAST_LOGIT = -8;

/**
 * Writes an optimised graph as TensorFlow Lite. `startRuntime` must have been awaited.
 *
 * @param pictures Photographs to calibrate int8 on.
 * @throws ModelCompileError when the graph has something that cannot be written.
 */
export function compileTflite(
  manifest: CompilerManifest,
  graph: Graph,
  pictures: readonly Picture[],
): readonly LiteForm[] {
  const detect = lowerGraph(graph, detectionOutputs(manifest), tfjsEvaluator);
  const teach = lowerGraph(graph, teachingOutputs(manifest), tfjsEvaluator);
  const observations = observe(manifest, graph, teach, pictures);
  const limits = { [manifest.head.logits]: { low: LEAST_LOGIT } };
  const { classFeatures, features } = manifest;
  const layout = classLayout(manifest, graph);
  const lower = (outputs: readonly string[]): LiteModel =>
    lowerGraph(graph, [...detectionOutputs(manifest), ...outputs, ...classFeatures], tfjsEvaluator);
  const [plain, featured] = [lower([]), lower(features)];
  const make = (precision: LitePrecision, form: (model: LiteModel) => LiteModel): LiteForm => {
    const finds = FIND_SLOTS[precision].flatMap((slots) =>
      [plain, featured].map((model) => ({
        slots,
        hasFeatures: model === featured,
        model: withColumns(form(model), classFeatures, layout, slots),
      })),
    );
    return write(precision, form(detect), form(teach), finds);
  };
  return [
    make('float16', halveWeights),
    make('int8', (model) => quantise(model, observations, limits)),
  ];
}

/** Where the anchors' features and the weights of a class are. */
export function classLayout({ head, classFeatures }: CompilerManifest, graph: Graph): AnchorLayout {
  const [anchors] = tfjsEvaluator.values(graph, [head.anchors]);
  const shapes = tfjsEvaluator.shapes(graph, classFeatures);
  return anchorLayout(shapes, anchors?.data ?? []);
}

/** Outputs of the form that detects. */
export function detectionOutputs({ head }: CompilerManifest): readonly string[] {
  return [head.logits, head.boxEncodings];
}

/** Outputs of the form that teaching needs, those of detection first. */
export function teachingOutputs(manifest: CompilerManifest): readonly string[] {
  const { features, classFeatures, boxFeatures } = manifest;
  return [...detectionOutputs(manifest), ...features, ...classFeatures, ...boxFeatures];
}

function observe(
  { input }: CompilerManifest,
  graph: Graph,
  model: LiteModel,
  pictures: readonly Picture[],
): ReadonlyMap<string, Observation> {
  const names = [...model.tensors.values()].flatMap(({ name, data }) => (data ? [] : [name]));
  const network = new Network(toArtifacts(graph));
  try {
    return calibrate(network, input, names, augment(pictures, CALIBRATION_PICTURES));
  } finally {
    network.dispose();
  }
}

function write(
  precision: LitePrecision,
  detect: LiteModel,
  teach: LiteModel,
  finds: readonly (Omit<LiteFind, 'graph' | 'places'> & { readonly model: LiteModel })[],
): LiteForm {
  const { graph, weights } = writeTflite(detect);
  const part = (model: LiteModel): TfliteParts => {
    const parts = writeTflite(model);
    if (Buffer.compare(parts.weights, weights) === 0) return parts;
    throw new RangeError(`the ${precision} forms do not share their weights`);
  };
  return {
    precision,
    detect: graph,
    teach: part(teach).graph,
    finds: finds.map(({ model, ...find }) => {
      const { graph: own, places } = part(model);
      return { ...find, graph: own, places: placesOf(places) };
    }),
    weights,
  };
}

function placesOf(places: TfliteParts['places']): LiteFind['places'] {
  const found: { filter: BytePlace; bias: BytePlace }[] = [];
  for (let map = 0; ; map++) {
    const [filter, bias] = [places.get(filterName(map)), places.get(biasName(map))];
    if (filter === undefined || bias === undefined) return found;
    found.push({ filter, bias });
  }
}
