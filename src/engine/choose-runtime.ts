import {
  EXECUTORS,
  permittedExecutors,
  sameExecutor,
  type BackendFailure,
  type BackendName,
  type Executor,
  type ProbeRecord,
} from '../domain/backend.js';
import { SightlineError, isAbort } from '../domain/errors.js';
import type { EngineInfo, LoadOptions } from '../protocol/index.js';
import { probeExecutors } from './backend/probe.js';
import { probeKey } from './backend/probe-key.js';
import { Failures } from './failures.js';
import type { ByteProgress } from './models/model-files.js';
import type { ModelLibrary } from './models/model-library.js';
import type { BuildContext } from './build-context.js';
import { buildRuntime, type Runtime } from './runtime.js';

/** A runtime and how it came to be chosen. */
export interface ChosenRuntime {
  readonly runtime: Runtime;
  readonly reason: EngineInfo['reason'];
  readonly probe: ProbeRecord | undefined;
  readonly failures: readonly BackendFailure[];
}

/** Who is told what a choice is about, and may end it. */
export interface ChoiceCall {
  readonly signal: AbortSignal;
  readonly onProgress: ByteProgress;
  readonly onExecutor: (executor: Executor, probing: boolean) => void;
}

/**
 * The executor by the rules of the house: a backend that a person asked for
 * is used or fails; else what an earlier probe on this very machine found;
 * else a probe.
 *
 * @throws SightlineError `backend-unavailable`, `model-…` or `aborted`.
 */
export async function chooseRuntime(
  library: ModelLibrary,
  options: LoadOptions,
  { onExecutor, ...call }: ChoiceCall,
): Promise<ChosenRuntime> {
  const { backend, remembered, runtime: asked } = options;
  const context = contextOf(options, call);
  const candidates = permittedExecutors(backend, asked);
  const begin = (executor: Executor): void => {
    onExecutor(executor, false);
  };
  if (backend !== 'auto') {
    const { runtime, failures } = await firstThatWorks(candidates, library, context, begin);
    return { runtime, reason: 'requested', probe: remembered, failures };
  }
  const key = await probeKey(library.entry);
  const known =
    remembered?.key === key
      ? candidates.filter((candidate) => sameExecutor(candidate, remembered.winner))
      : [];
  let failures: readonly BackendFailure[] = [];
  if (known.length > 0) {
    const tried = new Failures();
    try {
      const { runtime } = await firstThatWorks(known, library, context, begin, tried);
      return { runtime, reason: 'remembered', probe: remembered, failures };
    } catch (thrown) {
      if (isAbort(thrown)) throw thrown;
      failures = tried.list;
    }
  }
  const outcome = await probeExecutors(candidates, library, context, key, (executor) => {
    onExecutor(executor, true);
  });
  return {
    runtime: outcome.runtime,
    reason: 'probed',
    probe: outcome.record,
    failures: [...failures, ...outcome.failures],
  };
}

/**
 * A runtime after the one in use was lost: the same executor again, else the
 * next that works.
 *
 * @param again Whether the lost one deserves another try.
 * @throws SightlineError `device-lost` when nothing works.
 */
export async function replaceRuntime(
  lost: Executor,
  again: boolean,
  library: ModelLibrary,
  options: LoadOptions,
): Promise<ChosenRuntime> {
  const call = { signal: new AbortController().signal, onProgress: () => undefined };
  const tried = new Failures();
  try {
    const { runtime, failures } = await firstThatWorks(
      replacements(lost, again),
      library,
      contextOf(options, call),
      () => undefined,
      tried,
    );
    const reason = sameExecutor(runtime, lost) ? 'remembered' : 'fallback';
    return { runtime, reason, probe: options.remembered, failures };
  } catch (thrown) {
    throw new SightlineError('device-lost', tried.error().detail, { cause: thrown });
  }
}

/** WASM before the other GPU interface: after a driver crash both are gone. */
const AFTER_A_LOSS: readonly BackendName[] = ['wasm', 'webgl', 'cpu'];

function replacements(lost: Executor, again: boolean): readonly Executor[] {
  const others = AFTER_A_LOSS.filter((backend) => backend !== lost.backend).flatMap((backend) =>
    EXECUTORS.filter((executor) => executor.backend === backend),
  );
  return again ? [lost, ...others] : others;
}

async function firstThatWorks(
  candidates: readonly Executor[],
  library: ModelLibrary,
  context: BuildContext,
  begin: (executor: Executor) => void,
  failures = new Failures(),
): Promise<{ readonly runtime: Runtime; readonly failures: readonly BackendFailure[] }> {
  for (const candidate of candidates) {
    context.signal.throwIfAborted();
    begin(candidate);
    try {
      return { runtime: await buildRuntime(candidate, library, context), failures: failures.list };
    } catch (thrown) {
      if (isAbort(thrown)) throw thrown;
      failures.add(candidate, thrown);
    }
  }
  throw failures.error();
}

function contextOf(
  { backend, wasmUrl, liteRtUrl }: LoadOptions,
  call: Pick<BuildContext, 'signal' | 'onProgress'>,
): BuildContext {
  return { wasmUrl, liteRtUrl, allowSoftware: backend !== 'auto', ...call };
}
