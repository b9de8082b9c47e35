import { deleteStoredData, storageUse } from '../platform/device-storage.js';
import { Listeners } from '../platform/listeners.js';
import { OfflineError, type OfflineEvent, type OfflineWorker } from '../platform/offline-worker.js';
import { OfflineCheck, type Rehearsal } from './offline-check.js';
import type {
  Offline,
  OfflineProgress,
  OfflineState,
  OfflineVerdict,
  StorageUse,
} from './offline-types.js';

/** A first visit begins to store the app at the latest after this, engine or not. */
const LONGEST_WAIT_MS = 20_000;
const UPDATE_INTERVAL_MS = 3_600_000;

export interface OfflineParts {
  /** `undefined` where there are no service workers. */
  readonly worker: OfflineWorker | undefined;
  /** Detects once in a picture that is part of the app. */
  readonly rehearse: Rehearsal;
  readonly isOurs: (name: string) => boolean;
  readonly reload: () => void;
}

/** See `Offline`. */
export class OfflineKeeper implements Offline {
  readonly #parts: OfflineParts;
  readonly #states = new Listeners<OfflineState>();
  readonly #repairs = new Listeners<string>();
  #state: OfflineState;
  #isApplying = false;
  #isCompleting = false;
  #engineReady: () => void = () => undefined;

  constructor(parts: OfflineParts) {
    this.#parts = parts;
    this.#state = {
      phase: parts.worker === undefined ? 'unsupported' : 'starting',
      problem: undefined,
      release: undefined,
      largeFiles: undefined,
      update: 'none',
    };
    parts.worker?.onEvent((event) => {
      this.#heard(event);
    });
  }

  get state(): OfflineState {
    return this.#state;
  }

  onState(listener: (state: OfflineState) => void): () => void {
    return this.#states.add(listener);
  }

  onRepaired(listener: (url: string) => void): () => void {
    return this.#repairs.add(listener);
  }

  engineReady(): void {
    this.#engineReady();
  }

  async start(): Promise<void> {
    const { worker } = this.#parts;
    if (worker === undefined) return;
    const engine = new Promise<void>((resolve) => {
      this.#engineReady = resolve;
      setTimeout(resolve, LONGEST_WAIT_MS);
    });
    // On a first visit the person waits for the engine, and nobody for us.
    if (!worker.isControlled) await engine;
    try {
      await worker.register();
      await worker.ready();
      this.#change({ phase: 'on', problem: undefined });
      this.#lookForUpdates(worker);
      await engine;
      await this.#complete(worker);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  async applyUpdate(): Promise<void> {
    this.#isApplying = true;
    try {
      await this.#parts.worker?.activateUpdate();
      // A release that another tab has let in already answers by now.
      if (this.#state.update === 'elsewhere') this.#parts.reload();
    } catch {
      // A reload brings at least the page and its worker together.
      this.#parts.reload();
    }
  }

  async check(
    onProgress: (progress: OfflineProgress) => void,
    signal: AbortSignal,
  ): Promise<OfflineVerdict> {
    const { worker, rehearse } = this.#parts;
    if (worker === undefined) return { isReady: false, reason: { kind: 'unsupported' } };
    const verdict = await new OfflineCheck(worker, rehearse).run(onProgress, signal);
    await this.#refresh(worker).catch(() => undefined);
    return verdict;
  }

  storage(): Promise<StorageUse> {
    return storageUse();
  }

  async clearAll(): Promise<void> {
    const { worker, isOurs, reload } = this.#parts;
    // The worker first: it would store again what is asked for meanwhile.
    await worker?.unregister().catch(() => undefined);
    await deleteStoredData(isOurs);
    reload();
  }

  #heard(event: OfflineEvent): void {
    switch (event.kind) {
      case 'update-ready':
        this.#change({ update: 'ready' });
        break;
      case 'install-failed':
        if (this.#state.phase === 'starting') {
          this.#change({ phase: 'failed', problem: this.#state.problem ?? 'network' });
        }
        break;
      case 'taken-over':
        if (this.#isApplying) this.#parts.reload();
        else this.#change({ update: 'elsewhere' });
        break;
      case 'notice':
        if (event.notice.type === 'sightline-offline-repaired') {
          this.#repairs.emit(event.notice.url);
        } else {
          this.#change({ problem: event.notice.reason });
        }
        break;
    }
  }

  /** Stores what the running engine uses, then, when the page is idle, all other large files. */
  async #complete(worker: OfflineWorker): Promise<void> {
    if (this.#isCompleting) return;
    this.#isCompleting = true;
    try {
      const missing = await this.#missing(worker);
      for (const url of missing) await worker.call('store', { url, from: 'adopt' });
      const unused = await this.#missing(worker);
      if (unused.length > 0 && isSavingData()) return;
      for (const url of unused) {
        await idle();
        await worker.call('store', { url, from: 'fetch' });
        await this.#refresh(worker);
      }
      this.#change({ problem: undefined });
    } catch (thrown) {
      this.#fail(thrown);
      // The rest comes with the connection, or at the next start.
      addEventListener('online', () => void this.#complete(worker), { once: true });
    } finally {
      this.#isCompleting = false;
    }
  }

  async #missing(worker: OfflineWorker): Promise<readonly string[]> {
    const { largeFiles } = await this.#refresh(worker);
    return largeFiles.filter(({ stored }) => !stored).map(({ url }) => url);
  }

  async #refresh(worker: OfflineWorker): ReturnType<typeof worker.call<'status'>> {
    const status = await worker.call('status', undefined);
    const stored = status.largeFiles.filter((file) => file.stored).length;
    const all = status.largeFiles.length;
    this.#change({ release: status.release, largeFiles: { stored, all } });
    return status;
  }

  #lookForUpdates(worker: OfflineWorker): void {
    let last = Date.now();
    const look = (): void => {
      if (Date.now() - last < UPDATE_INTERVAL_MS) return;
      last = Date.now();
      void worker.lookForUpdate();
    };
    setInterval(look, UPDATE_INTERVAL_MS / 4);
    document.addEventListener('visibilitychange', look);
  }

  #fail(thrown: unknown): void {
    // The worker itself may have told the cause already.
    if (this.#state.phase === 'failed') return;
    const problem = thrown instanceof OfflineError ? thrown.problem : 'internal';
    const isStored = this.#state.phase === 'on';
    this.#change(isStored ? { problem } : { phase: 'failed', problem });
  }

  #change(changes: Partial<OfflineState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#states.emit(this.#state);
  }
}

/** Where data is to be saved, or paid for, only what is used is stored. */
function isSavingData(): boolean {
  const { connection } = navigator as Navigator & {
    connection?: { readonly saveData?: boolean; readonly type?: string };
  };
  return connection?.saveData === true || connection?.type === 'cellular';
}

/** Resolves when the page has nothing better to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      resolve();
    };
    if ('requestIdleCallback' in globalThis) requestIdleCallback(done, { timeout: 10_000 });
    else setTimeout(done, 1000);
  });
}
