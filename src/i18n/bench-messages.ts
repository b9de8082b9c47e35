import { formatNumber } from './format.js';

/** Texts of the page that measures a device, in English. */
export const BENCH_TEXTS = {
  title: 'How fast is this device?',
  intro:
    'Sightline looks at the same frames in every way that this browser offers, one right after the other, and compares the times. Nothing is sent anywhere.',
  hint: 'Close other tabs, and leave this one in front. It takes about a minute.',
  start: 'Measure',
  again: 'Measure again',
  cancel: 'Cancel',
  app: 'Back to Sightline',
  opening: (title: string) => `Starting ${title}`,
  warmUp: 'Warming up',
  measuring: 'Measuring',
  progress: 'Progress',
  cancelled: 'The measurement was cancelled.',
  failed: 'The measurement could not be made.',
  interrupted: 'The page was hidden meanwhile, which slows it. Measure again for true figures.',
  results: 'Result',
  contender: 'Way',
  ratio: 'Time',
  milliseconds: 'per frame',
  baseline: 'the measure',
  ratioValue: (value: number, low: number, high: number) =>
    `× ${formatNumber(value, 2)} (${formatNumber(low, 2)} to ${formatNumber(high, 2)})`,
  millisecondsValue: (value: number) => `${formatNumber(value, value < 100 ? 1 : 0)} ms`,
  tooSlow: (value: number) => `left out: ${formatNumber(value / 1000, 1)} s per frame`,
  unavailable: (reason: string) => `not here: ${reason}`,
  differs: 'finds other boxes',
  agrees: 'same boxes',
  explain: (rounds: number) =>
    `Time: median of the ratios of ${formatNumber(rounds)} pairs, with its 95 % bootstrap interval. Smaller is faster. Times in milliseconds are for information.`,
  stockNote:
    'Stock coco-ssd is not part of this page; to compare with it, run “npm run bench -- --page” from the repository.',
  device: 'Device',
  cores: 'Processor cores',
  memory: 'Memory, at least',
  memoryValue: (gigabytes: number) => `${formatNumber(gigabytes)} GB`,
  isolated: 'Cross-origin isolated',
  browser: 'Browser',
  screen: 'Screen',
  screenValue: (width: number, height: number, ratio: number) =>
    `${formatNumber(width)} × ${formatNumber(height)}, ratio ${formatNumber(ratio, 2)}`,
  yes: 'yes',
  no: 'no',
  share: 'Share',
  copy: 'Copy',
  copied: 'Copied.',
  save: 'Save JSON',
  notCopied: 'It could not be copied. Save it instead.',
} as const;
