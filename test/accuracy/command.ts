import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../../tools/command.js';
import { root } from '../../tools/root.js';
import { ARMS, type AccuracyArm } from './arms.js';
import { readDataSet } from './data-set.js';
import { MOT_USAGE, parseMotOptions, runMot } from './mot/command.js';
import type { MotOptions } from './mot/run.js';
import { accuracyLines } from './report.js';
import { measureAccuracy } from './run.js';
import { NEW_USAGE, parseNewOptions, runNew } from './new/command.js';
import type { NewOptions } from './new/run.js';
import { parseTeachOptions, runTeach, TEACH_USAGE } from './teach/command.js';
import type { TeachOptions } from './teach/run.js';

const USAGE = `Usage: npm run accuracy -- DIR [--arms a,b] [--pictures N]

  DIR           a folder with photographs and annotations.json in COCO form, as ../shared/data/coco
  --arms a,b    only these of ${ARMS.map(({ id }) => id).join(', ')}
  --pictures N  only the first N photographs

${MOT_USAGE}

${TEACH_USAGE}

${NEW_USAGE}`;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  arms: TEXT,
  pictures: TEXT,
  mot: TEXT,
  scores: TEXT,
  teach: TEXT,
  new: TEXT,
  examples: TEXT,
  seeds: TEXT,
  classes: TEXT,
  strangers: TEXT,
};
const NOTHING = {
  examples: undefined,
  seeds: undefined,
  classes: undefined,
  strangers: undefined,
};

export interface AccuracyOptions {
  readonly folder: string;
  readonly arms: readonly AccuracyArm[];
  /** At most so many photographs. */
  readonly pictures: number;
  /** Tracking in sequences instead of detection in photographs. */
  readonly mot?: MotOptions;
  /** Teaching instead of detection. */
  readonly teach?: TeachOptions;
  /** Teaching a class that the network does not have. */
  readonly newClass?: NewOptions;
}

/** @throws UsageError with the usage. */
export function parseAccuracyOptions(args: readonly string[]): AccuracyOptions {
  const { values, positionals } = parse(args);
  if (values.teach !== undefined) {
    const teach = parseTeachOptions(values.teach, { ...NOTHING, ...values, more: positionals });
    return { folder: values.teach, pictures: Infinity, arms: [], teach };
  }
  if (values.new !== undefined) {
    const newClass = parseNewOptions(values.new, { ...NOTHING, ...values });
    return { folder: values.new, pictures: Infinity, arms: [], newClass };
  }
  const [folder, ...rest] = values.mot === undefined ? positionals : [values.mot, ...positionals];
  if (folder === undefined || rest.length > 0) throw new UsageError(USAGE);
  const pictures = values.pictures === undefined ? Infinity : Number(values.pictures);
  if (pictures !== Infinity && !(Number.isInteger(pictures) && pictures > 0)) {
    throw new UsageError(`--pictures takes a whole number.\n\n${USAGE}`);
  }
  const arms = values.arms === undefined ? undefined : chosenArms(values.arms);
  if (values.mot === undefined) return { folder, pictures, arms: arms ?? ARMS };
  const mot = parseMotOptions(folder, { arms, scores: values.scores });
  return { folder, pictures, arms: mot.arms, mot };
}

/** `npm run accuracy`: prints a table and keeps the detections as JSON. */
export async function runAccuracy(
  { folder, arms, pictures: limit, mot, teach, newClass }: AccuracyOptions,
  log: (line: string) => void,
): Promise<void> {
  if (teach !== undefined) {
    await runTeach(teach, log);
    return;
  }
  if (newClass !== undefined) {
    await runNew(newClass, log);
    return;
  }
  if (mot !== undefined) {
    await runMot(mot, limit, log);
    return;
  }
  const pictures = (await readDataSet(folder)).slice(0, limit);
  const results = await measureAccuracy(folder, pictures, arms, log);
  const outDir = join(root, '.cache/accuracy');
  await mkdir(outDir, { recursive: true });
  const file = join(outDir, 'results.json');
  const kept = results.map(({ arm, adapter, figures, detections }) => ({
    arm: arm.id,
    adapter,
    figures,
    pictures: pictures.map(({ id, path }, index) => ({ id, path, detections: detections[index] })),
  }));
  await writeFile(file, `${JSON.stringify(kept)}\n`);
  log(`\nAll detections are in ${relative(process.cwd(), file)}\n`);
  for (const line of accuracyLines(results, pictures.length)) log(line);
}

function chosenArms(list: string): AccuracyArm[] {
  return list.split(',').map((id) => {
    const arm = ARMS.find((candidate) => candidate.id === id);
    if (arm === undefined) throw new UsageError(`There is no arm "${id}".\n\n${USAGE}`);
    return arm;
  });
}

function parse(args: readonly string[]): {
  values: Partial<Record<keyof typeof OPTIONS, string | undefined>>;
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n\n${USAGE}`);
  }
}
