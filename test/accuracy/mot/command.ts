import { UsageError } from '../../../tools/command.js';
import { DEFAULT_TRACKING_OPTIONS } from '../../../src/domain/tracking/options.js';
import { ARMS, type AccuracyArm } from '../arms.js';
import { motLines } from './report.js';
import { measureMot, type MotOptions } from './run.js';
import { readSequences } from './sequence.js';

export const MOT_USAGE = `Usage: npm run accuracy -- --mot DIR [--arms a,b] [--scores 0.3,0.5] [--pictures N]

  DIR           a sequence in MOTChallenge form, or a folder of such, also of MOT17/train/SEQ:
                SEQ/gt/gt.txt, and SEQ/det/det.txt or SEQ/img1/ or both, SEQ/seqinfo.ini
  --arms a,b    what looks at the pictures
  --scores a,b  scores from which on a detection may start a track
  --pictures N  only the first N frames of each sequence`;

/**
 * What looks at the pictures when nobody says otherwise: the app as it chooses for
 * WebAssembly, with a look at the whole, and in detail for people who are far away.
 */
const DEFAULT_ARMS: readonly string[] = ['litert-int8', 'litert-int8-detail'];
/** The app's own threshold, and a lower one: small people are found, but never surely. */
const DEFAULT_SCORES: readonly number[] = [DEFAULT_TRACKING_OPTIONS.trackActivationThreshold, 0.3];

/** What the command line says, besides the folder. */
export interface MotArguments {
  readonly arms: readonly AccuracyArm[] | undefined;
  readonly scores: string | undefined;
}

/** @throws UsageError with the usage. */
export function parseMotOptions(folder: string, { arms, scores }: MotArguments): MotOptions {
  const list = scores?.split(',').map(Number) ?? DEFAULT_SCORES;
  if (!list.every((score) => score > 0 && score <= 1)) {
    throw new UsageError(`--scores takes numbers above 0, up to 1.\n\n${MOT_USAGE}`);
  }
  return { folder, scores: list, arms: arms ?? ARMS.filter(({ id }) => DEFAULT_ARMS.includes(id)) };
}

/**
 * `npm run accuracy -- --mot`: prints a table.
 *
 * @param limit At most so many frames of each sequence.
 */
export async function runMot(
  options: MotOptions,
  limit: number,
  log: (line: string) => void,
): Promise<void> {
  const { sequences: all, notes } = await readSequences(options.folder);
  for (const note of notes) log(note);
  const sequences = all.map((sequence) => ({
    ...sequence,
    frames: sequence.frames.slice(0, limit),
  }));
  const results = await measureMot(sequences, options, log);
  if (results.length === 0) {
    throw new UsageError(`No sequence in ${options.folder} has pictures or a det/det.txt.`);
  }
  for (const line of motLines(results)) log(line);
}
