import { expect } from 'chai';
import fc from 'fast-check';
import {
  aroundMiddle,
  middleOf,
  poolingWeights,
  regionAverage,
  type FeatureMap,
} from '../../../src/domain/region-features.js';

const PICTURE = { width: 80, height: 60 };
const GRID = { rows: 3, columns: 4 };

function mapOf(value: (row: number, column: number, channel: number) => number): FeatureMap {
  const values = new Float32Array(GRID.rows * GRID.columns * 2);
  for (let row = 0; row < GRID.rows; row++) {
    for (let column = 0; column < GRID.columns; column++) {
      for (let channel = 0; channel < 2; channel++) {
        values[(row * GRID.columns + column) * 2 + channel] = value(row, column, channel);
      }
    }
  }
  return { ...GRID, channels: 2, values };
}

const anyBox = fc.tuple(
  fc.double({ min: -20, max: 75, noNaN: true }),
  fc.double({ min: -20, max: 55, noNaN: true }),
  fc.double({ min: 25, max: 120, noNaN: true }),
  fc.double({ min: 25, max: 120, noNaN: true }),
);

describe('poolingWeights', () => {
  it('shares a box out over the cells by area', () => {
    // Cells are 20 by 20 pixels; the box covers a quarter of one cell and half of its neighbour's quarter.
    const weights = poolingWeights([10, 10, 15, 10], PICTURE, GRID);
    const shares = [...weights].flatMap((weight, cell) => (weight > 0 ? [[cell, weight]] : []));
    expect(shares.map(([cell]) => cell)).to.deep.equal([0, 1]);
    expect(shares[0]?.[1]).to.be.closeTo(2 / 3, 1e-6);
    expect(shares[1]?.[1]).to.be.closeTo(1 / 3, 1e-6);
  });

  it('sums up to 1 wherever a box touches the picture', () => {
    fc.assert(
      fc.property(anyBox, (box) => {
        const sum = poolingWeights(box, PICTURE, GRID).reduce((total, weight) => total + weight, 0);
        expect(sum).to.be.closeTo(1, 1e-5);
      }),
    );
  });

  it('is all 0 outside the picture', () => {
    expect([...poolingWeights([-50, -50, 20, 20], PICTURE, GRID)].every((w) => w === 0)).to.equal(
      true,
    );
  });
});

describe('regionAverage', () => {
  it('of the whole picture is the mean of the map', () => {
    const map = mapOf((row, column, channel) => 10 * row + column + 100 * channel);
    const [first, second] = regionAverage(map, [0, 0, 80, 60], PICTURE);
    expect(first).to.be.closeTo(11.5, 1e-4);
    expect(second).to.be.closeTo(111.5, 1e-4);
  });

  it('of a box in one cell is that cell', () => {
    const map = mapOf((row, column, channel) => 10 * row + column + 100 * channel);
    expect([...regionAverage(map, [61, 41, 5, 5], PICTURE)]).to.deep.equal([23, 123]);
  });

  it('stays between the extremes of the map', () => {
    const map = mapOf((row, column) => row - column);
    fc.assert(
      fc.property(anyBox, (box) => {
        for (const value of regionAverage(map, box, PICTURE))
          expect(value).to.be.within(-3.001, 2.001);
      }),
    );
  });
});

describe('The middle of a box', () => {
  it('is in the middle, of the part of its sides that was asked for', () => {
    expect(middleOf([10, 20, 60, 30], 0.5)).to.deep.equal([25, 27.5, 30, 15]);
    expect(middleOf([10, 20, 60, 30], 1)).to.deep.equal([10, 20, 60, 30]);
  });

  it('leads back to the box', () => {
    aroundMiddle(middleOf([10, 20, 60, 30], 0.667), 0.667).forEach((value, index) => {
      expect(value).to.be.closeTo([10, 20, 60, 30][index] ?? 0, 1e-9);
    });
  });
});
