import { setBackend } from '@tensorflow/tfjs-core';
import {
  type BackendFailure,
  type BackendName,
  type ProbeRecord,
  type ProbeTiming,
  BACKENDS,
  chooseBackend,
} from '../../domain/backend.js';
import { SightlineError, toSightlineError } from '../../domain/errors.js';
import { buildRuntime, testPicture, type LoadedModel, type Runtime } from '../loaded-model.js';
import type { BackendEnvironment } from './backend.js';

/** Timed runs per candidate; the median counts. */
const RUNS = 3;

export interface ProbeOutcome {
  readonly runtime: Runtime;
  readonly record: ProbeRecord;
  readonly failures: readonly BackendFailure[];
}

/**
 * Builds the model on each backend that could be the fastest, times a few
 * frames, keeps the winner and disposes the rest.
 *
 * WebGL is only tried where WebGPU cannot be had (it is the same GPU, and
 * slower), the CPU backend only where nothing else works.
 *
 * @param key Goes into the record; see `probeKey`.
 * @param onCandidate Called before each candidate.
 * @throws SightlineError `backend-unavailable` when nothing works, or `aborted`.
 */
export async function probeBackends(
  model: LoadedModel,
  environment: BackendEnvironment,
  key: string,
  signal: AbortSignal,
  onCandidate: (backend: BackendName) => void,
): Promise<ProbeOutcome> {
  const failures: BackendFailure[] = [];
  const timings: ProbeTiming[] = [];
  let best: Runtime | undefined;
  try {
    for (const backend of BACKENDS) {
      if (backend === 'webgl' && best) continue;
      if (backend === 'cpu' && best) continue;
      signal.throwIfAborted();
      onCandidate(backend);
      let runtime: Runtime | undefined;
      try {
        runtime = await buildRuntime(backend, model, environment);
        timings.push({ backend, milliseconds: await timeFrames(runtime, model) });
      } catch (thrown) {
        runtime?.dispose();
        failures.push({ backend, reason: toSightlineError(thrown).detail });
        continue;
      }
      if (chooseBackend(timings) === backend) {
        best?.dispose();
        best = runtime;
      } else {
        runtime.dispose();
      }
    }
    signal.throwIfAborted();
  } catch (thrown) {
    best?.dispose();
    throw toSightlineError(thrown);
  }
  if (!best) {
    const reasons = failures.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
    throw new SightlineError('backend-unavailable', reasons);
  }
  // A disposed loser leaves tfjs without a current backend.
  await setBackend(best.backend.name);
  return { runtime: best, record: { key, winner: best.backend.name, timings }, failures };
}

/** Median milliseconds of a whole pass, readback included. */
async function timeFrames({ pipeline, guard }: Runtime, { entry }: LoadedModel): Promise<number> {
  const everything = Uint8Array.from(entry.labels, (label) => (label === null ? 0 : 1));
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const frame = await testPicture(640, 480);
    try {
      const start = performance.now();
      await guard.run(() => pipeline.pass(frame, everything));
      times.push(performance.now() - start);
    } finally {
      frame.close();
    }
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Infinity;
}
