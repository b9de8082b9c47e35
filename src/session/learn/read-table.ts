import Papa from 'papaparse';
import { SightlineError } from '../../domain/errors.js';
import { hasHeader, type RawTable } from '../../domain/learn/table.js';
import { randomNumbers } from '../../domain/random.js';

/** Rows that are kept of a larger file: more would make a lesson slow and teach nothing. */
export const MOST_ROWS = 2000;
const MOST_COLUMNS = 200;
const MOST_BYTES = 100_000_000;
/** Characters that are read in one go; in between the page can breathe. */
const PIECE = 200_000;

/** Keeps a fair sample of what passes by, the first row always. Algorithm R (Vitter 1985). */
class Reservoir {
  readonly rows: string[][] = [];
  first: string[] | undefined;
  total = 0;
  readonly #random = randomNumbers(1);

  add(row: string[]): void {
    if (this.first === undefined) {
      this.first = row;
      return;
    }
    this.total++;
    if (this.rows.length < MOST_ROWS) {
      this.rows.push(row);
      return;
    }
    const place = this.#random.below(this.total);
    if (place < MOST_ROWS) this.rows[place] = row;
  }
}

/**
 * Reads a CSV file: any delimiter, with or without a header, in slices. A file with more
 * than 2000 rows is sampled evenly.
 *
 * @throws SightlineError `table-unreadable` for a file that is no table; `detail` says
 *   why.
 */
export async function readTable(file: Blob): Promise<RawTable> {
  if (file.size > MOST_BYTES) throw new SightlineError('table-unreadable', 'too-large');
  const text = decode(await file.arrayBuffer());
  if (text.includes('\0')) throw new SightlineError('table-unreadable', 'no-text');
  const kept = new Reservoir();
  const quotes = await parse(text, kept);
  const { first, rows, total } = kept;
  const widest = mostFrequent(
    [...(first === undefined ? [] : [first]), ...rows].map((row) => row.length),
  );
  if (first === undefined || widest < 2 || widest > MOST_COLUMNS) {
    throw new SightlineError('table-unreadable', quotes > 0 ? 'quotes' : 'no-columns');
  }
  const whole = rows.filter((row) => row.length === widest);
  const isHeader = first.length === widest && hasHeader([first, ...whole]);
  const header = isHeader ? first : undefined;
  const all = isHeader || first.length !== widest ? whole : [first, ...whole];
  if (all.length === 0) throw new SightlineError('table-unreadable', 'no-rows');
  return {
    header,
    rows: all,
    total: isHeader ? total : total + 1,
    damaged: rows.length + (isHeader ? 0 : 1) - all.length,
  };
}

/** @returns How many rows had quotes that do not fit. */
function parse(text: string, kept: Reservoir): Promise<number> {
  let quotes = 0;
  return new Promise((resolve, reject) => {
    const config: Papa.ParseLocalConfig<string[]> = {
      skipEmptyLines: 'greedy',
      chunkSize: PIECE,
      chunk: ({ data, errors }, parser) => {
        quotes += errors.filter(({ type }) => type === 'Quotes').length;
        for (const row of data) kept.add(row);
        parser.pause();
        setTimeout(() => {
          parser.resume();
        });
      },
      complete: () => {
        resolve(quotes);
      },
      error: (problem: Error) => {
        reject(new SightlineError('table-unreadable', problem.message, { cause: problem }));
      },
    };
    // Strings are read in pieces as files are, only the types do not know.
    Papa.parse(text, config as Papa.ParseConfig<string[]>);
  });
}

/** UTF-8, or UTF-16 as Excel writes "Unicode text". */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  const isUtf16 = first === 0xff && second === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}
