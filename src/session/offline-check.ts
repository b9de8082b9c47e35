import type { BackendName } from '../domain/backend.js';
import { isAbort, toSightlineError } from '../domain/errors.js';
import type { OfflineVerdict } from '../domain/offline-verdict.js';
import { linkedController, throwIfAborted } from '../platform/abort.js';
import { persistStorage } from '../platform/device-storage.js';
import { OfflineError, type OfflineWorker } from '../platform/offline-worker.js';
import type { OfflineProgress } from './offline-types.js';

/** What a rehearsal has found. */
export interface RehearsalResult {
  readonly labels: readonly string[];
  readonly backend: BackendName;
}

/** Starts another engine, looks at a picture that is part of the app, and ends the engine. */
export type Rehearsal = (signal: AbortSignal) => Promise<RehearsalResult>;

/** The share of the work that is looking at files. */
const FILES_SHARE = 0.5;
/** How long the network is cut at most; a rehearsal that takes longer has failed. */
const REHEARSAL_MS = 90_000;

/**
 * "Safe to go offline": every stored file is held against its hash, then one
 * detection runs with the network cut off.
 */
export class OfflineCheck {
  readonly #worker: OfflineWorker;
  readonly #rehearse: Rehearsal;

  constructor(worker: OfflineWorker, rehearse: Rehearsal) {
    this.#worker = worker;
    this.#rehearse = rehearse;
  }

  /** @throws SightlineError `aborted`; every other outcome is a verdict. */
  async run(
    onProgress: (progress: OfflineProgress) => void,
    signal: AbortSignal,
  ): Promise<OfflineVerdict> {
    try {
      return await this.#run(onProgress, signal);
    } catch (thrown) {
      if (isAbort(thrown) || signal.aborted) throw toSightlineError(thrown, 'aborted');
      const problem = thrown instanceof OfflineError ? thrown.problem : 'internal';
      if (problem === 'other-release') {
        return { isReady: false, reason: { kind: 'update-needed' } };
      }
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      return { isReady: false, reason: { kind: 'problem', problem, detail } };
    }
  }

  async #run(
    onProgress: (progress: OfflineProgress) => void,
    signal: AbortSignal,
  ): Promise<OfflineVerdict> {
    if (!this.#worker.isControlled) {
      return { isReady: false, reason: { kind: 'reload-needed' } };
    }
    const report = await this.#worker.call('verify', undefined, {
      onProgress: (fraction) => {
        onProgress({ step: 'files', fraction: fraction * FILES_SHARE });
      },
    });
    throwIfAborted(signal);
    if (report.broken.length > 0) {
      const { broken: files, outOfSpace } = report;
      return { isReady: false, reason: { kind: 'files', files, outOfSpace } };
    }
    const persisted = await persistStorage();
    onProgress({ step: 'detection', fraction: FILES_SHARE });
    const outcome = await this.#rehearseCutOff(signal);
    if ('missing' in outcome) {
      // What this device needs was not stored yet: it is now, if there is a network.
      const failed = await this.#storeAll(outcome.missing);
      if (failed.length > 0) {
        return { isReady: false, reason: { kind: 'files', files: failed, outOfSpace: false } };
      }
    }
    throwIfAborted(signal);
    const last = 'missing' in outcome ? await this.#rehearseCutOff(signal) : outcome;
    onProgress({ step: 'detection', fraction: 1 });
    if ('missing' in last) {
      const reason = { kind: 'files', files: last.missing, outOfSpace: false } as const;
      return { isReady: false, reason };
    }
    if ('detail' in last) {
      return { isReady: false, reason: { kind: 'detection', detail: last.detail } };
    }
    return {
      isReady: true,
      files: report.sound + report.repaired.length,
      repaired: report.repaired.length,
      found: last.labels,
      backend: last.backend,
      persisted,
    };
  }

  async #rehearseCutOff(
    signal: AbortSignal,
  ): Promise<
    RehearsalResult | { readonly missing: readonly string[] } | { readonly detail: string }
  > {
    await this.#worker.call('cut-network', { milliseconds: REHEARSAL_MS });
    let result: RehearsalResult | undefined;
    let detail = '';
    const limit = linkedController(signal);
    const timer = setTimeout(() => {
      limit.abort();
    }, REHEARSAL_MS);
    try {
      result = await this.#rehearse(limit.signal);
    } catch (thrown) {
      detail = thrown instanceof Error ? thrown.message : String(thrown);
    } finally {
      clearTimeout(timer);
    }
    const { refused } = await this.#worker.call('cut-network', { milliseconds: 0 });
    throwIfAborted(signal);
    if (result !== undefined && result.labels.length > 0) return result;
    if (refused.length > 0) return { missing: refused };
    return { detail: detail === '' ? 'nothing was recognised' : detail };
  }

  /** @returns Paths that could not be stored. */
  async #storeAll(urls: readonly string[]): Promise<readonly string[]> {
    const failed: string[] = [];
    for (const url of urls) {
      try {
        await this.#worker.call('store', { url, from: 'fetch' });
      } catch {
        failed.push(url);
      }
    }
    return failed;
  }
}
