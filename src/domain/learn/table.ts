/** A table as it was read: text in rows and columns. */
export interface RawTable {
  /** Names of the columns; `undefined` when the file has none. */
  readonly header: readonly string[] | undefined;
  /** All as long as the widest; at most as many as are kept. */
  readonly rows: readonly (readonly string[])[];
  /** Rows in the file; more than `rows` has when only a sample was kept. */
  readonly total: number;
  /** Rows that were left out because they do not fit the others. */
  readonly damaged: number;
}

/** What a column holds. */
export type ColumnKind =
  | 'numeric'
  /** A few values, numbers or words. */
  | 'categorical'
  /** The same everywhere: it tells nothing. */
  | 'constant'
  /** So many different words that they tell nothing, as names do. */
  | 'text';

export interface Column {
  readonly name: string;
  readonly index: number;
  readonly kind: ColumnKind;
  /** The values that occur, most frequent order not kept: sorted. Empty for numbers. */
  readonly categories: readonly string[];
  /** Cells without a value. */
  readonly missing: number;
  /** Words where all else is numbers; they count as missing. */
  readonly misplaced: number;
}

/** What people write where they know nothing. */
const MISSING = new Set(['', '?', 'na', 'n/a', 'nan', 'null', 'none', '-', '.']);
/** Whole numbers with at most so many different values are kinds of something. */
const MOST_CODES = 6;
const MOST_CATEGORIES = 20;
/** From this part on a column is of numbers, and words in it are mistakes. */
const MOSTLY = 0.9;

export function isMissing(cell: string | undefined): boolean {
  return cell === undefined || MISSING.has(cell.trim().toLowerCase());
}

/** A cell as a number, also with a decimal comma; `undefined` for anything else. */
export function toNumber(cell: string | undefined): number | undefined {
  if (cell === undefined) return undefined;
  const text = cell.trim();
  if (text === '') return undefined;
  const number = Number(/^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
  return Number.isFinite(number) ? number : undefined;
}

/** The processed Cleveland file of the UCI repository has no header; these are its columns. */
export const CLEVELAND_COLUMNS = [
  'age',
  'sex',
  'cp',
  'trestbps',
  'chol',
  'fbs',
  'restecg',
  'thalach',
  'exang',
  'oldpeak',
  'slope',
  'ca',
  'thal',
  'num',
] as const;

/**
 * Whether the first row of a file names the columns: some cell is a word although all
 * else in its column are numbers, or every cell is a word that occurs nowhere else.
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...rest] = rows;
  if (rest.length === 0) return first.every((cell) => toNumber(cell) === undefined);
  if (first.some((cell) => toNumber(cell) !== undefined || isMissing(cell))) return false;
  const sample = rest.slice(0, 50);
  const isOfNumbers = first.some((_, column) =>
    sample.every((row) => isMissing(row[column]) || toNumber(row[column]) !== undefined),
  );
  return isOfNumbers || first.every((cell, column) => !sample.some((row) => row[column] === cell));
}

/** Names for the columns of a file without any. */
export function nameColumns({ header, rows }: RawTable): readonly string[] {
  if (header !== undefined) {
    return header.map((name, index) => (name.trim() === '' ? `column ${index + 1}` : name.trim()));
  }
  const width = rows[0]?.length ?? 0;
  if (looksLikeCleveland(rows)) return CLEVELAND_COLUMNS;
  return Array.from({ length: width }, (_, index) => `column ${index + 1}`);
}

function looksLikeCleveland(rows: readonly (readonly string[])[]): boolean {
  const within = (cell: string | undefined, low: number, high: number): boolean => {
    const number = toNumber(cell);
    return isMissing(cell) || (number !== undefined && number >= low && number <= high);
  };
  return (
    rows.length > 0 &&
    rows.every(
      (row) =>
        row.length === CLEVELAND_COLUMNS.length &&
        within(row[0], 18, 110) &&
        within(row[1], 0, 1) &&
        within(row[2], 1, 4) &&
        within(row[13], 0, 4),
    )
  );
}

/** What each column holds. */
export function describeColumns(table: RawTable): readonly Column[] {
  return nameColumns(table).map((name, index) => {
    const cells = table.rows.map((row) => row[index] ?? '');
    const present = cells.filter((cell) => !isMissing(cell)).map((cell) => cell.trim());
    const numbers = present.flatMap((cell) => toNumber(cell) ?? []);
    const missing = cells.length - present.length;
    const isNumeric = present.length > 0 && numbers.length >= MOSTLY * present.length;
    const column = { name, index, missing };
    if (isNumeric) {
      const misplaced = present.length - numbers.length;
      const values = [...new Set(numbers)].sort((a, b) => a - b);
      if (values.length <= 1) {
        return { ...column, kind: 'constant', categories: [], misplaced };
      }
      const isCode =
        values.length <= MOST_CODES && values.every((value) => Number.isInteger(value));
      if (isCode) {
        return { ...column, kind: 'categorical', categories: values.map(String), misplaced };
      }
      return { ...column, kind: 'numeric', categories: [], misplaced };
    }
    const words = [...new Set(present)].sort();
    if (words.length <= 1) return { ...column, kind: 'constant', categories: [], misplaced: 0 };
    const isText = words.length > MOST_CATEGORIES;
    return {
      ...column,
      kind: isText ? 'text' : 'categorical',
      categories: isText ? [] : words,
      misplaced: 0,
    };
  });
}

/** A cell as the category that it is of; numbers are written in one way. */
export function categoryOf(cell: string | undefined): string | undefined {
  if (isMissing(cell)) return undefined;
  const number = toNumber(cell);
  return number === undefined ? cell?.trim() : String(number);
}
