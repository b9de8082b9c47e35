import type { BackendFailure, BackendName, ProbeRecord } from '../domain/backend.js';
import { toSightlineError } from '../domain/errors.js';
import type { EngineInfo, LoadOptions } from '../protocol/index.js';
import { probeBackends } from './backend/probe.js';
import { probeKey } from './backend/probe-key.js';
import { buildRuntime, type LoadedModel, type Runtime } from './loaded-model.js';

/** A runtime and how it came to be chosen. */
export interface ChosenRuntime {
  readonly runtime: Runtime;
  readonly reason: EngineInfo['reason'];
  readonly probe: ProbeRecord | undefined;
  readonly failures: readonly BackendFailure[];
}

/**
 * The backend by the rules of the house: what a person asked for is used or
 * fails; else what an earlier probe on this very machine found; else a probe.
 *
 * @throws SightlineError `backend-unavailable`, `backend-failed` or `aborted`.
 */
export async function chooseRuntime(
  model: LoadedModel,
  options: LoadOptions,
  signal: AbortSignal,
  onBackend: (backend: BackendName, probing: boolean) => void,
): Promise<ChosenRuntime> {
  const environment = { wasmUrl: options.wasmUrl, allowSoftware: options.backend !== 'auto' };
  if (options.backend !== 'auto') {
    onBackend(options.backend, false);
    const runtime = await buildRuntime(options.backend, model, environment);
    return { runtime, reason: 'requested', probe: options.remembered, failures: [] };
  }
  const key = await probeKey(model);
  const failures: BackendFailure[] = [];
  const { remembered } = options;
  if (remembered?.key === key) {
    onBackend(remembered.winner, false);
    try {
      const runtime = await buildRuntime(remembered.winner, model, environment);
      return { runtime, reason: 'remembered', probe: remembered, failures };
    } catch (thrown) {
      failures.push({ backend: remembered.winner, reason: toSightlineError(thrown).detail });
    }
  }
  const outcome = await probeBackends(model, environment, key, signal, (backend) => {
    onBackend(backend, true);
  });
  return {
    runtime: outcome.runtime,
    reason: 'probed',
    probe: outcome.record,
    failures: [...failures, ...outcome.failures],
  };
}

/**
 * A runtime after the one in use was lost: the same backend again, else the
 * next that works.
 *
 * @param again Whether the lost backend deserves another try.
 * @throws SightlineError `device-lost` when nothing works.
 */
export async function replaceRuntime(
  lost: BackendName,
  again: boolean,
  model: LoadedModel,
  options: LoadOptions,
): Promise<ChosenRuntime> {
  const environment = { wasmUrl: options.wasmUrl, allowSoftware: options.backend !== 'auto' };
  const failures: BackendFailure[] = [];
  // WASM before the other GPU interface: after a driver crash both are gone.
  const order = new Set<BackendName>([lost, 'wasm', 'webgl', 'cpu']);
  if (!again) order.delete(lost);
  for (const backend of order) {
    try {
      const runtime = await buildRuntime(backend, model, environment);
      const reason = backend === lost ? 'remembered' : 'fallback';
      return { runtime, reason, probe: options.remembered, failures };
    } catch (thrown) {
      failures.push({ backend, reason: toSightlineError(thrown).detail });
    }
  }
  throw toSightlineError(new Error(failures.map(({ reason }) => reason).join('; ')), 'device-lost');
}
