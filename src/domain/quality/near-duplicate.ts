/** What a crop looks like in 64 bits: two numbers of 32, high half first. */
export type Fingerprint = readonly [high: number, low: number];

const COLUMNS = 9;
const ROWS = 8;

/**
 * The difference hash of a picture: on 9 × 8 mean brightnesses, whether each is
 * brighter than its neighbour to the left. Light, size and compression hardly
 * change it; another view of the object does.
 *
 * Source: Krawetz 2013, "Kind of Like That" (dHash).
 *
 * @param rgba 4 bytes a pixel, row by row; at least 1 × 1.
 */
export function fingerprint(
  rgba: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
): Fingerprint {
  const brightness = meanBrightness(rgba, width, height);
  const halves: [number, number] = [0, 0];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const at = row * COLUMNS + column;
      const bit = (brightness[at + 1] ?? 0) > (brightness[at] ?? 0) ? 1 : 0;
      const half = row < ROWS / 2 ? 0 : 1;
      halves[half] = ((halves[half] << 1) | bit) >>> 0;
    }
  }
  return halves;
}

/** In how many of 64 bits two fingerprints differ. */
export function fingerprintDistance(a: Fingerprint, b: Fingerprint): number {
  return bitCount(a[0] ^ b[0]) + bitCount(a[1] ^ b[1]);
}

/**
 * Cosine of the angle between two feature vectors: 1 for the same direction, 0
 * where either has no length.
 */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let index = 0; index < a.length; index++) {
    const x = a[index] ?? 0;
    const y = b[index] ?? 0;
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const lengths = Math.sqrt(squareA) * Math.sqrt(squareB);
  return lengths === 0 ? 0 : Math.min(1, Math.max(-1, dot / lengths));
}

/** What is known of how a crop looks. */
export interface Look {
  readonly fingerprint: Fingerprint;
  /** The detector's features of the crop, where they have been computed. */
  readonly features?: ArrayLike<number> | undefined;
}

/** From where on two crops count as the same view. */
export interface DuplicateLimits {
  /** Fingerprints that differ in at most so many bits. */
  readonly bits: number;
  /** Features whose cosine is at least this. */
  readonly cosine: number;
}

/** Crops of one standing object lie within a few bits; unrelated pictures about 32 apart. */
export const DEFAULT_DUPLICATE_LIMITS: DuplicateLimits = { bits: 6, cosine: 0.995 };

/** Whether two crops show the same view; features tell where both have some, fingerprints elsewhere. */
export function isNearDuplicate(
  a: Look,
  b: Look,
  limits: DuplicateLimits = DEFAULT_DUPLICATE_LIMITS,
): boolean {
  if (a.features !== undefined && b.features !== undefined) {
    return cosineSimilarity(a.features, b.features) >= limits.cosine;
  }
  return fingerprintDistance(a.fingerprint, b.fingerprint) <= limits.bits;
}

/** Mean brightness (Rec. 601) of 9 × 8 cells that cover the picture. */
function meanBrightness(
  rgba: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
): Float64Array {
  const means = new Float64Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    const [top, bottom] = cell(row, ROWS, height);
    for (let column = 0; column < COLUMNS; column++) {
      const [left, right] = cell(column, COLUMNS, width);
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const at = (y * width + x) * 4;
          sum += 299 * (rgba[at] ?? 0) + 587 * (rgba[at + 1] ?? 0) + 114 * (rgba[at + 2] ?? 0);
        }
      }
      means[row * COLUMNS + column] = sum / ((right - left) * (bottom - top));
    }
  }
  return means;
}

/** First pixel of a cell and the one after its last; never empty. */
function cell(index: number, count: number, extent: number): readonly [number, number] {
  const start = Math.min(extent - 1, Math.floor((index * extent) / count));
  return [start, Math.max(start + 1, Math.floor(((index + 1) * extent) / count))];
}

function bitCount(value: number): number {
  let rest = value >>> 0;
  let count = 0;
  while (rest !== 0) {
    rest = (rest & (rest - 1)) >>> 0;
    count++;
  }
  return count;
}
