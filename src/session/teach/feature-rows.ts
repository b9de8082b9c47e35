import type { StoredFeatures } from '../../platform/sample-store.js';

/**
 * What gave features: a map of a model, of the picture as it is or as in a mirror.
 * Each map is kept by itself, so that another choice of maps looks at few pictures anew.
 */
export function extractorOf(model: string, map: string, isMirrored = false): string {
  return `${model}/${map}${isMirrored ? '/mirrored' : ''}`;
}

/** Parts of a row, one for each map. */
export function splitRow(row: Float32Array, channels: readonly number[]): Float32Array[] {
  let start = 0;
  return channels.map((count) => {
    const part = row.slice(start, start + count);
    start += count;
    return part;
  });
}

/**
 * Maps by which views are told apart: the first, which is the finest. Cosines of each map
 * lie elsewhere, and what counts as the same view (see `DEFAULT_DUPLICATE_LIMITS`) was
 * found on that one.
 */
export function comparedMaps(maps: readonly string[]): readonly string[] {
  return maps.slice(0, 1);
}

/** The part of a row by which views are told apart; see `comparedMaps`. */
export function comparedPart(row: Float32Array, channels: readonly number[]): Float32Array {
  return row.subarray(0, channels[0]);
}

/** Parts put one after the other; `undefined` where one is missing. */
export function joinRow(parts: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const row = new Float32Array(known.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of known) {
    row.set(part, start);
    start += part.length;
  }
  return row;
}

/**
 * The part of a row that is of some maps.
 *
 * @param maps What the row is of.
 * @param channels How many numbers each map gives.
 * @returns `undefined` where one of them is not in it, or nobody knows where it lies.
 */
export function partOf(
  row: Float32Array,
  maps: readonly string[],
  channels: ReadonlyMap<string, number>,
  wanted: readonly string[],
): Float32Array | undefined {
  if (maps.length === wanted.length && maps.every((map, index) => map === wanted[index])) {
    return row;
  }
  const starts = new Map<string, number>();
  let start = 0;
  for (const map of maps) {
    starts.set(map, start);
    start += channels.get(map) ?? NaN;
  }
  if (start !== row.length) return undefined;
  return joinRow(
    wanted.map((map) => {
      const from = starts.get(map);
      return from === undefined ? undefined : row.subarray(from, from + (channels.get(map) ?? 0));
    }),
  );
}

/** Whether a network gave numbers; a lost device may not. */
export function isUsable(row: Float32Array): boolean {
  return row.length > 0 && row.every(Number.isFinite);
}

/** A row as it is stored, map by map. */
export function entriesOf(
  sampleId: string,
  row: Float32Array,
  source: {
    readonly model: string;
    readonly maps: readonly string[];
    readonly channels: readonly number[];
  },
  isMirrored = false,
): StoredFeatures[] {
  const parts = splitRow(row, source.channels);
  return source.maps.flatMap((map, index) => {
    const values = parts[index];
    const extractor = extractorOf(source.model, map, isMirrored);
    return values === undefined ? [] : [{ sampleId, extractor, values }];
  });
}
