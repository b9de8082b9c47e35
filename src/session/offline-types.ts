import type { StorageUse } from '../platform/device-storage.js';
import type { InstallState } from '../platform/installation.js';
import type { OfflineProblem, OfflineVerdict } from '../domain/offline-verdict.js';

export type { OfflineProblem, OfflineVerdict } from '../domain/offline-verdict.js';
export type { StorageUse } from '../platform/device-storage.js';
export type { InstallState } from '../platform/installation.js';

export interface OfflineState {
  /**
   * - `unsupported`: this browser, mode or address has no service worker.
   * - `starting`: the app is being stored.
   * - `on`: the app itself is stored.
   * - `failed`: it could not be stored; `problem` says why.
   */
  readonly phase: 'unsupported' | 'starting' | 'on' | 'failed';
  readonly problem: OfflineProblem | undefined;
  /** Names the stored release. */
  readonly release: string | undefined;
  /** Weights and runtimes of the release. */
  readonly largeFiles: { readonly stored: number; readonly all: number } | undefined;
  /**
   * - `ready`: a new release is stored and waits for a reload.
   * - `elsewhere`: another tab has changed to it; this page is of the old one.
   */
  readonly update: 'none' | 'ready' | 'elsewhere';
}

export interface OfflineProgress {
  readonly step: 'files' | 'detection';
  /** 0 to 1 over the whole check. */
  readonly fraction: number;
}

/** The app on this device: stored, checked, updated, deleted. */
export interface Offline {
  readonly state: OfflineState;
  /** @returns unsubscribe. */
  onState(listener: (state: OfflineState) => void): () => void;
  /** Called with the path of each stored file that was damaged and has been fetched again. */
  onRepaired(listener: (url: string) => void): () => void;
  /** Stores the app; on a first visit only when the engine runs, for which a person waits. */
  start(): Promise<void>;
  /** The engine runs: what it uses is stored now, and the rest when nothing else is to be done. */
  engineReady(): void;
  /** Changes to the waiting release, and reloads this page. */
  applyUpdate(): Promise<void>;
  check(
    onProgress: (progress: OfflineProgress) => void,
    signal: AbortSignal,
  ): Promise<OfflineVerdict>;
  storage(): Promise<StorageUse>;
  /** Deletes everything that is stored, the app included, and reloads this page. */
  clearAll(): Promise<void>;
}

/** The page as an installed app; see `Installation`. */
export interface Installable {
  readonly state: InstallState;
  onChange(listener: (state: InstallState) => void): () => void;
  install(): Promise<void>;
}
