import { expect } from 'chai';
import fc from 'fast-check';
import type { BBox } from '../../../src/domain/geometry.js';
import type { Candidate } from '../../../src/domain/non-max-suppression.js';
import { tilesWorthALook } from '../../../src/domain/tile-choice.js';
import { tileRegions } from '../../../src/domain/tiles.js';

const SIZE = { width: 640, height: 480 };
const TILES = tileRegions(SIZE, { width: 300, height: 300 });

function candidate(bbox: BBox, score: number): Candidate {
  return { bbox, class: 'bird', score, index: 0 };
}

/** Small, and in the middle of a corner that only one tile has. */
const topLeft = candidate([40, 30, 20, 20], 0.4);
const bottomRight = candidate([600, 440, 20, 20], 0.4);

describe('tilesWorthALook', () => {
  it('looks everywhere where the whole shows nothing', () => {
    expect(tilesWorthALook(TILES, [])).to.deep.equal(TILES);
    expect(tilesWorthALook(TILES, [candidate([40, 30, 20, 20], 0.1)])).to.deep.equal(TILES);
  });

  it('leaves out tiles in which the whole shows less than elsewhere', () => {
    expect(tilesWorthALook(TILES, [topLeft])).to.deep.equal([TILES[0]]);
    expect(tilesWorthALook(TILES, [bottomRight, topLeft])).to.deep.equal([TILES[0], TILES[3]]);
  });

  it('looks at every tile that shares the middle', () => {
    expect(tilesWorthALook(TILES, [candidate([310, 230, 20, 20], 0.4)])).to.deep.equal(TILES);
  });

  it('is not led by what is large or hardly there', () => {
    const large = candidate([380, 280, 250, 190], 0.9);
    expect(tilesWorthALook(TILES, [large, topLeft])).to.deep.equal([TILES[0]]);
    const faint = Array.from({ length: 90 }, () => candidate([600, 440, 20, 20], 0.04));
    expect(tilesWorthALook(TILES, [...faint, topLeft])).to.deep.equal([TILES[0]]);
  });

  it('leaves out a tile that promises far less than the others', () => {
    const crowd = Array.from({ length: 20 }, () => topLeft);
    expect(tilesWorthALook(TILES, [...crowd, bottomRight])).to.deep.equal([TILES[0]]);
  });

  it('keeps the best tile whenever a small thing is seen well, and the order', () => {
    const candidates = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 620 }),
        y: fc.integer({ min: 0, max: 460 }),
        score: fc.double({ min: 0.3, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 100 },
    );
    fc.assert(
      fc.property(candidates, (found) => {
        const chosen = tilesWorthALook(
          TILES,
          found.map(({ x, y, score }) => candidate([x, y, 20, 20], score)),
        );
        expect(chosen).not.to.be.empty;
        expect(TILES.filter((tile) => chosen.includes(tile))).to.deep.equal(chosen);
      }),
    );
  });
});
