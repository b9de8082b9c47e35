import type { BackendName } from '../../domain/backend.js';

/**
 * An opened TensorFlow.js backend: registered under its name and set as the
 * current one. Whoever opened it disposes it.
 */
export interface OpenBackend {
  readonly name: BackendName;
  /**
   * The TensorFlow.js backend that holds the tensors: `name`, except that
   * LiteRT on WebAssembly shares no memory with TensorFlow.js and takes its
   * tensors from ordinary memory (`cpu`).
   */
  readonly holder: BackendName;
  /** GPU adapter, renderer or thread count, for people to read. */
  readonly adapter: string;
  /** Whether a software rasteriser stands behind it. */
  readonly software: boolean;
  /**
   * Resolves with a reason if the device is lost through no doing of ours;
   * stays pending for ever otherwise.
   */
  readonly lost: Promise<string>;
  /** Device memory in bytes, where the backend keeps count. */
  gpuBytes(): number | undefined;
  /** Removes the backend with every tensor on it, and the device. */
  dispose(): void;
}

/** What opening a backend needs to know. */
export interface BackendEnvironment {
  /** Folder of TensorFlow.js's WASM files, absolute, with a trailing slash. */
  readonly wasmUrl: string;
  /** Folder of LiteRT's files, absolute, with a trailing slash. */
  readonly liteRtUrl: string;
  /**
   * Whether a software rasteriser will do. Only ever true when a person asked
   * for this backend by name.
   */
  readonly allowSoftware: boolean;
}

/** Opens one backend, or rejects with `backend-unavailable` and the reason. */
export type BackendOpener = (environment: BackendEnvironment) => Promise<OpenBackend>;

/** A promise that never settles: the `lost` of backends that cannot be lost. */
export const NEVER: Promise<never> = new Promise<never>(() => undefined);
