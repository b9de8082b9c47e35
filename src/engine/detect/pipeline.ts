import { dispose, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { toCandidates } from '../../domain/candidates.js';
import type { DetectionOptions } from '../../domain/detection.js';
import { permittedColumns } from '../../domain/label-filter.js';
import type { ModelEntry } from '../../domain/model-manifest.js';
import { nonMaxSuppression } from '../../domain/non-max-suppression.js';
import type { DetectionResult, FrameData } from '../../protocol/index.js';
import type { OpenBackend } from '../backend/backend.js';
import { createDetectorHead } from '../models/create-head.js';
import type { CandidateRows, DetectorHead } from '../models/detector-head.js';
import type { Network } from '../models/network.js';
import { createPreprocessor } from './create-preprocessor.js';
import { assertAlive, frameSize, type Preprocessor } from './preprocessor.js';

/** What one pass over a picture gave, before anything is decided about it. */
export interface RawPass extends CandidateRows {
  readonly width: number;
  readonly height: number;
  readonly preprocess: number;
  readonly inference: number;
}

/** A frame's journey on one backend: pixels → network → candidates → detections. */
export class Pipeline {
  readonly #entry: ModelEntry;
  readonly #backend: OpenBackend;
  readonly #network: Network;
  readonly #preprocessor: Preprocessor;
  readonly #head: DetectorHead;
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
    options: DetectionOptions,
  ): Promise<DetectionResult> {
    const pass = await this.pass(
      frame,
      permittedColumns(this.#entry.labels, options.categoryAllowlist, options.categoryDenylist),
    );
    const start = performance.now();
    const { width, height, preprocess, inference, readbackBytes } = pass;
    const candidates = toCandidates(pass.rows, this.#entry.labels, width, height);
    const detections = nonMaxSuppression(candidates, options);
    return {
      detections,
      frame: { width, height, timestamp },
      backend: this.#backend.name,
      timings: { preprocess, inference, postprocess: performance.now() - start },
      readbackBytes,
    };
  }

  /** The part that runs on the device. */
  async pass(frame: FrameData, permitted: Uint8Array): Promise<RawPass> {
    const start = performance.now();
    const size = frameSize(frame);
    let input: Tensor4D | undefined;
    let outputs: Tensor[] = [];
    try {
      input = await this.#preprocessor.prepare(frame);
      assertAlive(this.#disposed);
      const prepared = performance.now();
      outputs = this.#network.run(input, this.#head.outputs);
      const candidates = await this.#head.candidates(outputs, permitted);
      return {
        ...size,
        ...candidates,
        preprocess: prepared - start,
        inference: performance.now() - prepared,
      };
    } finally {
      dispose(outputs);
      input?.dispose();
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#head.dispose();
    this.#preprocessor.dispose();
  }
}
