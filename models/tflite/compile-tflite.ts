import type { Graph } from '../graph/graph.js';
import type { CompilerManifest } from '../manifest.js';
import type { Picture } from '../pictures.js';
import { tfjsEvaluator, toArtifacts } from '../tfjs/evaluator.js';
import { Network } from '../tfjs/network.js';
import { augment } from './augment.js';
import { calibrate, type Observation } from './calibrate.js';
import { halveWeights } from './halve.js';
import { lowerGraph } from './lower.js';
import type { LiteModel } from './model.js';
import type { LitePrecision } from './precision.js';
import { quantise } from './quantise.js';
import { writeTflite } from './write.js';

/**
 * A network in one precision, for two purposes. A purpose's own part followed by
 * `weights` is a whole `.tflite` file: the large part is stored and fetched once.
 */
export interface LiteForm {
  readonly precision: LitePrecision;
  /** Ends at logits and box encodings. */
  readonly detect: Uint8Array;
  /** The same and all the feature maps of the manifest besides, for teaching. */
  readonly teach: Uint8Array;
  readonly weights: Uint8Array;
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
  return [
    form('float16', halveWeights(detect), halveWeights(teach)),
    form('int8', quantise(detect, observations, limits), quantise(teach, observations, limits)),
  ];
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

function form(precision: LitePrecision, detect: LiteModel, teach: LiteModel): LiteForm {
  const [first, second] = [writeTflite(detect), writeTflite(teach)];
  if (Buffer.compare(first.weights, second.weights) !== 0) {
    throw new RangeError(`the two ${precision} forms do not share their weights`);
  }
  return {
    precision,
    detect: first.graph,
    teach: second.graph,
    weights: first.weights,
  };
}
