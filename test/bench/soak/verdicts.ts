import { median } from '../../../src/domain/statistics.js';

/** How the app was at one moment of a soak. */
export interface SoakPoint {
  /** Frames processed until then. */
  readonly frames: number;
  /** Seconds since the beginning. */
  readonly seconds: number;
  readonly tensors: number;
  readonly tensorBytes: number;
  /** On the GPU, as the backend reports it; `undefined` on WASM and JavaScript. */
  readonly gpuBytes: number | undefined;
  /** JavaScript memory of the page and its workers, after a collection. */
  readonly heapBytes: number | undefined;
  /** Of the engine's WebAssembly memory, which only ever grows. */
  readonly wasmBytes: number | undefined;
  /** Median milliseconds per frame, as the engine counts them, since the point before. */
  readonly latency: number;
  /** Workers and devices that had to be replaced so far. */
  readonly replacements: number;
}

/** One question and its answer. */
export interface Verdict {
  readonly passed: boolean;
  readonly text: string;
}

/** What memory may grow by, in bytes, over a whole soak (DESIGN.md, section 8). */
const HEAP_GROWTH_LIMIT = 5e6;

/** WebAssembly grows in steps of 64 KB, and tfjs' allocator settles only after some frames. */
const WASM_GROWTH_LIMIT = 5e6;

/**
 * Judges a soak. Growth is the median of the last quarter over that of the
 * first, so that neither a collection that is due nor one odd moment decides.
 *
 * @param points In order; the start (loading, compiling, first frames) left out.
 * @throws RangeError with fewer than two points.
 */
export function soakVerdicts(points: readonly SoakPoint[]): Verdict[] {
  if (points.length < 2) throw new RangeError('a soak needs two points at least');
  const last = points.at(-1);
  return [
    unchanging('tensors', points, ({ tensors }) => tensors),
    unchanging('tensor bytes', points, ({ tensorBytes }) => tensorBytes),
    growing('GPU', points, ({ gpuBytes }) => gpuBytes, 0),
    growing('JavaScript heap', points, ({ heapBytes }) => heapBytes, HEAP_GROWTH_LIMIT),
    growing('WebAssembly memory', points, ({ wasmBytes }) => wasmBytes, WASM_GROWTH_LIMIT),
    {
      passed: last?.replacements === 0,
      text: `workers and devices replaced: ${last?.replacements ?? 0}`,
    },
  ].filter((verdict) => verdict !== undefined);
}

/** Time per frame at the end as a multiple of that at the beginning: a figure, not a verdict. */
export function latencyDrift(points: readonly SoakPoint[]): number {
  const { first, last } = quarters(points);
  const of = (some: readonly SoakPoint[]): number => median(some.map(({ latency }) => latency));
  return of(last) / of(first);
}

function unchanging(
  name: string,
  points: readonly SoakPoint[],
  read: (point: SoakPoint) => number,
): Verdict {
  const values = points.map(read);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const passed = lowest === highest;
  return { passed, text: `${name}: ${passed ? lowest : `${lowest} to ${highest}`}` };
}

/** @returns `undefined` for what was never measured. */
function growing(
  name: string,
  points: readonly SoakPoint[],
  read: (point: SoakPoint) => number | undefined,
  limit: number,
): Verdict | undefined {
  const { first, last } = quarters(points);
  const of = (some: readonly SoakPoint[]): number =>
    median(some.map(read).filter((value) => value !== undefined));
  const growth = of(last) - of(first);
  if (Number.isNaN(growth)) return undefined;
  const megabytes = `${growth < 0 ? '−' : '+'}${Math.abs(growth / 1e6).toFixed(2)} MB`;
  return { passed: growth <= limit, text: `${name}: ${megabytes} (at most ${limit / 1e6} MB)` };
}

function quarters(points: readonly SoakPoint[]): { first: SoakPoint[]; last: SoakPoint[] } {
  const count = Math.max(1, Math.floor(points.length / 4));
  return { first: points.slice(0, count), last: points.slice(-count) };
}
