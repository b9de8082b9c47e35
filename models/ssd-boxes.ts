/**
 * Corners of the boxes that an SSD network encodes relative to its anchors:
 * `centre = t * size / scale + centre`, `size = exp(t / scale) * size`.
 *
 * @param encodings `[anchors, 4]` as (ty, tx, th, tw).
 * @param anchors `[anchors, 4]` as (centre y, centre x, height, width).
 * @param scales Divisors of (ty, tx, th, tw).
 * @returns `[anchors, 4]` as (ymin, xmin, ymax, xmax), in the units of the anchors.
 */
export function decodeSsdBoxes(
  encodings: ArrayLike<number>,
  anchors: ArrayLike<number>,
  scales: readonly [number, number, number, number],
): Float64Array {
  const corners = new Float64Array(encodings.length);
  for (let start = 0; start < encodings.length; start += 4) {
    for (const [centre, size] of [
      [0, 2],
      [1, 3],
    ] as const) {
      const extent = anchors[start + size] ?? 0;
      const shift = (encodings[start + centre] ?? 0) / scales[centre];
      const middle = shift * extent + (anchors[start + centre] ?? 0);
      const half = (Math.exp((encodings[start + size] ?? 0) / scales[size]) * extent) / 2;
      corners[start + centre] = middle - half;
      corners[start + size] = middle + half;
    }
  }
  return corners;
}
