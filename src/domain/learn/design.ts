import type { Example } from '../network/empirical-loss.js';
import { SightlineError } from '../errors.js';
import {
  categoryOf,
  describeColumns,
  isMissing,
  toNumber,
  type Column,
  type RawTable,
} from './table.js';

/** What is to be foretold. */
export interface Target {
  /** Index of its column. */
  readonly column: number;
  /** The value that means no; every other one means yes. */
  readonly no: string;
}

/** A row that has all its values. */
export interface CompleteRow {
  readonly cells: readonly string[];
  readonly isPositive: boolean;
}

/** A table that can be learnt from. */
export interface Study {
  readonly columns: readonly Column[];
  readonly target: Target;
  readonly targetName: string;
  /** Values of the target that mean yes. */
  readonly yes: readonly string[];
  /** Columns that are inputs. */
  readonly inputs: readonly Column[];
  readonly rows: readonly CompleteRow[];
  /** Rows left out, for a value is missing. */
  readonly incomplete: number;
}

/** Names by which people call what is to be foretold. */
const TARGET_NAMES = /^(num|target|class|label|outcome|disease|diagnosis|y)$/i;
const FEWEST_ROWS = 20;

/** Columns that can be the target: of a few values. */
export function targetColumns(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ kind }) => kind === 'categorical');
}

/**
 * The target that an address names.
 *
 * @param wanted Name of its column and the value that means no; both may be empty.
 * @returns `undefined` where nothing is named, or nothing that the table has.
 */
export function targetOf(
  table: RawTable,
  wanted: { readonly target: string; readonly no: string },
): Target | undefined {
  if (wanted.target === '') return undefined;
  const column = targetColumns(describeColumns(table)).find(({ name }) => name === wanted.target);
  const [first] = column?.categories ?? [];
  if (column === undefined || first === undefined) return undefined;
  return { column: column.index, no: column.categories.find((no) => no === wanted.no) ?? first };
}

/** The column that is most likely meant: by its name, else the last one that can be it. */
export function likelyTarget(columns: readonly Column[]): Target | undefined {
  const possible = targetColumns(columns);
  const column = possible.find(({ name }) => TARGET_NAMES.test(name)) ?? possible.at(-1);
  const [first] = column?.categories ?? [];
  if (column === undefined || first === undefined) return undefined;
  const negative = column.categories.find((value) =>
    /^(0|no|n|false|absent|healthy)$/i.test(value),
  );
  return { column: column.index, no: negative ?? first };
}

/**
 * A table made ready: columns told apart, rows with gaps left out.
 *
 * @throws SightlineError `table-useless` when there is nothing to foretell or to
 *   foretell it from, or only one class; `detail` says which.
 */
export function prepare(table: RawTable, wanted?: Target): Study {
  const columns = describeColumns(table);
  const isDecided = columns.some(
    ({ name, kind }) => TARGET_NAMES.test(name) && kind === 'constant',
  );
  // What is plainly meant must not be passed over in silence for another column.
  if (wanted === undefined && isDecided) throw new SightlineError('table-useless', 'one-class');
  const target = wanted ?? likelyTarget(columns);
  if (target === undefined) throw new SightlineError('table-useless', 'no-target');
  const targetColumn = columns[target.column];
  const inputs = columns.filter(
    ({ kind, index }) => index !== target.column && (kind === 'numeric' || kind === 'categorical'),
  );
  if (inputs.length === 0) throw new SightlineError('table-useless', 'no-inputs');
  const rows = table.rows.flatMap((cells): CompleteRow[] => {
    const truth = categoryOf(cells[target.column]);
    const hasAll = inputs.every(({ index, kind }) =>
      kind === 'numeric' ? toNumber(cells[index]) !== undefined : !isMissing(cells[index]),
    );
    return truth === undefined || !hasAll ? [] : [{ cells, isPositive: truth !== target.no }];
  });
  if (rows.length < FEWEST_ROWS) throw new SightlineError('table-useless', 'few-rows');
  if (new Set(rows.map(({ isPositive }) => isPositive)).size < 2) {
    throw new SightlineError('table-useless', 'one-class');
  }
  return {
    columns,
    target,
    targetName: targetColumn?.name ?? '',
    yes: (targetColumn?.categories ?? []).filter((value) => value !== target.no),
    inputs,
    rows,
    incomplete: table.rows.length - rows.length,
  };
}

/** One number that the network is fed with. */
export interface Feature {
  readonly column: string;
  /** The category that it stands for; `undefined` for a number. */
  readonly category: string | undefined;
}

/** How rows become inputs. Learnt from the rows to learn from alone: the others are unseen. */
export interface Encoding {
  readonly features: readonly Feature[];
  readonly encode: (row: CompleteRow) => Example;
}

/** Numbers are standardised to mean 0 and deviation 1, categories become one-hot. */
export function encodingOf(study: Study, training: readonly CompleteRow[]): Encoding {
  const parts = study.inputs.map((column) => {
    const { index, name, kind, categories } = column;
    if (kind === 'categorical') {
      return {
        features: categories.map((category): Feature => ({ column: name, category })),
        values: ({ cells }: CompleteRow): readonly number[] => {
          const found = categoryOf(cells[index]);
          return categories.map((category) => Number(category === found));
        },
      };
    }
    const numbers = training.map(({ cells }) => toNumber(cells[index]) ?? 0);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
    const variance =
      numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, numbers.length);
    const spread = Math.sqrt(variance) || 1;
    return {
      features: [{ column: name, category: undefined }],
      values: ({ cells }: CompleteRow): readonly number[] => [
        ((toNumber(cells[index]) ?? mean) - mean) / spread,
      ],
    };
  });
  return {
    features: parts.flatMap(({ features }) => features),
    encode: (row) => ({
      inputs: Float64Array.from(parts.flatMap(({ values }) => values(row))),
      target: Float64Array.of(Number(row.isPositive)),
    }),
  };
}
