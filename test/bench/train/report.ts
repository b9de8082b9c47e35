import { median, pairedRatio, type Estimate } from '../../../src/domain/statistics.js';
import { textTable } from '../table.js';
import type { LiveHeadTimes } from './page/live-head.js';
import type { LoadRecord, TrainBenchOptions, TrainRecord } from './run.js';

/** Steps a second as a multiple of `LayersModel.fit`'s, the part of its frames that the detector keeps, milliseconds to a live head. */
const GOALS = { steps: 5, frames: 0.5, liveHead: 2000 };

/** The figures for people; the last line sums them up. */
export function trainLines(options: TrainBenchOptions, record: TrainRecord): string[] {
  const heading = [
    'training',
    'LayersModel.fit',
    'Sightline',
    'steps/s, ratio [95 %]',
    'without yielding',
    'last loss',
  ];
  const rows = record.loads.map((load) => [
    load.title,
    `${perSecond(load.layersModel).toFixed(0)} steps/s`,
    `${perSecond(load.sightline).toFixed(0)} steps/s`,
    inWords(ratioOf(load)),
    inWords(ratioOf(load, load.neverYielding)),
    `${lastLoss(load.layersModel)} and ${lastLoss(load.sightline)}`,
  ]);
  const frames = pairedRatio(record.whileTraining, record.alone);
  return [
    ...textTable([heading, ...rows]),
    '',
    '576 inputs, 100 ReLU, 5 outputs, 500 examples, Adam, from the same weights; ratio: median of',
    'paired ratios of the time, messages to and from the worker included, with a bootstrap interval;',
    "without yielding: against fit with yieldEvery: 'never', which freezes the page meanwhile.",
    `LayersModel: ${record.layersModelOn}. Sightline: ${by(record)}. Detector: ${record.detectorOn}, ` +
      `${median(record.alone).toFixed(1)} frames/s alone, ${median(record.whileTraining).toFixed(1)} while training.`,
    ...liveLines(record.liveHead),
    '',
    `bench training on ${options.backend}${options.gpu ? ', a real GPU' : ''}, ${options.samples} rounds: ` +
      record.loads
        .map((load) => {
          const ratio = ratioOf(load);
          return `${load.title} ${inWords(ratio)} × LayersModel.fit${verdict(ratio, GOALS.steps)}`;
        })
        .join('; ') +
      `; the detector keeps ${inWords(frames)} of its rate${verdict(frames, GOALS.frames)}` +
      liveVerdict(record.liveHead),
  ];
}

function liveLines(times: LiveHeadTimes | undefined): string[] {
  if (times === undefined) return [];
  return [
    `From the last of ${times.samples} samples to a live head, through the whole app: ${seconds(times.whole)},`,
    `${seconds(times.looking)} of it before training; the trainer has to start.`,
  ];
}

function liveVerdict(times: LiveHeadTimes | undefined): string {
  if (times === undefined) return '';
  const { samples, whole } = times;
  const isMet = whole <= GOALS.liveHead;
  return (
    `; ${samples} samples to a live head in ${seconds(whole)}, ` +
    `goal ${seconds(GOALS.liveHead)} ${isMet ? 'met' : 'missed'}`
  );
}

function ratioOf({ sightline, layersModel }: LoadRecord, fit = layersModel): Estimate {
  const times = (runs: LoadRecord['sightline']): number[] =>
    runs.map(({ milliseconds, steps }) => milliseconds / steps);
  return pairedRatio(times(fit), times(sightline));
}

/** What computed our steps. */
function by({ loads }: TrainRecord): string {
  const kinds = new Set(loads.flatMap(({ sightline }) => sightline.map((run) => run.by)));
  return [...kinds].join(', ');
}

function perSecond(runs: LoadRecord['sightline']): number {
  return median(runs.map(({ milliseconds, steps }) => (1000 * steps) / milliseconds));
}

function lastLoss(runs: LoadRecord['sightline']): string {
  return median(runs.map((run) => run.lastLoss)).toFixed(3);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function verdict({ low, high }: Estimate, goal: number): string {
  if (low >= goal) return `, goal ${goal} met`;
  return high < goal ? `, goal ${goal} missed` : `, goal ${goal} undecided`;
}

function inWords({ value, low, high }: Estimate): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
