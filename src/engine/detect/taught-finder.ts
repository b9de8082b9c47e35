import type { Tensor } from '@tensorflow/tfjs-core';
import { logit } from '../../domain/candidates.js';
import type { Detection } from '../../domain/detection.js';
import { anchorLayout, type AnchorLayout } from '../../domain/detector-head/layout.js';
import {
  agreedBoxes,
  boxesOfRows,
  leastProbability,
  verifiedBoxes,
  type AgreedBox,
  type TaughtBox,
  type TaughtClass,
} from '../../domain/detector-head/taught-class.js';
import type { Size } from '../../domain/geometry.js';
import { permittedColumns } from '../../domain/label-filter.js';
import {
  MOST_TAUGHT,
  TAUGHT,
  TAUGHT_REGIONS,
  type ModelEntry,
} from '../../domain/model-manifest.js';
import { nonMaxSuppression } from '../../domain/non-max-suppression.js';
import type { FrameOptions } from '../../protocol/index.js';
import type { OpenBackend } from '../backend/backend.js';
import { FeatureReader } from '../features/feature-reader.js';
import { createDetectorHead } from '../models/create-head.js';
import type { DetectorHead } from '../models/detector-head.js';
import type { Network } from '../models/network.js';
import { loadTaughtLogits, type TaughtLogits } from './taught-logits.js';

/** Taught classes that are looked for in one picture. */
export interface TaughtSearch {
  /** Network outputs that `find` may take. */
  readonly outputs: readonly string[];
  /**
   * @param tensor Gives an output, which stays the caller's.
   * @param picture What boxes are in pixels of.
   * @returns Boxes above the thresholds of their classes.
   */
  find(tensor: (name: string) => Tensor, picture: Size): Promise<Detection[]>;
}

/** What the network was last told to look for. */
interface Known {
  readonly classes: readonly TaughtClass[];
  readonly head: DetectorHead;
  /** Columns that the network computes; those beyond the classes are nothing. */
  readonly slots: number;
}

/**
 * Finds taught classes. The network computes their columns along with its own;
 * what is left is what is done for any class: the best candidates on the device,
 * and only for those that may reach their threshold the verifier, its cheaper half first.
 */
export class TaughtFinder {
  readonly #entry: ModelEntry;
  readonly #network: Network;
  readonly #backend: OpenBackend;
  readonly #logits: TaughtLogits;
  readonly #regions: FeatureReader;
  readonly #layout: AnchorLayout;
  #known: Known | undefined;

  private constructor(
    entry: ModelEntry,
    network: Network,
    backend: OpenBackend,
    logits: TaughtLogits,
    regions: FeatureReader,
    anchors: Float32Array,
  ) {
    this.#entry = entry;
    this.#network = network;
    this.#backend = backend;
    this.#logits = logits;
    this.#regions = regions;
    this.#layout = anchorLayout(entry.classShapes, anchors);
  }

  /** @param network Stays the caller's. */
  static async create(
    entry: ModelEntry,
    network: Network,
    backend: OpenBackend,
  ): Promise<TaughtFinder> {
    const anchors = await network.constant(entry.head.anchors).data<'float32'>();
    const logits = await loadTaughtLogits(backend);
    const regions = await FeatureReader.create(entry, [TAUGHT_REGIONS], backend);
    return new TaughtFinder(entry, network, backend, logits, regions, anchors.slice());
  }

  /**
   * @returns `undefined` where there is nothing to look for: classes of another
   *   model find nothing, nor do those that the filter leaves out.
   */
  async prepare({
    taught = [],
    categoryAllowlist,
    categoryDenylist,
    ...options
  }: FrameOptions): Promise<TaughtSearch | undefined> {
    const { id, head } = this.#entry;
    const classes = taught
      .filter((each) => each.model === id && this.#fits(each))
      .slice(0, MOST_TAUGHT);
    const permitted = permittedColumns(
      classes.map(({ label }) => label),
      categoryAllowlist,
      categoryDenylist,
    );
    if (!permitted.includes(1)) return undefined;
    const known = await this.#teach(classes);
    return {
      outputs: [head.logits, head.boxEncodings, TAUGHT, TAUGHT_REGIONS],
      find: async (tensor, picture) => {
        const [logits, encodings] = [tensor(head.logits), tensor(head.boxEncodings)];
        const bases = classes.map(({ column }) => column.base);
        const sums = await this.#logits.sum(logits, tensor(TAUGHT), bases);
        const flags = new Uint8Array(known.slots);
        flags.set(permitted);
        const least = classes.map(({ threshold, verifier }) =>
          leastProbability(threshold, verifier),
        );
        const leastLogit = logit(Math.min(...least));
        const { rows } = await known.head
          .candidates([sums, encodings], flags, leastLogit)
          .finally(() => {
            sums.dispose();
          });
        const boxes = classes.map((_, column) =>
          boxesOfRows(rows, column).filter(
            ({ probability }) => probability >= (least[column] ?? 1),
          ),
        );
        const evidence = await this.#evidence(logits, boxes.flat());
        const agreed = classes.map((each, column) =>
          agreedBoxes(each, boxes[column] ?? [], evidence),
        );
        const regions = await this.#regionsOf(tensor, classes, agreed);
        const found = classes.flatMap((each, column) =>
          verifiedBoxes(each, agreed[column] ?? [], regions, picture).filter(
            ({ score }) => score >= each.threshold,
          ),
        );
        // Boxes are told from a threshold of their own, whatever the one of the others is.
        return nonMaxSuppression(found, { ...options, scoreThreshold: 0 });
      },
    };
  }

  /** Files may come from anywhere. */
  #fits({ column, verifier }: TaughtClass): boolean {
    const { classCount } = this.#entry.head;
    const { region } = verifier;
    return (
      column.weights.length === this.#layout.weightCount &&
      column.base < classCount &&
      verifier.weights.length === classCount &&
      (region === undefined || region.weights.length === this.#layout.maps[0]?.channels)
    );
  }

  dispose(): void {
    this.#known?.head.dispose();
    this.#known = undefined;
  }

  /** The network's own logits at some boxes; nothing is read where there are none. */
  async #evidence(
    logits: Tensor,
    boxes: readonly TaughtBox[],
  ): Promise<(box: TaughtBox) => Float32Array> {
    const { classCount } = this.#entry.head;
    const anchors = boxes.map(({ anchor }) => anchor);
    const values =
      anchors.length > 0 ? await this.#logits.rows(logits, anchors) : new Float32Array();
    return ({ anchor }) => {
      const start = anchors.indexOf(anchor) * classCount;
      return values.subarray(start, start + classCount);
    };
  }

  /** What region verifiers say of boxes; nothing is read where there are none to ask. */
  async #regionsOf(
    tensor: (name: string) => Tensor,
    classes: readonly TaughtClass[],
    agreed: readonly (readonly AgreedBox[])[],
  ): Promise<(box: TaughtBox) => number> {
    const boxes = agreed.filter((_, slot) => classes[slot]?.verifier.region !== undefined).flat();
    if (boxes.length === 0) return () => NaN;
    const bboxes = boxes.map(({ bbox }) => bbox);
    const map = tensor(TAUGHT_REGIONS);
    const rows = await this.#regions.read([map], bboxes, { width: 1, height: 1 });
    const said = new Map<TaughtBox, number>();
    agreed.forEach((some, slot) => {
      for (const box of some) said.set(box, rows[boxes.indexOf(box)]?.[slot] ?? NaN);
    });
    return (box) => said.get(box) ?? NaN;
  }

  /** Tells the network its columns, unless it knows them. */
  async #teach(classes: readonly TaughtClass[]): Promise<Known> {
    if (this.#known && hasSameColumns(this.#known.classes, classes)) return this.#known;
    this.dispose();
    const slots = await this.#network.teach(
      this.#layout,
      classes.map(({ column, verifier }) => ({ column: column.weights, region: verifier.region })),
    );
    const entry = { ...this.#entry, head: { ...this.#entry.head, classCount: slots } };
    const head = await createDetectorHead(entry, this.#network, this.#backend);
    return (this.#known = { classes, head, slots });
  }
}

/** Mostly they are those of the frame before; a changed threshold brings copies. */
function hasSameColumns(some: readonly TaughtClass[], others: readonly TaughtClass[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ column, verifier: { region } }, index) => {
      const { column: other, verifier } = others[index] ?? {};
      return (
        hasSameBits(column.weights, other?.weights) &&
        hasSameBits(region?.weights, verifier?.region?.weights) &&
        region?.bias === verifier?.region?.bias
      );
    })
  );
}

/** Maybe with every frame: a plain loop over whole numbers is several times as fast as `every`. */
function hasSameBits(some: Float32Array | undefined, others: Float32Array | undefined): boolean {
  if (some === others) return true;
  if (some?.length !== others?.length || !some || !others) return false;
  const bits = new Int32Array(some.buffer, some.byteOffset, some.length);
  const otherBits = new Int32Array(others.buffer, others.byteOffset, others.length);
  for (let at = 0; at < bits.length; at++) if (bits[at] !== otherBits[at]) return false;
  return true;
}
