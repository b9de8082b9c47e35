import type { BoxOffset } from '../detector-head/box-offset.js';
import type { TaughtClass } from '../detector-head/taught-class.js';
import { MOST_SCORES, type FindReport } from '../detector-head/find-report.js';
import { SightlineError } from '../errors.js';
import { fromFloat16, toFloat16 } from '../float16.js';
import { LONGEST_LABEL } from '../sample.js';
import { boolean, list, number, oneOf, optional, record, ShapeError, text } from '../shape.js';
import type { HeadFile } from './head-file.js';

/** Something that is found by itself, on its way between devices. */
export interface TravellingFind {
  readonly taught: TaughtClass;
  readonly isOn: boolean;
  readonly learntThreshold: number;
  /** How good it is; not known of what was learnt before there were reports. */
  readonly report?: FindReport | undefined;
  /** What it was learnt from; see `digestOf`. */
  readonly trainedOn: string;
}

/** What tells such a file from those of heads, beside which it lies. */
const KIND = 'find';
const MOST_CLASSES = 10_000;
const MOST_WEIGHTS = 1_000_000;

interface FindDescription {
  readonly kind: typeof KIND;
  readonly base: number;
  readonly weights: number;
  readonly classes: number;
  readonly bias: number;
  /** Column and number where it is not 0; absent where there is no ceiling. */
  readonly ceiling?: readonly (readonly number[])[] | undefined;
  /** Of the region verifier, whose weights are the last; absent where there is none. */
  readonly region?: { readonly weights: number; readonly bias: number } | undefined;
  readonly offset?: readonly number[] | undefined;
  readonly threshold: number;
  readonly learntThreshold: number;
  readonly created: number;
  readonly isOn?: boolean | undefined;
  readonly trainedOn: string;
  readonly report?: FindReport | undefined;
}

const count = number(0, 1e6, true);
const scores = list(number(0, 1), MOST_SCORES);

const report = record<FindReport>({
  pictures: count,
  objects: count,
  unrelated: count,
  ap50: optional(number(0, 1)),
  right: scores,
  wrong: scores,
  cries: scores,
});

const description = record<FindDescription>({
  kind: oneOf([KIND]),
  base: number(0, MOST_CLASSES, true),
  weights: number(1, MOST_WEIGHTS, true),
  classes: number(1, MOST_CLASSES, true),
  bias: number(-1e6, 1e6),
  ceiling: optional(list(list(number(0, MOST_CLASSES), 2), MOST_CLASSES)),
  region: optional(record({ weights: number(1, MOST_CLASSES, true), bias: number(-1e6, 1e6) })),
  offset: optional(list(number(-10, 10), 4)),
  threshold: number(0, 1),
  learntThreshold: number(0, 1),
  created: number(0, 8.64e15),
  isOn: optional(boolean),
  trainedOn: text(40),
  report: optional(report),
});
const label = text(LONGEST_LABEL);

/** The weights in half precision: a few tens of kilobytes. */
export function writeFind({
  taught,
  isOn,
  learntThreshold,
  report: measured,
  trainedOn,
}: TravellingFind): HeadFile {
  const { id, label: name, model, column, verifier, threshold, created } = taught;
  const { region } = verifier;
  const described: FindDescription = {
    kind: KIND,
    base: column.base,
    weights: column.weights.length,
    classes: verifier.weights.length,
    bias: verifier.bias,
    ceiling: verifier.ceiling && sparse(verifier.ceiling),
    region: region && { weights: region.weights.length, bias: region.bias },
    offset: taught.offset,
    threshold,
    learntThreshold,
    created,
    isOn,
    trainedOn,
    report: measured,
  };
  const numbers = [...column.weights, ...verifier.weights, ...(region?.weights ?? [])];
  const weights = new Uint8Array(toFloat16(Float32Array.from(numbers)).slice().buffer);
  return { id, name, model, description: JSON.stringify(described), weights };
}

function sparse(values: Float32Array): (readonly [number, number])[] {
  return [...values].flatMap((value, at) =>
    value > 0 ? [[at, Math.round(value * 1e4) / 1e4] as const] : [],
  );
}

function ceilingOf({ ceiling, classes }: FindDescription): { ceiling?: Float32Array } {
  if (ceiling === undefined) return {};
  const values = new Float32Array(classes);
  for (const [column = -1, value = 0] of ceiling) {
    if (!Number.isInteger(column) || column >= classes) throw new ShapeError('no such column');
    values[column] = value;
  }
  return { ceiling: values };
}

function offsetOf({ offset }: FindDescription): { offset?: BoxOffset } {
  if (offset === undefined) return {};
  const [right, down, wider, higher] = offset;
  if (right === undefined || down === undefined || wider === undefined || higher === undefined) {
    throw new ShapeError('an offset of too few numbers');
  }
  return { offset: [right, down, wider, higher] };
}

/** Whether a file among those of heads is of something to be found. */
export function isFindFile({ description: written }: Pick<HeadFile, 'description'>): boolean {
  try {
    return (JSON.parse(written) as { readonly kind?: unknown } | null)?.kind === KIND;
  } catch {
    return false;
  }
}

/**
 * Reads what may come from anywhere.
 *
 * @throws SightlineError `project-corrupt`
 */
export function readFind(file: HeadFile): TravellingFind {
  try {
    const described = description(JSON.parse(file.description), KIND);
    const { base, weights: count, classes, bias, region, threshold, created } = described;
    const { isOn = true, learntThreshold, trainedOn, report: measured } = described;
    const all = count + classes + (region?.weights ?? 0);
    if (file.weights.length !== 2 * all || base >= classes) {
      throw new ShapeError('weights do not fit the description');
    }
    const numbers = fromFloat16(new Uint16Array(file.weights.slice().buffer));
    if (!numbers.every(Number.isFinite)) throw new ShapeError('weights are not numbers');
    const taught: TaughtClass = {
      id: file.id,
      label: label(file.name, 'name'),
      model: file.model,
      column: { base, weights: numbers.slice(0, count) },
      verifier: {
        weights: numbers.slice(count, count + classes),
        bias,
        ...ceilingOf(described),
        ...(region && { region: { weights: numbers.slice(count + classes), bias: region.bias } }),
      },
      ...offsetOf(described),
      threshold,
      created,
    };
    return { taught, isOn, learntThreshold, report: measured, trainedOn };
  } catch (cause) {
    if (cause instanceof ShapeError || cause instanceof SyntaxError) {
      throw new SightlineError('project-corrupt', cause.message, { cause });
    }
    throw cause;
  }
}
