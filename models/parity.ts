import { sigmoid } from '../src/domain/candidates.js';
import { legacyBilinear } from '../src/domain/legacy-resize.js';
import { ModelCompileError } from './errors.js';
import { floatConstant, intConstant } from './graph/tensor.js';
import type { CompilerManifest, Precision, Tolerance } from './manifest.js';
import { rgbOf, type Picture } from './pictures.js';
import { decodeSsdBoxes } from './ssd-boxes.js';
import { Network, type Artifacts } from './tfjs/network.js';

/** How far one output of a compiled graph is from the original on one picture. */
export interface Deviation {
  readonly model: string;
  readonly precision: Precision;
  readonly picture: string;
  /** What is compared, e.g. `scores` or `feature_0`. */
  readonly output: string;
  /** Node of the original graph that it should equal. */
  readonly node: string;
  /** Largest absolute difference; infinite where either side is not a number. */
  readonly worst: number;
  /** Position of that difference in the flattened tensor. */
  readonly index: number;
  readonly tolerance: number;
}

/** A compiled graph does not compute what the original computes. */
export class ParityError extends ModelCompileError {
  override readonly name = 'ParityError';
  /** Those beyond their tolerance, the furthest first. */
  readonly deviations: readonly Deviation[];

  constructor(deviations: readonly Deviation[]) {
    const lines = deviations.slice(0, 5).map(describeDeviation);
    super(
      `The compiled model does not agree with the original:\n  ${lines.join('\n  ')}\n` +
        `${deviations.length} comparisons failed. A pass of the compiler is wrong, ` +
        `or the tolerances in the model's manifest are too small.`,
    );
    this.deviations = deviations;
  }
}

/** One deviation as a line of text. */
export function describeDeviation(deviation: Deviation): string {
  const { model, precision, output, node, picture, worst, index, tolerance } = deviation;
  return (
    `${model} ${precision}: ${output} differs by ${worst.toExponential(2)} at element ` +
    `${index} on ${picture} (node "${node}" of the original; allowed is ${tolerance})`
  );
}

/** Values to compare, by the name of what is compared. */
type Reading = ReadonlyMap<string, ArrayLike<number>>;

/** What is compared, and the node of the original that holds it. */
type Comparison = readonly [output: string, node: string];

/**
 * Runs the original and its compiled forms on pictures and compares the prepared
 * picture, the probabilities, the corners of the boxes, and every named output as
 * it is: a probability near zero hardly shows what its logit is.
 *
 * @param labels Label of each column of the logits.
 * @returns All deviations, each within its tolerance.
 * @throws ParityError when one is not.
 * @throws ModelCompileError when the original does not see what a picture shows.
 */
export async function checkParity(
  manifest: CompilerManifest,
  original: Artifacts,
  compiled: Readonly<Record<Precision, Artifacts>>,
  labels: readonly (string | null)[],
  pictures: readonly Picture[],
): Promise<readonly Deviation[]> {
  const deviations: Deviation[] = [];
  const networks = Object.entries(compiled).map(([precision, artifacts]) => ({
    precision: precision as Precision,
    network: new Network(artifacts),
  }));
  const reference = new Network(original);
  try {
    for (const [index, picture] of pictures.entries()) {
      const expected = await readOriginal(manifest, reference, picture);
      requireLabel(expected, labels, picture.name, manifest.parity.pictures[index]?.shows);
      for (const { precision, network } of networks) {
        const found = readCompiled(manifest, network, picture);
        const about = { model: manifest.id, precision, picture: picture.name };
        const tolerance = manifest.parity.tolerance[precision];
        for (const [output, node] of comparisonsOf(manifest)) {
          const difference = compare(expected.get(output) ?? [], found.get(output) ?? []);
          const allowed = toleranceOf(tolerance, output);
          deviations.push({ ...about, output, node, ...difference, tolerance: allowed });
        }
      }
    }
  } finally {
    reference.dispose();
    for (const { network } of networks) network.dispose();
  }
  const beyond = deviations.filter(({ worst, tolerance }) => worst > tolerance);
  if (beyond.length > 0) {
    throw new ParityError(beyond.sort(byExcess));
  }
  return deviations;
}

/** The largest deviation of each output over all pictures. */
export function worstPerOutput(deviations: readonly Deviation[]): readonly Deviation[] {
  const worst = new Map<string, Deviation>();
  for (const deviation of deviations) {
    const key = `${deviation.model} ${deviation.precision} ${deviation.output}`;
    const known = worst.get(key);
    if (known === undefined || deviation.worst > known.worst) worst.set(key, deviation);
  }
  return [...worst.values()];
}

/** Runs the original on the raw picture, its own resize and control flow included. */
async function readOriginal(
  manifest: CompilerManifest,
  network: Network,
  picture: Picture,
): Promise<Reading> {
  const comparisons = comparisonsOf(manifest);
  const shape = [1, picture.height, picture.width, 3];
  const values = await network.runAsync(
    { [manifest.parity.input]: intConstant(shape, rgbOf(picture)) },
    comparisons.map(([, node]) => node),
  );
  return new Map(comparisons.map(([output], index) => [output, values[index]?.data ?? []]));
}

/** Runs a compiled graph behind the same preparation and decoding that the app does around it. */
function readCompiled(manifest: CompilerManifest, network: Network, picture: Picture): Reading {
  const { input, head } = manifest;
  const [, height, width] = input.shape;
  const source = { ...picture, data: picture.rgba };
  const image = legacyBilinear(source, width, height, input.scale, input.offset);
  const names = manifest.outputs.map(({ name }) => name);
  const values = network.run({ [input.name]: floatConstant(input.shape, image) }, names);
  const reading = new Map<string, ArrayLike<number>>(
    names.map((name, index) => [name, values[index]?.data ?? []]),
  );
  const [logits = [], encodings = [], anchors = []] = [
    head.logits,
    head.boxEncodings,
    head.anchors,
  ].map((name) => reading.get(name));
  return reading
    .set('input', image)
    .set('scores', Float64Array.from(logits, sigmoid))
    .set('corners', decodeSsdBoxes(encodings, anchors, head.boxScales));
}

function comparisonsOf({ input, parity, outputs }: CompilerManifest): readonly Comparison[] {
  return [
    ['input', input.node],
    ['scores', parity.scores],
    ['corners', parity.corners],
    // What is stacked from several tensors has no counterpart; the corners depend on it.
    ...outputs.flatMap((output) => ('node' in output ? [[output.name, output.node] as const] : [])),
  ];
}

function toleranceOf(tolerance: Tolerance, output: string): number {
  return output === 'input' || output === 'scores' || output === 'corners'
    ? tolerance[output]
    : tolerance.outputs;
}

/** Furthest beyond its tolerance first; two infinities are alike. */
function byExcess(a: Deviation, b: Deviation): number {
  const [first, second] = [a.worst / a.tolerance, b.worst / b.tolerance];
  return first === second ? 0 : second - first;
}

function compare(
  expected: ArrayLike<number>,
  found: ArrayLike<number>,
): { readonly worst: number; readonly index: number } {
  if (expected.length !== found.length || expected.length === 0) {
    return { worst: Infinity, index: 0 };
  }
  let worst = -1;
  let index = 0;
  for (let position = 0; position < expected.length; position++) {
    const difference = Math.abs((expected[position] ?? NaN) - (found[position] ?? NaN));
    // Also true for NaN, which must never pass for equality.
    if (!(difference <= worst)) {
      worst = Number.isNaN(difference) ? Infinity : difference;
      index = position;
    }
  }
  return { worst, index };
}

function requireLabel(
  reading: Reading,
  labels: readonly (string | null)[],
  picture: string,
  expected: string | undefined,
): void {
  const scores = reading.get('scores') ?? [];
  let best = -1;
  let label: string | null | undefined;
  for (let position = 0; position < scores.length; position++) {
    const candidate = labels[position % labels.length];
    const score = scores[position] ?? 0;
    if (score > best && candidate !== null) {
      best = score;
      label = candidate;
    }
  }
  if (label === expected) return;
  throw new ModelCompileError(
    `The original sees "${label ?? 'nothing'}" (${best.toFixed(3)}) on ${picture}, where ` +
      `"${expected ?? 'nothing'}" should score highest. Its labels or its input are wrong.`,
  );
}
