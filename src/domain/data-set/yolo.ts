import { SightlineError } from '../errors.js';
import type { BBox, Size } from '../geometry.js';
import { SkipCounter, tidyLabel, type LabelledBox, type SkipReason } from './data-set.js';

/** The boxes of one picture, and how many could not be used. */
export interface YoloBoxes {
  readonly boxes: readonly LabelledBox[];
  readonly skipped: ReadonlyMap<SkipReason, number>;
}

/**
 * Names of the classes in their order, from `classes.txt` (one a line) or from the
 * `names` of a `data.yaml` as YOLO's tools write it (a flow list, a block list, or
 * numbers with names).
 *
 * @throws SightlineError `dataset-corrupt` for a YAML file without names.
 */
export function parseYoloNames(written: string, fileName: string): string[] {
  const lines = written.split(/\r?\n/);
  if (!/\.ya?ml$/i.test(fileName)) {
    return lines.map((line) => tidyLabel(line)).filter((line) => line !== '');
  }
  const start = lines.findIndex((line) => /^names\s*:/.test(line));
  const [, inline = ''] = /^names\s*:\s*(.*)$/.exec(lines[start] ?? '') ?? [];
  if (inline.startsWith('[')) {
    const rest = [inline, ...lines.slice(start + 1)].join(' ');
    const [, entries = ''] = /^\[([^\]]*)\]/.exec(rest) ?? [];
    return entries
      .split(',')
      .map(unquoted)
      .filter((name) => name !== '');
  }
  const names: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const item = /^\s*-\s+(.*)$/.exec(line) ?? /^\s+\d+\s*:\s*(.*)$/.exec(line);
    if (item === null && line.trim() !== '') break;
    if (item !== null) names.push(unquoted(item[1] ?? ''));
  }
  if (start < 0 || names.length === 0) {
    throw new SightlineError('dataset-corrupt', `${fileName} names no classes`);
  }
  return names;
}

/**
 * One picture's label file: a line `class x y width height` for each box, centre and
 * size as parts of the picture (https://docs.ultralytics.com/datasets/detect). Lines
 * of segmentation sets (more than five numbers) give the box around their outline.
 *
 * @throws SightlineError `dataset-corrupt` for a line that is no such numbers.
 */
export function parseYoloBoxes(written: string, names: readonly string[], size: Size): YoloBoxes {
  const skipped = new SkipCounter();
  const boxes = written.split(/\r?\n/).flatMap((line, index): LabelledBox[] => {
    if (line.trim() === '') return [];
    const [category = NaN, ...numbers] = line.trim().split(/\s+/).map(Number);
    const isComplete = numbers.length === 4 || (numbers.length >= 6 && numbers.length % 2 === 0);
    if (!isComplete || ![category, ...numbers].every(Number.isFinite)) {
      throw new SightlineError('dataset-corrupt', `line ${index + 1} is no YOLO label`);
    }
    const label = names[category];
    if (label === undefined) {
      skipped.add('no-label');
      return [];
    }
    const relative = numbers.length === 4 ? fromCentre(numbers) : around(numbers);
    const bbox = skipped.usable(
      [
        relative[0] * size.width,
        relative[1] * size.height,
        relative[2] * size.width,
        relative[3] * size.height,
      ],
      size,
    );
    return bbox === undefined ? [] : [{ bbox, label }];
  });
  return { boxes, skipped: skipped.counts };
}

/** The same as a label file; boxes whose label has no name are left out. */
export function formatYoloBoxes(
  boxes: readonly LabelledBox[],
  names: readonly string[],
  size: Size,
): string {
  return boxes
    .flatMap(({ bbox: [x, y, width, height], label }) => {
      const category = names.indexOf(label);
      if (category < 0) return [];
      const numbers = [
        (x + width / 2) / size.width,
        (y + height / 2) / size.height,
        width / size.width,
        height / size.height,
      ];
      return [`${category} ${numbers.map((value) => value.toFixed(6)).join(' ')}\n`];
    })
    .join('');
}

function fromCentre([x = 0, y = 0, width = 0, height = 0]: readonly number[]): BBox {
  return [x - width / 2, y - height / 2, width, height];
}

/** The box around an outline of points. */
function around(numbers: readonly number[]): BBox {
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

function unquoted(name: string): string {
  return tidyLabel(
    name
      .replace(/\s+#.*$/, '')
      .trim()
      .replace(/^(['"])(.*)\1$/, '$2'),
  );
}
