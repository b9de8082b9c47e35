import { setBackend } from '@tensorflow/tfjs-core';
import {
  chooseExecutor,
  isWorthProbing,
  sameExecutor,
  type BackendFailure,
  type Executor,
  type ProbeRecord,
  type ProbeTiming,
} from '../../domain/backend.js';
import { isAbort, toSightlineError } from '../../domain/errors.js';
import { Failures } from '../failures.js';
import type { ModelLibrary } from '../models/model-library.js';
import type { BuildContext } from '../build-context.js';
import { buildRuntime, type Runtime } from '../runtime.js';
import { everyColumn, selfTestFrame } from '../self-test.js';

/** Timed runs per candidate; the median counts. */
const RUNS = 3;

export interface ProbeOutcome {
  readonly runtime: Runtime;
  readonly record: ProbeRecord;
  readonly failures: readonly BackendFailure[];
}

/**
 * Builds the model on each executor that could be the fastest, times a few
 * frames, keeps the winner and disposes the rest. `isWorthProbing` says which
 * are tried.
 *
 * @param candidates In the order to try them in.
 * @param key Goes into the record; see `probeKey`.
 * @param onCandidate Called before each candidate.
 * @throws SightlineError `backend-unavailable` when nothing works, or `aborted`.
 */
export async function probeExecutors(
  candidates: readonly Executor[],
  library: ModelLibrary,
  context: BuildContext,
  key: string,
  onCandidate: (executor: Executor) => void,
): Promise<ProbeOutcome> {
  const failures = new Failures();
  const timings: ProbeTiming[] = [];
  let best: Runtime | undefined;
  try {
    for (const candidate of candidates) {
      if (!isWorthProbing(candidate, timings)) continue;
      context.signal.throwIfAborted();
      onCandidate(candidate);
      let runtime: Runtime | undefined;
      try {
        runtime = await buildRuntime(candidate, library, context);
        timings.push({ ...candidate, milliseconds: await timeFrames(runtime, library) });
      } catch (thrown) {
        runtime?.dispose();
        if (isAbort(thrown)) throw thrown;
        failures.add(candidate, thrown);
        continue;
      }
      const winner = chooseExecutor(timings);
      if (winner && sameExecutor(winner, candidate)) {
        best?.dispose();
        best = runtime;
      } else {
        runtime.dispose();
      }
    }
    context.signal.throwIfAborted();
  } catch (thrown) {
    best?.dispose();
    throw toSightlineError(thrown);
  }
  if (!best) throw failures.error();
  // A disposed loser leaves TensorFlow.js without a current backend.
  await setBackend(best.open.holder);
  const { runtime, backend } = best;
  return {
    runtime: best,
    record: { key, winner: { runtime, backend }, timings },
    failures: failures.list,
  };
}

/** Median milliseconds of a whole pass, readback included. */
async function timeFrames({ pipeline, guard }: Runtime, library: ModelLibrary): Promise<number> {
  const { entry } = library;
  const [picture] = await library.fetch([entry.selfTest.picture], new AbortController().signal);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const frame = await selfTestFrame(picture ?? new ArrayBuffer(0));
    try {
      const start = performance.now();
      await guard.run(() => pipeline.pass(frame, { permitted: everyColumn(entry) }));
      times.push(performance.now() - start);
    } finally {
      frame.close();
    }
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Infinity;
}
