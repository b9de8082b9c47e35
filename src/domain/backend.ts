/** Where the numbers are crunched, in the order in which they are preferred. */
export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What a person may ask for. */
export type BackendChoice = 'auto' | BackendName;

/** What runs the network: LiteRT.js, or TensorFlow.js, which runs everywhere. */
export const RUNTIMES = ['litert', 'tfjs'] as const;
export type RuntimeName = (typeof RUNTIMES)[number];

/** What a person may ask for. */
export type RuntimeChoice = 'auto' | RuntimeName;

/** A runtime on a backend: what a network is built on. */
export interface Executor {
  readonly runtime: RuntimeName;
  readonly backend: BackendName;
}

/** Every executor there is, in the order in which they are tried. */
export const EXECUTORS: readonly Executor[] = [
  { runtime: 'litert', backend: 'webgpu' },
  { runtime: 'tfjs', backend: 'webgpu' },
  { runtime: 'tfjs', backend: 'webgl' },
  { runtime: 'litert', backend: 'wasm' },
  { runtime: 'tfjs', backend: 'wasm' },
  { runtime: 'tfjs', backend: 'cpu' },
];

/** Those that a person's choices leave. */
export function permittedExecutors(
  backend: BackendChoice,
  runtime: RuntimeChoice,
): readonly Executor[] {
  return EXECUTORS.filter(
    (executor) =>
      (backend === 'auto' || executor.backend === backend) &&
      (runtime === 'auto' || executor.runtime === runtime),
  );
}

export function sameExecutor(one: Executor, other: Executor): boolean {
  return one.runtime === other.runtime && one.backend === other.backend;
}

/** One timed candidate of the first-run probe. */
export interface ProbeTiming extends Executor {
  /** Median milliseconds per frame. */
  readonly milliseconds: number;
}

/** A candidate that could not be used, and why (shown in the details panel). */
export interface BackendFailure extends Executor {
  readonly reason: string;
}

/** The remembered outcome of a probe; void when `key` no longer matches this machine. */
export interface ProbeRecord {
  /** Adapter, cores, isolation and app version: all that decides what is fastest. */
  readonly key: string;
  readonly winner: Executor;
  readonly timings: readonly ProbeTiming[];
}

/**
 * A GPU has to be only nearly as fast as the CPU to be chosen: it leaves the
 * cores to the page and stays cooler.
 */
const GPU_PREFERENCE = 1.25;

/** Milliseconds per frame below which nothing faster would show: cameras give 60 frames a second at most. */
const FAST_ENOUGH = 12;

/**
 * The executor to keep after timing the candidates.
 *
 * @param timings One entry per candidate that gave right answers.
 * @returns The winner, or `undefined` for an empty list.
 */
export function chooseExecutor(timings: readonly ProbeTiming[]): Executor | undefined {
  const cost = ({ backend, milliseconds }: ProbeTiming): number =>
    isGpu(backend) ? milliseconds / GPU_PREFERENCE : milliseconds;
  const [winner] = timings.toSorted((a, b) => cost(a) - cost(b) || rank(a) - rank(b));
  return winner && { runtime: winner.runtime, backend: winner.backend };
}

/**
 * Whether a candidate is worth the download that trying it takes, after those
 * that were timed: not when one is fast enough already, nor a second runtime
 * on a backend where the first works, nor WebGL beside WebGPU (the same GPU,
 * and slower), nor plain JavaScript beside anything.
 */
export function isWorthProbing(candidate: Executor, timings: readonly ProbeTiming[]): boolean {
  if (timings.some(({ milliseconds }) => milliseconds <= FAST_ENOUGH)) return false;
  if (candidate.backend === 'cpu') return timings.length === 0;
  const rivals: readonly BackendName[] =
    candidate.backend === 'webgl' ? ['webgl', 'webgpu'] : [candidate.backend];
  return !timings.some(({ backend }) => rivals.includes(backend));
}

function isGpu(backend: BackendName): boolean {
  return backend === 'webgpu' || backend === 'webgl';
}

function rank(one: Executor): number {
  return EXECUTORS.findIndex((other) => sameExecutor(one, other));
}

/**
 * Whether an adapter or renderer name belongs to a software rasteriser. Such
 * a one is never chosen by itself: it is slower than WASM and heats the CPU.
 */
export function isSoftwareRenderer(description: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp\b/i.test(description);
}
