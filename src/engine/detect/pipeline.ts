import type { Tensor4D } from '@tensorflow/tfjs-core';
import { leastVote, voteBoxes } from '../../domain/box-voting.js';
import { logit, toCandidates } from '../../domain/candidates.js';
import type { Detection } from '../../domain/detection.js';
import { mergeTaught } from '../../domain/detector-head/merge-taught.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { permittedColumns } from '../../domain/label-filter.js';
import type { ModelEntry } from '../../domain/model-manifest.js';
import { nonMaxSuppression } from '../../domain/non-max-suppression.js';
import { mergeLooks, wholeRegion, type Look } from '../../domain/tiles.js';
import type { AnchorPass, DetectionResult, FrameData, FrameOptions } from '../../protocol/index.js';
import type { OpenBackend } from '../backend/backend.js';
import { AnchorReader } from '../features/anchor-reader.js';
import { FeatureReader } from '../features/feature-reader.js';
import { createDetectorHead } from '../models/create-head.js';
import type { CandidateRows, DetectorHead } from '../models/detector-head.js';
import type { Network, NetworkOutputs } from '../models/network.js';
import { LookPlanner } from './look-plan.js';
import { createPreprocessor } from './create-preprocessor.js';
import { assertAlive, frameSize, type Preprocessor } from './preprocessor.js';
import { TaughtFinder, type TaughtSearch } from './taught-finder.js';

/** What one pass over a picture gave, before anything is decided about it. */
export interface RawPass extends CandidateRows {
  /** Where they were asked for; the caller's to dispose. */
  readonly maps: FeatureMaps | undefined;
  /** Taught classes that were asked for. */
  readonly taught: readonly Detection[];
  readonly preprocess: number;
  readonly inference: number;
}

/** What is asked of one pass; see `DetectorHead.candidates`. */
interface Wanted {
  readonly permitted: Uint8Array;
  readonly leastLogit?: number;
  /** Taught classes to look for besides. */
  readonly search?: TaughtSearch | undefined;
}

/** A picture's feature maps, still on the device. */
interface FeatureMaps {
  read(boxes: readonly BBox[], picture: Size): Promise<readonly Float32Array[]>;
  dispose(): void;
}

function mapsOf(reader: FeatureReader, outputs: NetworkOutputs): FeatureMaps {
  return {
    read: (boxes, picture) => reader.read(reader.outputs.map(outputs.tensor), boxes, picture),
    dispose: () => {
      outputs.dispose();
    },
  };
}

/** A frame's journey on one backend: pixels → network → candidates → detections. */
export class Pipeline {
  readonly #entry: ModelEntry;
  readonly #backend: OpenBackend;
  readonly #network: Network;
  readonly #preprocessor: Preprocessor;
  readonly #head: DetectorHead;
  readonly #planner: LookPlanner;
  #reader: { readonly key: string; readonly made: Promise<FeatureReader> } | undefined;
  #anchorReader: AnchorReader | undefined;
  #finder: TaughtFinder | undefined;
  #disposed = false;

  private constructor(
    entry: ModelEntry,
    backend: OpenBackend,
    network: Network,
    preprocessor: Preprocessor,
    head: DetectorHead,
  ) {
    this.#entry = entry;
    this.#backend = backend;
    this.#network = network;
    this.#preprocessor = preprocessor;
    this.#head = head;
    this.#planner = new LookPlanner(entry.input);
  }

  /** @param network Stays the caller's to dispose, after the pipeline. */
  static async create(
    entry: ModelEntry,
    backend: OpenBackend,
    network: Network,
  ): Promise<Pipeline> {
    const preprocessor = await createPreprocessor(entry.input, backend);
    const head = await createDetectorHead(entry, network, backend);
    return new Pipeline(entry, backend, network, preprocessor, head);
  }

  /** Finds objects in one picture; the picture stays the caller's. */
  async detect(
    frame: FrameData,
    timestamp: number,
    options: FrameOptions,
  ): Promise<DetectionResult> {
    const { labels } = this.#entry;
    const size = frameSize(frame);
    const permitted = permittedColumns(labels, options.categoryAllowlist, options.categoryDenylist);
    const timings = { preprocess: 0, inference: 0, postprocess: 0 };
    const began = performance.now();
    const plan = this.#planner.plan(frame, size, options);
    const what: Wanted = { permitted, leastLogit: logit(plan.leastScore) };
    const regions: BBox[] = [wholeRegion(size)];
    timings.preprocess += performance.now() - began;
    const looks: Look[] = [];
    let readbackBytes = 0;
    const reader = await this.#readerOf(options.features);
    const search = await this.#searchFor(options);
    const taught: Detection[] = [];
    let maps: FeatureMaps | undefined;
    try {
      // Grows once it is known what the whole shows.
      for (const region of regions) {
        // The maps of the whole serve every box.
        const isWhole = looks.length === 0;
        const pass = await this.pass(
          frame,
          isWhole ? { ...what, search } : what,
          region,
          isWhole ? reader : undefined,
        );
        maps ??= pass.maps;
        taught.push(...pass.taught);
        const start = performance.now();
        const candidates = toCandidates(pass.rows, labels, region[2], region[3]);
        looks.push({ region, candidates });
        if (isWhole) regions.push(...plan.tiles(candidates));
        timings.preprocess += pass.preprocess;
        timings.inference += pass.inference;
        timings.postprocess += performance.now() - start;
        readbackBytes += pass.readbackBytes;
      }
      const start = performance.now();
      const candidates = mergeLooks(looks, size);
      const kept = nonMaxSuppression(candidates, options);
      const { iouThreshold, maxResults } = options;
      const leastScore = leastVote(options.scoreThreshold);
      const own = voteBoxes(kept, candidates, { iouThreshold, leastScore });
      const detections = mergeTaught(own, taught, maxResults);
      const features =
        maps &&
        (await maps.read(
          detections.map(({ bbox }) => bbox),
          size,
        ));
      timings.postprocess += performance.now() - start;
      return {
        detections,
        features,
        featureMaps: reader?.outputs,
        frame: { ...size, timestamp },
        regions,
        motion: plan.motion(),
        backend: this.#backend.name,
        timings,
        readbackBytes,
      };
    } finally {
      maps?.dispose();
    }
  }

  /**
   * What the network knows of the things in boxes, without looking for any.
   *
   * @param boxes In pixels of the picture.
   * @param maps See `FeatureReader.create`.
   * @returns One row of numbers per box.
   */
  async embed(
    frame: FrameData,
    boxes: readonly BBox[],
    maps: readonly string[],
  ): Promise<readonly Float32Array[]> {
    const reader = await this.#readerOf(maps);
    const nothing = { permitted: new Uint8Array(this.#entry.labels.length) };
    const { maps: taken } = await this.pass(frame, nothing, undefined, reader);
    try {
      return (await taken?.read(boxes, frameSize(frame))) ?? [];
    } finally {
      taken?.dispose();
    }
  }

  /** What the network knows at every anchor; the picture stays the caller's. */
  async anchors(frame: FrameData): Promise<AnchorPass> {
    this.#anchorReader ??= await AnchorReader.create(this.#entry, this.#network);
    const input = await this.#preprocessor.prepare(frame);
    let outputs: NetworkOutputs | undefined;
    try {
      assertAlive(this.#disposed);
      outputs = await this.#network.run(input, this.#anchorReader.outputs);
      return await this.#anchorReader.pack(this.#anchorReader.outputs.map(outputs.tensor));
    } finally {
      outputs?.dispose();
      input.dispose();
    }
  }

  /** The finder is made when a taught class is first asked for. */
  async #searchFor(options: FrameOptions): Promise<TaughtSearch | undefined> {
    if (options.taught === undefined || options.taught.length === 0) return undefined;
    this.#finder ??= await TaughtFinder.create(this.#entry, this.#network, this.#backend);
    return this.#finder.prepare(options);
  }

  /** Made once for each choice of maps. */
  #readerOf(maps: readonly string[] | undefined): Promise<FeatureReader> | undefined {
    if (maps === undefined || maps.length === 0) return undefined;
    const key = maps.join();
    if (this.#reader?.key !== key) {
      const made = FeatureReader.create(this.#entry, maps, this.#backend);
      this.#reader = { key, made };
      // What could not be fetched now may be had later.
      made.catch(() => (this.#reader = undefined));
    }
    return this.#reader.made;
  }

  /**
   * The part that runs on the device.
   *
   * @param region Of the frame, in whole pixels; all of it when absent.
   * @param reader Whose maps are kept, for the caller to dispose.
   * @returns Boxes normalised to the region.
   */
  async pass(
    frame: FrameData,
    { permitted, leastLogit, search }: Wanted,
    region?: BBox,
    reader?: FeatureReader,
  ): Promise<RawPass> {
    const start = performance.now();
    let input: Tensor4D | undefined;
    let outputs: NetworkOutputs | undefined;
    let maps: FeatureMaps | undefined;
    try {
      input = await this.#preprocessor.prepare(frame, region);
      assertAlive(this.#disposed);
      const prepared = performance.now();
      const names = this.#head.outputs;
      const wanted = [...names, ...(reader?.outputs ?? []), ...(search?.outputs ?? [])];
      outputs = await this.#network.run(input, [...new Set(wanted)]);
      assertAlive(this.#disposed);
      const candidates = await this.#head.candidates(
        names.map(outputs.tensor),
        permitted,
        leastLogit,
      );
      const taught = (await search?.find(outputs.tensor, frameSize(frame))) ?? [];
      if (reader) maps = mapsOf(reader, outputs);
      return {
        ...candidates,
        taught,
        maps,
        preprocess: prepared - start,
        inference: performance.now() - prepared,
      };
    } finally {
      // Maps that are kept are disposed by whoever reads them.
      if (!maps) outputs?.dispose();
      input?.dispose();
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#finder?.dispose();
    this.#head.dispose();
    this.#preprocessor.dispose();
  }
}
