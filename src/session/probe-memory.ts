import { EXECUTORS } from '../domain/backend.js';
import type { Executor, ProbeRecord } from '../domain/backend.js';
import type { KeyValueStore } from '../platform/storage.js';

const KEY = 'probe';

/** Remembers what was fastest on this device, so that the next start need not time them again. */
export class ProbeMemory {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  /** @returns `undefined` before the first probe; whether it still holds here is the engine's to tell. */
  recall(): ProbeRecord | undefined {
    return this.#store.read(KEY, isProbeRecord);
  }

  /** The next start times the candidates again. */
  forget(): void {
    this.#store.remove(KEY);
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
    isExecutor(winner) &&
    Array.isArray(timings) &&
    timings.every(
      (timing) =>
        isExecutor(timing) && 'milliseconds' in timing && Number.isFinite(timing.milliseconds),
    )
  );
}

function isObject(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isExecutor(value: unknown): value is Executor {
  if (!isObject(value)) return false;
  return EXECUTORS.some(
    ({ runtime, backend }) => runtime === value['runtime'] && backend === value['backend'],
  );
}
