import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Detection } from '../../../src/domain/detection.js';
import type { IdentifiedBox } from '../../../src/domain/tracking/mot-metrics.js';
import { UsageError } from '../../../tools/command.js';

/** What is tracked in MOTChallenge, under our detector's name for it. */
export const PEDESTRIAN = 'person';

/** A sequence in the form of MOTChallenge (https://motchallenge.net/instructions). */
export interface Sequence {
  readonly name: string;
  /** Frames per second. */
  readonly rate: number;
  readonly frames: readonly SequenceFrame[];
  /** Whether there is a `det/det.txt`. */
  readonly hasDetections: boolean;
}

export interface SequenceFrame {
  /** Picture, relative to the folder that was read, with slashes; absent when there are no pictures. */
  readonly path: string | undefined;
  /** Objects that have to be found. */
  readonly truths: readonly IdentifiedBox[];
  /** What may be found without being right or wrong: people in vehicles, statues, reflections. */
  readonly neutral: readonly IdentifiedBox[];
  /** From `det/det.txt`. */
  readonly detections: readonly Detection[];
}

/** One line of `gt.txt` or `det.txt`; numbers that are missing are `NaN`. */
interface Row {
  readonly frame: number;
  readonly id: number;
  readonly bbox: readonly [number, number, number, number];
  readonly score: number;
  readonly category: number;
}

/** MOT16 and later: 1 is a pedestrian; older truths have -1 or nothing there. */
const PEDESTRIAN_CATEGORY = 1;
/** Person on vehicle, static person, distractor, reflection (as TrackEval lists them). */
const NEUTRAL_CATEGORIES: readonly number[] = [2, 7, 8, 12];

/**
 * Reads a sequence, or all that lie in a folder, by name.
 *
 * @throws UsageError when a file is missing or not in the form.
 */
export async function readSequences(folder: string): Promise<Sequence[]> {
  if (await isSequence(folder)) return [await readSequence(folder, '')];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const sequences: Sequence[] = [];
  for (const name of names.sort()) {
    if (await isSequence(join(folder, name))) {
      sequences.push(await readSequence(join(folder, name), `${name}/`));
    }
  }
  if (sequences.length === 0) {
    throw new UsageError(`${folder} has no sequence in MOTChallenge form: SEQ/gt/gt.txt.`);
  }
  return sequences;
}

async function isSequence(folder: string): Promise<boolean> {
  return (await read(join(folder, 'gt/gt.txt'))) !== undefined;
}

/** @param prefix What comes before the paths of its pictures. */
async function readSequence(folder: string, prefix: string): Promise<Sequence> {
  const info = parseInfo((await read(join(folder, 'seqinfo.ini'))) ?? '');
  const gt = parseRows((await read(join(folder, 'gt/gt.txt'))) ?? '', join(folder, 'gt/gt.txt'));
  const detText = await read(join(folder, 'det/det.txt'));
  const det = parseRows(detText ?? '', join(folder, 'det/det.txt'));
  const imageFolder = info.get('imDir') ?? 'img1';
  const files = await readdir(join(folder, imageFolder)).catch(() => []);
  const pathOf = new Map(
    files.map((file) => [Number.parseInt(file, 10), `${prefix}${imageFolder}/${file}`]),
  );
  const last = [...gt, ...det].reduce((most, { frame }) => Math.max(most, frame), 0);
  const length = Number(info.get('seqLength') ?? last);
  const rate = Number(info.get('frameRate') ?? 30);
  if (!(Number.isInteger(length) && length > 0) || !(rate > 0)) {
    throw new UsageError(`${folder} has no usable seqLength and frameRate in seqinfo.ini.`);
  }
  if (files.length > 0 && !pathOf.has(length)) {
    throw new UsageError(`${folder} should have ${length} pictures in ${imageFolder}.`);
  }
  const truthOf = byFrame(gt.filter(isTruth));
  const neutralOf = byFrame(gt.filter(isNeutral));
  const detOf = byFrame(det);
  const scoreOf = scoreReader(det);
  return {
    name: info.get('name') ?? basename(folder),
    rate,
    hasDetections: detText !== undefined,
    frames: Array.from({ length }, (_, index) => ({
      path: pathOf.get(index + 1),
      truths: truthOf.get(index + 1) ?? [],
      neutral: neutralOf.get(index + 1) ?? [],
      detections: (detOf.get(index + 1) ?? []).map((row) => ({
        bbox: row.bbox,
        class: PEDESTRIAN,
        score: scoreOf(row),
      })),
    })),
  };
}

function isTruth({ score, category }: Row): boolean {
  const isPedestrian = category === PEDESTRIAN_CATEGORY || !(category > 0);
  return score !== 0 && isPedestrian;
}

function isNeutral({ category }: Row): boolean {
  return NEUTRAL_CATEGORIES.includes(category);
}

/**
 * Detectors of the early challenges have scores of their own scale, which say
 * little from one sequence to the next: there every box counts as sure.
 */
function scoreReader(rows: readonly Row[]): (row: Row) => number {
  const isProbability = rows.every(({ score }) => score >= 0 && score <= 1);
  return ({ score }) => (isProbability ? score : 1);
}

function byFrame(rows: readonly Row[]): Map<number, Row[]> {
  const frames = new Map<number, Row[]>();
  for (const row of rows) {
    const list = frames.get(row.frame);
    if (list === undefined) frames.set(row.frame, [row]);
    else list.push(row);
  }
  return frames;
}

function parseRows(text: string, file: string): Row[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const numbers = line.split(/[,\s]+/).map(Number);
    const [frame = NaN, id = NaN, x = NaN, y = NaN, width = NaN, height = NaN] = numbers;
    const [score = 1, category = NaN] = numbers.slice(6);
    if (![frame, id, x, y, width, height].every(Number.isFinite)) {
      throw new UsageError(`Line ${index + 1} of ${file} is not frame, id, x, y, width, height, …`);
    }
    return [{ frame, id, bbox: [x, y, width, height] as const, score, category }];
  });
}

function parseInfo(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [key, value] = line.split('=');
      return key === undefined || value === undefined ? [] : [[key.trim(), value.trim()] as const];
    }),
  );
}

/** @returns `undefined` when there is no such file. */
async function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
