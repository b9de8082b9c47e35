import { expect } from 'chai';
import { MOTION_GRID } from '../../../src/domain/motion.js';
import { TileRotation } from '../../../src/domain/tile-rotation.js';
import { tileRegions } from '../../../src/domain/tiles.js';

const SIZE = { width: 640, height: 480 };
const TILES = tileRegions(SIZE, { width: 300, height: 300 });

/** A picture with a bright spot; none for none. */
function picture(column?: number, row?: number): Uint8Array {
  const luma = new Uint8Array(MOTION_GRID.width * MOTION_GRID.height).fill(60);
  if (column === undefined || row === undefined) return luma;
  for (const at of [0, 1, MOTION_GRID.width, MOTION_GRID.width + 1]) {
    luma[row * MOTION_GRID.width + column + at] = 220;
  }
  return luma;
}

describe('TileRotation', () => {
  it('shows every tile once, then rests while nothing moves', () => {
    const rotation = new TileRotation(TILES, SIZE);
    expect(rotation.measure(picture())).to.equal(1);
    const turns = Array.from({ length: 6 }, (_, look) => rotation.next(look * 30));
    expect(turns).to.deep.equal([0, 1, 2, 3, undefined, undefined]);
    expect(rotation.measure(picture())).to.equal(0);
    expect(rotation.next(200)).to.equal(undefined);
    expect(rotation.due).to.deep.equal([]);
  });

  it('goes where something moves, and only there', () => {
    const rotation = new TileRotation(TILES, SIZE);
    rotation.measure(picture());
    for (const look of [0, 1, 2, 3]) rotation.next(look);
    // Right at the bottom: in the last tile only.
    expect(rotation.measure(picture(55, 40))).to.be.closeTo(4 / (64 * 48), 1e-9);
    expect(rotation.due).to.deep.equal([3]);
    expect(rotation.next(10)).to.equal(3);
    expect(rotation.next(11)).to.equal(undefined);
    // In the middle, where all four overlap; and gone from the bottom.
    rotation.measure(picture(32, 24));
    expect(rotation.due).to.deep.equal([0, 1, 2, 3]);
    expect([12, 13, 14, 15, 16].map((now) => rotation.next(now))).to.deep.equal([
      0,
      1,
      2,
      3,
      undefined,
    ]);
  });

  it('notices slow changes, which no two measurements show', () => {
    const rotation = new TileRotation(TILES, SIZE);
    const base = picture();
    rotation.measure(base);
    for (const look of [0, 1, 2, 3]) rotation.next(look);
    for (let step = 1; step <= 5; step++) {
      const now = base.slice();
      for (let cell = 0; cell < 8; cell++) now[cell] = 60 + step * 6;
      expect(rotation.measure(now)).to.equal(0);
    }
    expect(rotation.due).to.deep.equal([0]);
  });

  it('looks at every tile now and then all the same', () => {
    const rotation = new TileRotation(TILES, SIZE);
    rotation.measure(picture());
    for (const look of [0, 1, 2, 3]) rotation.next(look);
    expect(rotation.next(3900)).to.equal(undefined);
    expect([4010, 4020, 4030, 4040, 4050].map((now) => rotation.next(now))).to.deep.equal([
      0,
      1,
      2,
      3,
      undefined,
    ]);
  });

  it('has no turn where there are no tiles', () => {
    const rotation = new TileRotation([], { width: 20, height: 10 });
    expect(rotation.next(0)).to.equal(undefined);
    expect(rotation.measure(picture())).to.equal(1);
    expect(rotation.next(1e9)).to.equal(undefined);
  });
});
