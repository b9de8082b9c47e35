import { UsageError } from '../../../tools/command.js';

/** One line of `gt.txt` or `det.txt`. */
export interface Row {
  /** From 1. */
  readonly frame: number;
  readonly id: number;
  readonly bbox: readonly [number, number, number, number];
  /** Of a detection, how sure it is; of a truth, 0 when it is to be ignored. 1 where there is none. */
  readonly score: number;
  /** From the ninth line of the format on; `undefined` in files without classes. */
  readonly category: number | undefined;
}

/** The classes of MOTChallenge, from `pedestrian` to `crowd`. */
const CATEGORIES = 13;

/**
 * Reads lines of `frame, id, x, y, width, height, score, …`.
 *
 * What follows depends on the year. From MOT16 on it is class and visibility. In
 * MOT15 it is a place in the world: -1, -1, -1, or in sequences with a calibrated
 * camera metres (http://www.milanton.de/files/motchallenge/, TrackEval
 * docs/MOTChallenge-Official), which are not to be taken for classes.
 *
 * @throws UsageError with the line that is not in the form.
 */
export function parseRows(text: string, file: string): Row[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const table = lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const numbers = line
      .trim()
      .split(/[,;\s]+/)
      .map(Number);
    if (numbers.length < 6 || !numbers.slice(0, 6).every(Number.isFinite)) {
      throw new UsageError(`Line ${index + 1} of ${file} is not frame, id, x, y, width, height, …`);
    }
    return [numbers];
  });
  const hasClasses = saysClasses(table);
  // Some number frames as programs do.
  const first = table.some(([frame]) => frame === 0) ? 1 : 0;
  return table.map((numbers) => {
    const [frame = NaN, id = NaN, x = NaN, y = NaN, width = NaN, height = NaN] = numbers;
    const [score = 1, category] = numbers.slice(6);
    return {
      frame: frame + first,
      id,
      bbox: [x, y, width, height],
      score,
      category: hasClasses ? category : undefined,
    };
  });
}

/** Whether the eighth column has classes and not a place in the world. */
function saysClasses(table: readonly (readonly number[])[]): boolean {
  return (
    table.length > 0 &&
    table.every(([, , , , , , , category = -1, visibility = 1]) => {
      const isClass = Number.isInteger(category) && category >= 1 && category <= CATEGORIES;
      return isClass && visibility >= 0 && visibility <= 1;
    })
  );
}
