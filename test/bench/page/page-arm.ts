import type { Detection } from '../../../src/domain/detection.js';
import type { ProbeCounts } from './probe-counts.js';

/** Where things lie; absolute addresses. */
export interface PageUrls {
  /** The published module of `<sightline-detector>`. */
  readonly element: string;
  /** `model.json` of the original network. */
  readonly original: string;
  /** Folder of TensorFlow.js's WASM files, with a trailing slash. */
  readonly wasm: string;
  /** Folder of what is compared with (see `rivals/paths.ts`), with a trailing slash. */
  readonly rivals: string;
}

/** A detector that is loaded and ready. */
export interface PageArm {
  /** Backend and adapter, for people to read. */
  readonly adapter: string;
  detect(picture: HTMLCanvasElement): Promise<readonly Detection[]>;
  /** What it did on the GPU so far, wherever it runs. */
  counts(): Promise<ProbeCounts>;
  /** @throws Error when what runs is not (or no longer) what was asked for. */
  assertIntact(): void;
  /** Frees it. */
  close(): Promise<void>;
}
