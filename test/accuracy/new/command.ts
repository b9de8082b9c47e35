import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../../../tools/command.js';
import { root } from '../../../tools/root.js';
import { newLines } from './report.js';
import { measureNewClass, type NewOptions } from './run.js';

export const NEW_USAGE = `Usage: npm run accuracy -- --new DIR [--examples N] [--seeds N] [--classes LABEL]
       [--strangers DIR,DIR]

  DIR              in COCO form (annotations.json): pictures of something to learn to find
  --examples N     pictures to learn from; the rest is for the test (10)
  --seeds N        draws of them (3)
  --classes LABEL  what to learn; else the label with the most boxes
  --strangers DIR  photographs that do not show it (../shared/data/coco and photos where they are)`;

const STRANGERS = ['../shared/data/coco', '../shared/data/photos'];

/** What the command line says, besides the folder. */
export interface NewArguments {
  readonly examples: string | undefined;
  readonly seeds: string | undefined;
  readonly classes: string | undefined;
  readonly strangers: string | undefined;
}

/** @throws UsageError with the usage. */
export function parseNewOptions(
  folder: string,
  { examples, seeds, classes, strangers }: NewArguments,
): NewOptions {
  return {
    folder: resolve(folder),
    label: classes,
    unrelated: strangers?.split(',').map((each) => resolve(each)) ?? [],
    examples: positive('examples', examples ?? '10'),
    seeds: positive('seeds', seeds ?? '3'),
  };
}

/** `npm run accuracy -- --new`: prints a table. */
export async function runNew(options: NewOptions, log: (line: string) => void): Promise<void> {
  const unrelated = options.unrelated.length > 0 ? options.unrelated : await sharedStrangers();
  if (unrelated.length === 0) {
    throw new UsageError(`Photographs without the thing are missing.\n\n${NEW_USAGE}`);
  }
  const result = await measureNewClass({ ...options, unrelated }, log);
  for (const line of newLines(result, options)) log(line);
}

async function sharedStrangers(): Promise<string[]> {
  const folders = STRANGERS.map((folder) => resolve(join(root, folder)));
  const found = await Promise.all(
    folders.map((folder) =>
      stat(folder).then(
        () => true,
        () => false,
      ),
    ),
  );
  return folders.filter((_, index) => found[index]);
}

function positive(name: string, written: string): number {
  const value = Number(written);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`--${name} takes a whole number.\n\n${NEW_USAGE}`);
}
