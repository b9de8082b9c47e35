import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { root } from '../../../tools/root.js';
import { UsageError } from '../../../tools/command.js';
import { teachLines } from './report.js';
import { measureTeaching, type TeachOptions } from './run.js';

export const TEACH_USAGE = `Usage: npm run accuracy -- --teach DIR [DIR+DIR …] [--examples N] [--seeds N] [--classes a,b]
       [--strangers DIR]

  DIR              a folder of folders that are named after what the photographs in them show,
                   or one in COCO form (annotations.json), whose boxes are taken
  DIR+DIR          folders whose labels one head has to tell apart
  --examples N     to teach each label with; the rest is for the test (10)
  --seeds N        draws of examples (3)
  --classes a,b    only these labels
  --strangers DIR  in COCO form: things to be called unknown, besides those of the other folders
                   (../shared/data/coco where that is there). What is nothing is taught by the
                   bundled pack alone, as in the app`;

const STRANGERS = '../shared/data/coco';

/** What the command line says, besides the first folder. */
export interface TeachArguments {
  readonly more: readonly string[];
  readonly examples: string | undefined;
  readonly seeds: string | undefined;
  readonly classes: string | undefined;
  readonly strangers: string | undefined;
}

/** @throws UsageError with the usage. */
export function parseTeachOptions(
  first: string,
  { more, examples, seeds, classes, strangers }: TeachArguments,
): TeachOptions {
  return {
    sets: [first, ...more].map((argument) => {
      const folders = argument.split('+').map((folder) => resolve(folder));
      return { title: folders.map((folder) => basename(folder)).join('+'), folders };
    }),
    examples: positive('examples', examples ?? '10'),
    seeds: positive('seeds', seeds ?? '3'),
    classes: classes?.split(','),
    strangers: strangers === undefined ? undefined : resolve(strangers),
  };
}

/** `npm run accuracy -- --teach`: prints a table. */
export async function runTeach(options: TeachOptions, log: (line: string) => void): Promise<void> {
  const shared = join(root, STRANGERS);
  const hasShared = await stat(shared).then(
    () => true,
    () => false,
  );
  const strangers = options.strangers ?? (hasShared ? resolve(shared) : undefined);
  const complete = { ...options, strangers };
  for (const line of teachLines(await measureTeaching(complete, log), options)) log(line);
}

function positive(name: string, written: string): number {
  const value = Number(written);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`--${name} takes a whole number.\n\n${TEACH_USAGE}`);
}
