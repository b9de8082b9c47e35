import { putBack } from '../../domain/cut-bytes.js';
import { foldTaught, type TaughtWeights } from '../../domain/detector-head/fold-columns.js';
import type { AnchorLayout } from '../../domain/detector-head/layout.js';
import { SightlineError } from '../../domain/errors.js';
import type { LiteFindGraph, LiteVariant, ModelEntry } from '../../domain/model-manifest.js';
import type { ByteProgress } from '../models/model-files.js';
import type { ModelLibrary } from '../models/model-library.js';

/** Class columns for a graph with so many slots. */
export interface LiteColumns {
  readonly layout: AnchorLayout;
  readonly classes: readonly TaughtWeights[];
  readonly slots: number;
}

/** A TensorFlow Lite model in memory, verified: enough to build it again and again. */
export interface LiteArtifacts {
  /** A whole `.tflite` file that ends at the head's outputs. */
  readonly detect: Uint8Array;
  /** Another with all the feature maps besides; its own part is fetched when it is called for. */
  readonly teach: () => Promise<Uint8Array>;
  /**
   * The smallest number of slots for so many class columns.
   *
   * @throws SightlineError `model-incompatible` when no graph has as many.
   */
  readonly slotsFor: (count: number) => number;
  /** Another with class columns, and the feature maps if wanted; made when it is called for. */
  readonly find: (columns: LiteColumns, hasFeatures: boolean) => Promise<Uint8Array>;
  readonly constants: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
  }[];
}

/**
 * Fetches what detecting needs of a variant.
 *
 * @throws SightlineError `model-…` or `aborted`.
 */
export async function loadLiteArtifacts(
  library: ModelLibrary,
  variant: LiteVariant,
  signal: AbortSignal,
  onProgress: ByteProgress,
): Promise<LiteArtifacts> {
  const { detect, teach, weights } = variant;
  const constantFiles = variant.constants.map(({ file }) => file);
  const [graph, ...rest] = await library.fetch(
    [detect, ...weights, ...constantFiles],
    signal,
    onProgress,
  );
  const shards = rest.slice(0, weights.length);
  const constants = variant.constants.map(({ name, shape }, index) => {
    const buffer = rest[weights.length + index];
    if (!buffer) throw new SightlineError('model-incompatible', `no file for "${name}"`);
    return { name, shape, values: new Float32Array(buffer) };
  });
  return {
    detect: await join(graph, shards),
    teach: async () => {
      const [other] = await library.fetch([teach], new AbortController().signal);
      return join(other, shards);
    },
    slotsFor: (count) => {
      const find = variant.finds.find(({ slots }) => slots >= count);
      if (!find) throw new SightlineError('model-incompatible', 'too many taught classes');
      return find.slots;
    },
    find: async (columns, hasFeatures) => {
      const find = variant.finds.find(
        (each) => each.slots === columns.slots && each.hasFeatures === hasFeatures,
      );
      if (!find) throw new SightlineError('model-incompatible', 'no graph for taught classes');
      const [graph] = await library.fetch([find.graph], new AbortController().signal);
      if (!graph) throw new SightlineError('model-incompatible', 'a model without a graph');
      const places = find.places.flatMap(({ filter, bias }) => [filter, bias]);
      const whole = putBack(new Uint8Array(graph), places);
      writeColumns(whole, find, columns);
      return join(whole.buffer, shards);
    },
    constants,
  };
}

/** Writes the weights of a graph's class columns. */
function writeColumns(
  file: Uint8Array,
  { slots, places }: LiteFindGraph,
  { layout, classes }: LiteColumns,
): void {
  foldTaught(layout, classes, slots, true).forEach(({ filter, bias }, index) => {
    const place = places[index];
    if (!place) throw new SightlineError('model-incompatible', 'a map without columns');
    file.set(new Uint8Array(filter.buffer), place.filter.at);
    file.set(new Uint8Array(bias.buffer), place.bias.at);
  });
}

/** The graph's own part and the weights, one after the other. */
async function join(
  graph: ArrayBuffer | undefined,
  shards: readonly ArrayBuffer[],
): Promise<Uint8Array> {
  if (!graph) throw new SightlineError('model-incompatible', 'a model without a graph');
  return new Uint8Array(await new Blob([graph, ...shards]).arrayBuffer());
}

/** The variant for LiteRT, in the first of the precisions that there is. */
export function liteVariant(
  entry: ModelEntry,
  precisions: readonly LiteVariant['precision'][],
): LiteVariant {
  const variants = entry.variants.filter((each) => each.runtime === 'tflite');
  for (const precision of precisions) {
    const variant = variants.find((each) => each.precision === precision);
    if (variant) return variant;
  }
  throw new SightlineError('model-incompatible', `${entry.id} has no variant for LiteRT`);
}
