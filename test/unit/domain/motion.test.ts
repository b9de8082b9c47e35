import { expect } from 'chai';
import fc from 'fast-check';
import { changedCells, countChanged, MOTION_GRID, toLuma } from '../../../src/domain/motion.js';

const CELLS = MOTION_GRID.width * MOTION_GRID.height;

function flat(value: number): Uint8Array {
  return new Uint8Array(CELLS).fill(value);
}

/** A picture with a bright square at a cell. */
function withSquare(column: number, row: number, side: number, base = 80): Uint8Array {
  const picture = flat(base);
  for (let y = row; y < row + side; y++) {
    for (let x = column; x < column + side; x++) picture[y * MOTION_GRID.width + x] = 200;
  }
  return picture;
}

describe('Motion', () => {
  it('weighs colours as the eye does', () => {
    expect([...toLuma([255, 255, 255, 255, 0, 0, 0, 255])]).to.deep.equal([255, 0]);
    const [red = 0, green = 0, blue = 0] = toLuma([255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0]);
    expect(green).to.be.above(red);
    expect(red).to.be.above(blue);
  });

  it('finds where a thing was and where it is', () => {
    const changed = changedCells(withSquare(2, 2, 3), withSquare(40, 30, 3));
    expect(countChanged(changed, [0, 0, 1, 1])).to.equal(18);
    expect(countChanged(changed, [0, 0, 0.5, 0.5])).to.equal(9);
    expect(countChanged(changed, [0.5, 0, 0.5, 0.5])).to.equal(0);
    expect(countChanged(changed, [0.5, 0.5, 0.5, 0.5])).to.equal(9);
  });

  it('sees no motion in noise, whatever the noise', () => {
    const values = fc.uint8Array({ minLength: CELLS, maxLength: CELLS });
    fc.assert(
      fc.property(values, (noise) => {
        const noisy = flat(100).map((value, cell) => value + ((noise[cell] ?? 0) % 9));
        expect(countChanged(changedCells(flat(104), noisy), [0, 0, 1, 1])).to.equal(0);
      }),
      { numRuns: 20 },
    );
  });

  it('takes no lamp for motion, but a camera that turns', () => {
    expect(countChanged(changedCells(flat(100), flat(120)), [0, 0, 1, 1])).to.equal(0);
    const stripes = flat(0).map((_, cell) => (cell % 4 < 2 ? 40 : 200));
    const turned = flat(0).map((_, cell) => ((cell + 2) % 4 < 2 ? 40 : 200));
    expect(countChanged(changedCells(stripes, turned), [0, 0, 1, 1])).to.equal(CELLS);
  });
});
