import type { FeatureSource } from '../head.js';

/**
 * What a head takes of a row of features: with `l2`, each map's averages scaled
 * to length 1, so that a bright picture and a dark one, and a map of large
 * numbers and one of small, count alike.
 *
 * @param row As the engine gives it for the maps of the source.
 * @returns A row of its own, or where nothing is to be scaled, the very row.
 * @throws RangeError when the row is not as long as the source's channels.
 */
export function headInputs(
  row: Float32Array,
  { channels, normalisation }: Pick<FeatureSource, 'channels' | 'normalisation'>,
): Float32Array {
  const length = channels.reduce((sum, count) => sum + count, 0);
  if (row.length !== length) throw new RangeError(`${row.length} features instead of ${length}`);
  if (normalisation === 'none') return row;
  const inputs = row.slice();
  let start = 0;
  for (const count of channels) {
    scaleToLength1(inputs.subarray(start, start + count));
    start += count;
  }
  return inputs;
}

function scaleToLength1(part: Float32Array): void {
  let square = 0;
  for (const value of part) square += value * value;
  if (square === 0) return;
  const scale = 1 / Math.sqrt(square);
  for (let index = 0; index < part.length; index++) part[index] = (part[index] ?? 0) * scale;
}
