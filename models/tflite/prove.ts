import { sigmoid } from '../../src/domain/candidates.js';
import { ModelCompileError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { floatConstant } from '../graph/tensor.js';
import type { CompilerManifest } from '../manifest.js';
import type { Picture } from '../pictures.js';
import { decodeSsdBoxes } from '../ssd-boxes.js';
import { toArtifacts } from '../tfjs/evaluator.js';
import { Network } from '../tfjs/network.js';
import { preparePicture } from './calibrate.js';
import { LEAST_LOGIT, teachingOutputs, type LiteForm } from './compile-tflite.js';
import { LiteNetwork } from './litert.js';
import type { LitePrecision, LiteTolerance } from './precision.js';

/** How far one output is from the float32 graph on one picture. */
export interface LiteDeviation {
  readonly precision: LitePrecision;
  readonly purpose: 'detect' | 'teach';
  readonly picture: string;
  /** `scores`, `corners`, or an output by its name. */
  readonly output: string;
  /** Infinite where a value is missing or not a number. */
  readonly value: number;
  readonly tolerance: number;
}

/** A `.tflite` file does not compute what the graph computes. */
export class LiteParityError extends ModelCompileError {
  override readonly name = 'LiteParityError';
  /** Those beyond their tolerance. */
  readonly deviations: readonly LiteDeviation[];

  constructor(deviations: readonly LiteDeviation[]) {
    const lines = deviations.slice(0, 5).map(describe);
    super(
      `The TensorFlow Lite model does not agree with the graph:\n  ${lines.join('\n  ')}\n` +
        `${deviations.length} comparisons failed.`,
    );
    this.deviations = deviations;
  }
}

/** Probability from which on an anchor counts as seeing something. */
const SEEN = 0.3;

type Outputs = ReadonlyMap<string, ArrayLike<number>>;

/**
 * Runs every form on pictures in LiteRT, the runtime of the app, and compares
 * each output with the float32 graph. That one is proven against the original
 * by `parity.ts`. `startRuntime` must have been awaited.
 *
 * @returns All deviations, each within its tolerance.
 * @throws LiteParityError when one is not.
 * @throws ModelCompileError when LiteRT cannot load a form.
 */
export async function proveTflite(
  manifest: CompilerManifest,
  graph: Graph,
  forms: readonly LiteForm[],
  pictures: readonly Picture[],
  tolerances: Readonly<Record<LitePrecision, LiteTolerance>>,
): Promise<readonly LiteDeviation[]> {
  const images = pictures.map((picture) => preparePicture(picture, manifest.input));
  const expected = runGraph(manifest, graph, images);
  const deviations: LiteDeviation[] = [];
  for (const { precision, weights, ...purposes } of forms) {
    for (const purpose of ['detect', 'teach'] as const) {
      const network = await LiteNetwork.load(Buffer.concat([purposes[purpose], weights]));
      try {
        for (const [index, image] of images.entries()) {
          const picture = pictures[index]?.name ?? '';
          const found = await network.run(image);
          const wanted = expected[index] ?? new Map();
          for (const [output, value] of compare(manifest, wanted, found)) {
            const tolerance = toleranceOf(tolerances[precision], output);
            deviations.push({ precision, purpose, picture, output, value, tolerance });
          }
        }
      } finally {
        network.dispose();
      }
    }
  }
  const beyond = deviations.filter(({ value, tolerance }) => !(value <= tolerance));
  if (beyond.length > 0) throw new LiteParityError(beyond);
  return deviations;
}

function runGraph(
  manifest: CompilerManifest,
  graph: Graph,
  images: readonly Float32Array[],
): readonly Outputs[] {
  const { input, head } = manifest;
  const names = [...teachingOutputs(manifest), head.anchors];
  const network = new Network(toArtifacts(graph, undefined, names));
  try {
    return images.map((image) => {
      const values = network.run({ [input.name]: floatConstant(input.shape, image) }, names);
      return new Map(names.map((name, index) => [name, values[index]?.data ?? []]));
    });
  } finally {
    network.dispose();
  }
}

/** Deviations of the outputs that were found, and of what is decoded from them. */
function compare(
  { head }: CompilerManifest,
  expected: Outputs,
  found: Outputs,
): ReadonlyMap<string, number> {
  const results = new Map<string, number>();
  const get = (outputs: Outputs, name: string): ArrayLike<number> => outputs.get(name) ?? [];
  for (const name of found.keys()) {
    const [wanted = [], values = []] = [expected, found].map((outputs) =>
      name === head.logits ? cutOff(get(outputs, name)) : get(outputs, name),
    );
    results.set(name, relativeDifference(wanted, values));
  }
  const scores = [expected, found].map((outputs) =>
    Float64Array.from(get(outputs, head.logits), sigmoid),
  );
  const [wantedScores = new Float64Array(), foundScores = new Float64Array()] = scores;
  results.set('scores', largestDifference(wantedScores, foundScores));
  const anchors = get(expected, head.anchors);
  const [wantedCorners = new Float64Array(), foundCorners = new Float64Array()] = [
    expected,
    found,
  ].map((outputs) => decodeSsdBoxes(get(outputs, head.boxEncodings), anchors, head.boxScales));
  const isSeen = seenAnchors(wantedScores, anchors.length / 4);
  const seen = (corners: Float64Array): Float64Array =>
    corners.filter((_, position) => isSeen[position >> 2]);
  results.set('corners', largestDifference(seen(wantedCorners), seen(foundCorners)));
  return results;
}

/** Logits without what int8 leaves out on purpose. */
function cutOff(logits: ArrayLike<number>): Float64Array {
  return Float64Array.from(logits, (logit) => Math.max(logit, LEAST_LOGIT));
}

/** Which anchors have a class, the background aside, of at least the probability `SEEN`. */
function seenAnchors(scores: Float64Array, count: number): readonly boolean[] {
  const classes = scores.length / count;
  return Array.from({ length: count }, (_, anchor) =>
    scores.subarray(anchor * classes + 1, (anchor + 1) * classes).some((score) => score >= SEEN),
  );
}

function largestDifference(expected: ArrayLike<number>, found: ArrayLike<number>): number {
  if (expected.length !== found.length) return Infinity;
  let largest = 0;
  for (let position = 0; position < expected.length; position++) {
    const difference = Math.abs((expected[position] ?? NaN) - (found[position] ?? NaN));
    // Also true for NaN, which must never pass for equality.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

function relativeDifference(expected: ArrayLike<number>, found: ArrayLike<number>): number {
  if (expected.length !== found.length) return Infinity;
  let squares = 0;
  let whole = 0;
  for (let position = 0; position < expected.length; position++) {
    const value = expected[position] ?? NaN;
    squares += (value - (found[position] ?? NaN)) ** 2;
    whole += value * value;
  }
  const ratio = squares === 0 ? 0 : Math.sqrt(squares / whole);
  return Number.isNaN(ratio) ? Infinity : ratio;
}

function toleranceOf(tolerance: LiteTolerance, output: string): number {
  return output === 'scores' || output === 'corners' ? tolerance[output] : tolerance.outputs;
}

function describe({
  precision,
  purpose,
  picture,
  output,
  value,
  tolerance,
}: LiteDeviation): string {
  return (
    `${precision} (${purpose}): ${output} differs by ${value.toExponential(2)} on ${picture} ` +
    `(allowed is ${tolerance})`
  );
}
