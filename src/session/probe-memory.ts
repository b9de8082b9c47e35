import { BACKENDS } from '../domain/backend.js';
import type { BackendName, ProbeRecord } from '../domain/backend.js';
import type { KeyValueStore } from '../platform/storage.js';

const KEY = 'probe';

/** Remembers which backend was fastest on this device, so that the next start need not time them again. */
export class ProbeMemory {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  /** @returns `undefined` before the first probe; whether it still holds here is the engine's to tell. */
  recall(): ProbeRecord | undefined {
    return this.#store.read(KEY, isProbeRecord);
  }

  keep(record: ProbeRecord | undefined): void {
    if (record !== undefined) this.#store.write(KEY, record);
  }
}

function isProbeRecord(value: unknown): value is ProbeRecord {
  if (!isObject(value)) return false;
  const { key, winner, timings } = value;
  return (
    typeof key === 'string' &&
    isBackend(winner) &&
    Array.isArray(timings) &&
    timings.every(
      (timing) =>
        isObject(timing) && isBackend(timing['backend']) && Number.isFinite(timing['milliseconds']),
    )
  );
}

function isObject(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isBackend(value: unknown): value is BackendName {
  return BACKENDS.some((backend) => backend === value);
}
