import { BASELINE, ratioBudget, TAUGHT_BUDGET } from './arms.js';
import type { ArmRecord, BenchOptions } from './run.js';
import { median, pairedRatio, quantile, type Estimate } from '../../src/domain/statistics.js';
import { bytesInWords, textTable } from './table.js';

/**
 * With fewer pairs not even the range of all of them holds the true median 95
 * times in 100: it misses it when all fall on one side, 2 times in 2 ** n.
 */
const LEAST_ROUNDS = 6;

/** One arm in figures; all but `ratio` are for information. */
export interface ArmFigures {
  readonly id: string;
  readonly title: string;
  readonly adapter: string;
  /** Whether it looks at tiles as well. */
  readonly looksCloser: boolean;
  /** Time per frame as a multiple of stock's. */
  readonly ratio: Estimate;
  /** The same as a multiple of the arm's that it is beside. */
  readonly beside: { readonly title: string; readonly ratio: Estimate } | undefined;
  readonly medianMilliseconds: number;
  /** Milliseconds for which the page's thread was busy at a stretch, per frame. */
  readonly gap: { readonly median: number; readonly p99: number; readonly idle: number };
  readonly dispatches: number;
  readonly submits: number;
  /** `undefined` where nothing has to be read back: WASM and JavaScript work in the page's own memory. */
  readonly readbackBytes: number | undefined;
  readonly peakMemoryBytes: number | undefined;
}

/** What `.cache/bench/*.json` holds. */
export interface BenchReport {
  readonly options: BenchOptions;
  readonly date: string;
  readonly figures: readonly ArmFigures[];
  readonly records: readonly ArmRecord[];
}

export function benchReport(
  options: BenchOptions,
  records: readonly ArmRecord[],
  date: Date,
): BenchReport {
  const baseline = records.find(({ arm }) => arm.id === BASELINE);
  if (baseline === undefined) throw new Error('nothing to compare with');
  const usesGpu = options.backend === 'webgpu' || options.backend === 'webgl';
  const figures = records.map((record) => ({
    id: record.arm.id,
    title: record.arm.title,
    adapter: record.adapter,
    looksCloser: record.arm.looksCloser === true,
    ratio: pairedRatio(record.milliseconds, baseline.milliseconds),
    beside: besideOf(record, records),
    medianMilliseconds: median(record.milliseconds),
    gap: {
      median: median(record.longestGaps),
      p99: quantile(record.longestGaps, 0.99),
      idle: record.idleGap,
    },
    dispatches: median(record.dispatches),
    submits: median(record.submits),
    readbackBytes: usesGpu ? median(record.readbackBytes) : undefined,
    peakMemoryBytes: record.peakMemory,
  }));
  return { options, date: date.toISOString(), figures, records };
}

function besideOf(
  { arm, milliseconds }: ArmRecord,
  records: readonly ArmRecord[],
): ArmFigures['beside'] {
  const other = records.find((record) => record.arm.id === arm.beside);
  if (other === undefined) return undefined;
  return { title: other.arm.title, ratio: pairedRatio(milliseconds, other.milliseconds) };
}

/** The report for people; the last line sums it up. */
export function benchLines({ options, figures }: BenchReport): string[] {
  const heading = [
    'arm',
    'ratio to stock [95 %]',
    'ms',
    'gap ms',
    'p99',
    'idle',
    'dispatches',
    'submits',
    'readback',
    'memory',
  ];
  const rows = figures.map((arm) => [
    arm.title,
    arm.id === BASELINE ? '1' : ratioInWords(arm.ratio),
    arm.medianMilliseconds.toFixed(1),
    arm.gap.median.toFixed(1),
    arm.gap.p99.toFixed(1),
    arm.gap.idle.toFixed(1),
    String(arm.dispatches),
    String(arm.submits),
    bytesInWords(arm.readbackBytes),
    bytesInWords(arm.peakMemoryBytes),
  ]);
  return [
    ...textTable([heading, ...rows]),
    '',
    'ratio: median of paired ratios of the time per frame, with a bootstrap interval; all else is',
    'for information. gap: longest time for which the page was busy during a frame (median, 99th',
    'percentile, and with nothing to do). dispatches: draw calls on WebGL. memory: page and workers.',
    ...figures.map(({ title, adapter }) => `${title}: ${adapter}`),
    '',
    ...figures.flatMap(({ title, beside }) =>
      beside === undefined
        ? []
        : `${title}: ${ratioInWords(beside.ratio)} of ${beside.title}` +
          judged(options.samples, beside.ratio, TAUGHT_BUDGET),
    ),
    summary(options, figures),
  ];
}

function summary(options: BenchOptions, figures: readonly ArmFigures[]): string {
  const { backend, gpu, samples } = options;
  const verdicts = figures
    .filter(({ id }) => !id.startsWith(BASELINE))
    .map(({ id, title, ratio, looksCloser }) => {
      // Budgets are set for Sightline; the others have none to keep.
      const judged = id.startsWith('sightline') ? verdict(options, ratio, looksCloser) : '';
      return `${title} ${ratioInWords(ratio)}${judged}`;
    });
  const where = gpu ? `${backend} on a real GPU` : backend;
  return `bench ${where}, ${samples} rounds, time per frame as a multiple of stock's: ${verdicts.join('; ')}`;
}

function verdict(
  { backend, gpu, samples }: BenchOptions,
  { low, high }: Estimate,
  looksCloser: boolean,
): string {
  const budget = ratioBudget(backend, gpu, looksCloser);
  return budget === undefined ? '' : judged(samples, { low, high }, budget);
}

function judged(
  samples: number,
  { low, high }: Pick<Estimate, 'low' | 'high'>,
  budget: number,
): string {
  if (samples < LEAST_ROUNDS) return `, too few rounds to judge by budget ${budget}`;
  if (high <= budget) return `, budget ${budget} met`;
  return low > budget ? `, budget ${budget} missed` : `, budget ${budget} undecided`;
}

function ratioInWords({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
