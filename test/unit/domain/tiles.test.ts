import { expect } from 'chai';
import fc from 'fast-check';
import { intersectionOverUnion, type BBox } from '../../../src/domain/geometry.js';
import type { Candidate } from '../../../src/domain/non-max-suppression.js';
import {
  mergeLooks,
  tileRegions,
  wholeRegion,
  type Look,
  type MergeRules,
} from '../../../src/domain/tiles.js';

const INPUT = { width: 300, height: 300 };

const RULES: MergeRules = { edge: 0.01, largest: 1, part: 1 };

function candidate(bbox: BBox, score = 0.8, index = 0): Candidate {
  return { bbox, class: 'cup', score, index };
}

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
});

describe('tileRegions', () => {
  it('lays four tiles of 60 % over a picture', () => {
    expect(tileRegions({ width: 640, height: 480 }, INPUT)).to.deep.equal([
      [0, 0, 384, 288],
      [256, 0, 384, 288],
      [0, 192, 384, 288],
      [256, 192, 384, 288],
    ]);
  });

  it('lays them in a row over very long and very high pictures', () => {
    const long = tileRegions({ width: 3000, height: 500 }, INPUT);
    expect(long.map(([, y, , height]) => [y, height])).to.deep.equal(Array(4).fill([0, 500]));
    expect(long.map(([x, , width]) => [x, width])).to.deep.equal([
      [0, 1000],
      [667, 1000],
      [1333, 1000],
      [2000, 1000],
    ]);
    const high = tileRegions({ width: 500, height: 3000 }, INPUT);
    expect(high.map(([x, y, width, height]) => [y, x, height, width])).to.deep.equal(long);
  });

  it('has none where the network sees every pixel of the whole picture', () => {
    expect(tileRegions({ width: 300, height: 300 }, INPUT)).to.deep.equal([]);
    expect(tileRegions({ width: 1, height: 1 }, INPUT)).to.deep.equal([]);
    expect(tileRegions({ width: 301, height: 10 }, INPUT)).not.to.be.empty;
  });

  it('covers any picture with tiles of one size in whole pixels inside it', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, x, y) => {
          const tiles = tileRegions(size, INPUT);
          if (tiles.length === 0) return;
          for (const [left, top, width, height] of tiles) {
            for (const value of [left, top, width, height]) expect(value % 1).to.equal(0);
            expect(Math.min(left, top)).to.be.at.least(0);
            expect(Math.min(width, height)).to.be.at.least(1);
            expect(left + width).to.be.at.most(size.width);
            expect(top + height).to.be.at.most(size.height);
            expect([width, height]).to.deep.equal(tiles[0]?.slice(2));
          }
          const column = Math.min(Math.floor(x * size.width), size.width - 1);
          const row = Math.min(Math.floor(y * size.height), size.height - 1);
          const covering = tiles.filter(
            ([left, top, width, height]) =>
              left <= column && column < left + width && top <= row && row < top + height,
          );
          expect(covering).not.to.be.empty;
        },
      ),
    );
  });

  it('shows a thing of up to a fifth of the picture whole in some tile', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    const size = { width: 1000, height: 1000 };
    fc.assert(
      fc.property(unit, unit, (x, y) => {
        const side = 190;
        const left = x * (size.width - side);
        const top = y * (size.height - side);
        const whole = tileRegions(size, INPUT).some(
          ([tileLeft, tileTop, width, height]) =>
            tileLeft <= left &&
            tileTop <= top &&
            left + side <= tileLeft + width &&
            top + side <= tileTop + height,
        );
        expect(whole).to.equal(true);
      }),
    );
  });
});

describe('mergeLooks', () => {
  const size = { width: 1000, height: 1000 };
  const [topLeft, topRight] = tileRegions(size, INPUT) as [BBox, BBox];

  it('moves boxes of a tile to where they are in the picture', () => {
    const [found] = mergeLooks(
      [{ region: topRight, candidates: [candidate([100, 50, 80, 60])] }],
      size,
      RULES,
    );
    expect(found?.bbox).to.deep.equal([500, 50, 80, 60]);
    expect(found?.score).to.equal(0.8);
  });

  it('leaves the look at the whole as it is', () => {
    const boxes = [candidate([0, 0, 1000, 1000], 0.9, 7), candidate([400, 400, 600, 600], 0.1, 8)];
    const merged = mergeLooks([{ region: wholeRegion(size), candidates: boxes }], size, RULES);
    expect(merged).to.deep.equal(boxes);
  });

  it('drops what an inner edge cuts, and keeps what touches the edge of the picture', () => {
    const kept: BBox[] = [
      [0, 0, 100, 100],
      [200, 0, 100, 100],
      [0, 200, 100, 100],
    ];
    const cut: BBox[] = [
      [500, 100, 100, 50],
      [100, 500, 50, 100],
      [0, 0, 600, 600],
    ];
    const look: Look = {
      region: topLeft,
      candidates: [...kept, ...cut].map((box) => candidate(box)),
    };
    expect(mergeLooks([look], size, RULES).map(({ bbox }) => bbox)).to.deep.equal(kept);
    const right: Look = {
      region: topRight,
      candidates: [candidate([0, 100, 50, 50]), candidate([500, 0, 100, 100])],
    };
    expect(mergeLooks([right], size, RULES).map(({ bbox }) => bbox)).to.deep.equal([
      [900, 0, 100, 100],
    ]);
  });

  it('leaves what fills a tile to the look at the whole where the rules say so', () => {
    const look: Look = { region: topLeft, candidates: [candidate([0, 0, 590, 590])] };
    expect(mergeLooks([look], size, RULES)).to.have.length(1);
    expect(mergeLooks([look], size, { ...RULES, largest: 0.5 })).to.be.empty;
  });

  it('drops what a tile takes for a thing of its own and is a part of what the whole look found', () => {
    const whole = (score: number): Look => ({
      region: wholeRegion({ width: 200, height: 200 }),
      candidates: [candidate([60, 20, 80, 100], score)],
    });
    const tile = (bbox: BBox, label = 'cup'): Look => ({
      region: [40, 0, 120, 120],
      candidates: [{ ...candidate(bbox, 0.8), class: label }],
    });
    const rules = { ...RULES, part: 0.35 };
    const kept = (...looks: Look[]): number =>
      mergeLooks(looks, { width: 200, height: 200 }, rules).length;
    const upperHalf: BBox = [22, 20, 74, 52];
    expect(kept(whole(0.9), tile(upperHalf))).to.equal(1);
    // Another label, a faint whole, something small in it, and the same thing better placed.
    expect(kept(whole(0.9), tile(upperHalf, 'person'))).to.equal(2);
    expect(kept(whole(0.4), tile(upperHalf))).to.equal(2);
    expect(kept(whole(0.9), tile([40, 40, 30, 30]))).to.equal(2);
    expect(kept(whole(0.9), tile([25, 25, 70, 85]))).to.equal(2);
    // Without a look at the whole nothing is known.
    expect(kept(tile(upperHalf))).to.equal(1);
  });

  it('gives every candidate an index of its own, and none outside the picture', () => {
    const box = fc
      .tuple(...Array.from({ length: 4 }, () => fc.double({ min: 0, max: 0.5, noNaN: true })))
      .map(([x = 0, y = 0, width = 0, height = 0]) => [x, y, width, height] as const);
    fc.assert(
      fc.property(sizes, fc.array(box, { minLength: 1, maxLength: 5 }), (picture, boxes) => {
        const regions = [wholeRegion(picture), ...tileRegions(picture, INPUT)];
        const looks = regions.map((region) => ({
          region,
          candidates: boxes.map(([x, y, width, height], index) =>
            candidate(
              [x * region[2], y * region[3], width * region[2], height * region[3]],
              0.5,
              index,
            ),
          ),
        }));
        const merged = mergeLooks(looks, picture);
        expect(new Set(merged.map(({ index }) => index)).size).to.equal(merged.length);
        for (const { bbox } of merged) {
          expect(bbox[0] + bbox[2]).to.be.at.most(picture.width + 1e-6);
          expect(bbox[1] + bbox[3]).to.be.at.most(picture.height + 1e-6);
          expect(intersectionOverUnion(bbox, wholeRegion(picture))).to.be.at.least(0);
        }
      }),
    );
  });
});
