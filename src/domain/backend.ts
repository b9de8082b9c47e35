/** Where the numbers are crunched, in the order in which they are preferred. */
export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What a person may ask for. */
export type BackendChoice = 'auto' | BackendName;

/** One timed candidate of the first-run probe. */
export interface ProbeTiming {
  readonly backend: BackendName;
  /** Median milliseconds per frame. */
  readonly milliseconds: number;
}

/** A candidate that could not be used, and why (shown in the details panel). */
export interface BackendFailure {
  readonly backend: BackendName;
  readonly reason: string;
}

/** The remembered outcome of a probe; void when `key` no longer matches this machine. */
export interface ProbeRecord {
  /** Adapter, cores, isolation and app version: all that decides which backend is fastest. */
  readonly key: string;
  readonly winner: BackendName;
  readonly timings: readonly ProbeTiming[];
}

/**
 * A GPU has to be only nearly as fast as the CPU to be chosen: it leaves the
 * cores to the page and stays cooler.
 */
const GPU_PREFERENCE = 1.25;

/**
 * The backend to keep after timing the candidates.
 *
 * @param timings One entry per candidate that gave right answers.
 * @returns The winner, or `undefined` for an empty list.
 */
export function chooseBackend(timings: readonly ProbeTiming[]): BackendName | undefined {
  const weighted = timings.map((timing) => ({
    backend: timing.backend,
    cost:
      timing.backend === 'webgpu' || timing.backend === 'webgl'
        ? timing.milliseconds / GPU_PREFERENCE
        : timing.milliseconds,
  }));
  weighted.sort((a, b) => a.cost - b.cost || rank(a.backend) - rank(b.backend));
  return weighted[0]?.backend;
}

function rank(backend: BackendName): number {
  return BACKENDS.indexOf(backend);
}

/**
 * Whether an adapter or renderer name belongs to a software rasteriser. Such
 * a one is never chosen by itself: it is slower than WASM and heats the CPU.
 */
export function isSoftwareRenderer(description: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp\b/i.test(description);
}
