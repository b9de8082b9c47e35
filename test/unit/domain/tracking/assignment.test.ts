import { expect } from 'chai';
import fc from 'fast-check';
import { assign } from '../../../../src/domain/tracking/assignment.js';

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly costs: Float64Array;
}

const matrices = (cost: fc.Arbitrary<number>, largest = 6): fc.Arbitrary<Matrix> =>
  fc
    .tuple(fc.nat(largest), fc.nat(largest))
    .chain(([rows, columns]) =>
      fc
        .array(cost, { minLength: rows * columns, maxLength: rows * columns })
        .map((costs) => ({ rows, columns, costs: Float64Array.from(costs) })),
    );

/** Tries everything: the least total where each of the possible pairs left out costs the limit. */
function leastCost({ rows, columns, costs }: Matrix, limit: number): number {
  const possible = Math.min(rows, columns);
  const search = (row: number, taken: ReadonlySet<number>): number => {
    if (row === rows) return (possible - taken.size) * limit;
    let best = search(row + 1, taken);
    for (let column = 0; column < columns; column++) {
      const cost = costs[row * columns + column] ?? NaN;
      if (taken.has(column) || !(cost < limit)) continue;
      best = Math.min(best, cost + search(row + 1, new Set([...taken, column])));
    }
    return best;
  };
  return search(0, new Set());
}

function costOf(matrix: Matrix, limit: number): number {
  const { rows, columns, costs } = matrix;
  const { pairs } = assign(costs, rows, columns, limit);
  const paid = pairs.reduce((sum, [row, column]) => sum + (costs[row * columns + column] ?? 0), 0);
  return paid + (Math.min(rows, columns) - pairs.length) * limit;
}

describe('assign', () => {
  it('costs no more than the best that trying everything finds', () => {
    const costs = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      // Ties and forbidden pairs are where solvers go wrong.
      fc.constantFrom(0, 0.25, 0.5, 1, Infinity, NaN),
    );
    fc.assert(
      fc.property(matrices(costs), fc.constantFrom(0.3, 0.8, 1), (matrix, limit) => {
        expect(costOf(matrix, limit)).to.be.closeTo(leastCost(matrix, limit), 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it('does so for negative costs as well', () => {
    const costs = fc.integer({ min: -20, max: 5 });
    fc.assert(
      fc.property(matrices(costs, 5), (matrix) => {
        expect(costOf(matrix, 0)).to.be.closeTo(leastCost(matrix, 0), 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('uses each row and column once and lists the rest', () => {
    const costs = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(matrices(costs, 12), ({ rows, columns, costs }) => {
        const { pairs, unmatchedRows, unmatchedColumns } = assign(costs, rows, columns, 0.5);
        const all = (count: number) => Array.from({ length: count }, (_, index) => index);
        const sorted = (list: number[]) => list.sort((a, b) => a - b);
        expect(sorted([...pairs.map(([row]) => row), ...unmatchedRows])).to.deep.equal(all(rows));
        expect(sorted([...pairs.map(([, column]) => column), ...unmatchedColumns])).to.deep.equal(
          all(columns),
        );
        for (const [row, column] of pairs) {
          expect(costs[row * columns + column]).to.be.below(0.5);
        }
      }),
    );
  });

  it('prefers two fair pairs to one good and none', () => {
    // The first row's best column is the second row's only one.
    const costs = Float64Array.of(0.1, 0.3, 0.2, 0.9);
    const { pairs } = assign(costs, 2, 2, 0.8);
    expect(pairs).to.have.deep.members([
      [0, 1],
      [1, 0],
    ]);
  });

  it('takes nothing for nothing', () => {
    expect(assign(new Float64Array(), 0, 3, 1)).to.deep.equal({
      pairs: [],
      unmatchedRows: [],
      unmatchedColumns: [0, 1, 2],
    });
  });
});
