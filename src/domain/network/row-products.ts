/** The two products that a perceptron learns by, over rows of inputs. */
export interface RowProducts {
  /** `rows · weights`: a number for each row. */
  forward(weights: Float64Array, out: Float64Array): void;
  /** `rowsᵀ · shares`: the sum of the rows, each times its share. */
  backward(shares: Float64Array, out: Float64Array): void;
}

/**
 * Takes rows in, all of the same length and one at least. What it gives holds until other
 * rows are taken in.
 */
export type RowMultiplier = (rows: readonly Float32Array[]) => RowProducts;

/**
 * By plain loops over four rows at a time: they run millions of times, and so weights and
 * sums are fetched a quarter as often, and no sum has to wait for another.
 */
export const plainProducts: RowMultiplier = (rows) => {
  const size = rows[0]?.length ?? 0;
  const none = new Float32Array(size);
  /** Four at a time; nothing beyond the last one. */
  const fours = Array.from({ length: Math.ceil(rows.length / 4) }, (_, index) => {
    const [a = none, b = none, c = none, d = none] = rows.slice(4 * index, 4 * index + 4);
    return [a, b, c, d] as const;
  });
  return {
    forward: (weights, out) => {
      fours.forEach(([a, b, c, d], index) => {
        let [w, x, y, z] = [0, 0, 0, 0];
        for (let at = 0; at < size; at++) {
          const weight = weights[at] ?? 0;
          w += (a[at] ?? 0) * weight;
          x += (b[at] ?? 0) * weight;
          y += (c[at] ?? 0) * weight;
          z += (d[at] ?? 0) * weight;
        }
        const first = 4 * index;
        // What is beyond the end of an array is not written.
        out[first] = w;
        out[first + 1] = x;
        out[first + 2] = y;
        out[first + 3] = z;
      });
    },
    backward: (shares, out) => {
      out.fill(0);
      fours.forEach(([a, b, c, d], index) => {
        const first = 4 * index;
        const [w, x] = [shares[first] ?? 0, shares[first + 1] ?? 0];
        const [y, z] = [shares[first + 2] ?? 0, shares[first + 3] ?? 0];
        for (let at = 0; at < size; at++) {
          const sum = w * (a[at] ?? 0) + x * (b[at] ?? 0) + y * (c[at] ?? 0) + z * (d[at] ?? 0);
          out[at] = (out[at] ?? 0) + sum;
        }
      });
    },
  };
};
