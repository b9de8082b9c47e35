import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Detection } from '../../../src/domain/detection.js';
import type { IdentifiedBox } from '../../../src/domain/tracking/mot-metrics.js';
import { UsageError } from '../../../tools/command.js';
import { readPictures } from './pictures.js';
import { parseRows, type Row } from './rows.js';

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
  /** Whether there is a picture of every frame. */
  readonly hasPictures: boolean;
}

export interface SequenceFrame {
  /** Picture, relative to the folder that was read, with slashes; absent when there are no pictures. */
  readonly path: string | undefined;
  /** Objects that have to be found. */
  readonly truths: readonly IdentifiedBox[];
  /** What may be found without being right or wrong: people in vehicles, statues, reflections. */
  readonly neutral: readonly IdentifiedBox[];
  /** True boxes of other things, or marked to be ignored: nobody has to find them, and whoever does is wrong. */
  readonly others: readonly IdentifiedBox[];
  /** From `det/det.txt`. */
  readonly detections: readonly Detection[];
}

/** Sequences of a folder, and in words what is not among them and why. */
export interface SequenceFolder {
  readonly sequences: readonly Sequence[];
  readonly notes: readonly string[];
}

const PEDESTRIAN_CATEGORY = 1;
/** Person on vehicle, static person, distractor, reflection (as TrackEval lists them). */
const NEUTRAL_CATEGORIES: readonly number[] = [2, 7, 8, 12];
/** MOT20 has its non-motorised vehicles on that list, too. */
const NEUTRAL_IN_MOT20 = 6;
/** Frames per second where nobody says. */
const USUAL_RATE = 30;
/** Folders below the one that is given: `data/MOT17/train/MOT17-02-FRCNN`. */
const DEEPEST = 3;

/**
 * Reads a sequence, or all that lie in a folder or in its folders, by name. Those
 * without a `gt/gt.txt`, as the challenge's own tests, are left out.
 *
 * @throws UsageError when there is none, or a file is not in the form.
 */
export async function readSequences(folder: string): Promise<SequenceFolder> {
  const found = await findSequences(folder, '', DEEPEST);
  const sequences: Sequence[] = [];
  const notes: string[] = [];
  for (const { path, hasTruth } of found) {
    if (hasTruth) sequences.push(await readSequence(join(folder, path), path, notes));
    else notes.push(`${path || folder} has no gt/gt.txt and is left out.`);
  }
  if (sequences.length === 0) {
    throw new UsageError(
      [`${folder} has no sequence in MOTChallenge form: SEQ/gt/gt.txt.`, ...notes].join('\n'),
    );
  }
  return { sequences, notes };
}

interface FoundSequence {
  /** Below the folder that was given, with a slash at its end; empty for that itself. */
  readonly path: string;
  readonly hasTruth: boolean;
}

async function findSequences(
  folder: string,
  path: string,
  depth: number,
): Promise<FoundSequence[]> {
  const here = join(folder, path);
  const entries = await readdir(here, { withFileTypes: true }).catch(() => []);
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  const hasTruth = (await read(join(here, 'gt/gt.txt'))) !== undefined;
  if (hasTruth || has('seqinfo.ini') || has('img1')) return [{ path, hasTruth }];
  if (depth === 0) return [];
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  const names = folders.map(({ name }) => name).sort();
  const below = await Promise.all(
    names.map((name) => findSequences(folder, `${path}${name}/`, depth - 1)),
  );
  return below.flat();
}

/** @param path Before the paths of its pictures. @param notes What is left out of it is added. */
async function readSequence(folder: string, path: string, notes: string[]): Promise<Sequence> {
  const info = parseInfo((await read(join(folder, 'seqinfo.ini'))) ?? '');
  const name = info.get('name') ?? basename(folder);
  const gt = parseRows((await read(join(folder, 'gt/gt.txt'))) ?? '', join(folder, 'gt/gt.txt'));
  const detText = await read(join(folder, 'det/det.txt'));
  const det = parseRows(detText ?? '', join(folder, 'det/det.txt'));
  const imageFolder = info.get('imDir') ?? 'img1';
  const pictures = await readPictures(join(folder, imageFolder));
  const last = [...gt, ...det].reduce((most, { frame }) => Math.max(most, frame), 0);
  const stated = Number(info.get('seqLength') ?? (pictures.length || last));
  const rate = Number(info.get('frameRate') ?? USUAL_RATE);
  if (!(Number.isInteger(stated) && stated > 0) || !(rate > 0)) {
    throw new UsageError(`${folder} has no usable seqLength and frameRate in seqinfo.ini.`);
  }
  const hasPictures = pictures.length > 0;
  const length = hasPictures ? Math.min(stated, pictures.length) : stated;
  if (length < stated) {
    notes.push(`${name} has ${stated} frames and pictures of the first ${length}: those are used.`);
  }
  const { truths, neutral, others } = sorted(gt, /^MOT20/i.test(name));
  if (truths.length === 0) notes.push(`${name}: there is no pedestrian (class 1) in gt.txt.`);
  const [truthOf, neutralOf, otherOf, detOf] = [truths, neutral, others, det].map(byFrame);
  const scoreOf = scoreReader(det);
  return {
    name,
    rate,
    hasDetections: detText !== undefined,
    hasPictures,
    frames: Array.from({ length }, (_, index) => ({
      path: hasPictures ? `${path}${imageFolder}/${pictures[index] ?? ''}` : undefined,
      truths: truthOf?.get(index + 1) ?? [],
      neutral: neutralOf?.get(index + 1) ?? [],
      others: otherOf?.get(index + 1) ?? [],
      detections: (detOf?.get(index + 1) ?? []).map((row) => ({
        bbox: row.bbox,
        class: PEDESTRIAN,
        score: scoreOf(row),
      })),
    })),
  };
}

/** What TrackEval makes of true boxes: of files without classes, all are pedestrians. */
function sorted(
  gt: readonly Row[],
  isMot20: boolean,
): { readonly truths: Row[]; readonly neutral: Row[]; readonly others: Row[] } {
  const groups = { truths: [] as Row[], neutral: [] as Row[], others: [] as Row[] };
  for (const row of gt) {
    const { category = PEDESTRIAN_CATEGORY, score } = row;
    const isNeutral =
      NEUTRAL_CATEGORIES.includes(category) || (isMot20 && category === NEUTRAL_IN_MOT20);
    const isTruth = category === PEDESTRIAN_CATEGORY && score !== 0;
    groups[isTruth ? 'truths' : isNeutral ? 'neutral' : 'others'].push(row);
  }
  return groups;
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
