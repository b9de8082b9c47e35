import { UsageError } from '../../../tools/command.js';
import { DEFAULT_TRACKING_OPTIONS } from '../../../src/domain/tracking/options.js';
import { ARMS, type AccuracyArm } from '../arms.js';
import { motLines } from './report.js';
import { measureMot, type MotOptions } from './run.js';
import { readSequences } from './sequence.js';

export const MOT_USAGE = `Usage: npm run accuracy -- --mot DIR [--arms a,b] [--scores 0.3,0.5] [--pictures N]

  DIR           a sequence in MOTChallenge form, or a folder of such:
                SEQ/gt/gt.txt, and SEQ/det/det.txt or SEQ/img1/ or both, SEQ/seqinfo.ini
  --arms a,b    what looks at the pictures
  --scores a,b  scores from which on a detection may start a track
  --pictures N  only the first N frames of each sequence`;

/** What looks at the pictures when nobody says otherwise: the app as it is shipped. */
const DEFAULT_ARM = 'tfjs-float16';

/** What the command line says, besides the folder. */
export interface MotArguments {
  readonly arms: readonly AccuracyArm[] | undefined;
  readonly scores: string | undefined;
}

/** @throws UsageError with the usage. */
export function parseMotOptions(folder: string, { arms, scores }: MotArguments): MotOptions {
  const list = scores?.split(',').map(Number) ?? [
    DEFAULT_TRACKING_OPTIONS.trackActivationThreshold,
  ];
  if (!list.every((score) => score > 0 && score <= 1)) {
    throw new UsageError(`--scores takes numbers above 0, up to 1.\n\n${MOT_USAGE}`);
  }
  return { folder, scores: list, arms: arms ?? ARMS.filter(({ id }) => id === DEFAULT_ARM) };
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
  const sequences = (await readSequences(options.folder)).map((sequence) => ({
    ...sequence,
    frames: sequence.frames.slice(0, limit),
  }));
  const results = await measureMot(sequences, options, log);
  if (results.length === 0) {
    throw new UsageError(
      `Not every sequence in ${options.folder} has pictures, and not every one has a det.txt.`,
    );
  }
  for (const line of motLines(results)) log(line);
}
