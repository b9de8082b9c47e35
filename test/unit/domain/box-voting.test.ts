import { expect } from 'chai';
import fc from 'fast-check';
import { voteBoxes } from '../../../src/domain/box-voting.js';
import type { Detection } from '../../../src/domain/detection.js';
import type { BBox } from '../../../src/domain/geometry.js';

function detection(bbox: BBox, score: number, label = 'cup'): Detection {
  return { bbox, class: label, score };
}

const OPTIONS = { iouThreshold: 0.6, leastScore: 0 };

describe('voteBoxes', () => {
  it('takes the mean of overlapping boxes, weighted by their overlaps and scores', () => {
    const best = detection([0, 0, 100, 100], 0.8);
    const other = detection([25, 0, 100, 100], 0.5);
    const [voted] = voteBoxes([best], [best, other], { iouThreshold: 0.5, leastScore: 0.2 });
    // 0.5 · 0.6² and 0.1 · 0.3²: twenty parts to one.
    expect(voted?.bbox[0]).to.be.closeTo(25 / 21, 1e-9);
    expect(voted?.bbox[2]).to.be.closeTo(100, 1e-9);
    expect(voted?.score).to.equal(0.8);
  });

  it('hardly moves for a candidate that only just counts', () => {
    const best = detection([0, 0, 100, 100], 0.5);
    const options = { iouThreshold: 0.5, leastScore: 0.3 };
    for (const [left, score] of [
      [33.3, 0.5],
      [20, 0.301],
    ] as const) {
      const [voted] = voteBoxes([best], [best, detection([left, 0, 100, 100], score)], options);
      expect(voted?.bbox[0]).to.be.within(0, 0.1);
    }
  });

  it('asks neither other labels nor boxes elsewhere', () => {
    const best = detection([0, 0, 100, 100], 0.8);
    const others = [
      detection([10, 0, 100, 100], 0.9, 'cat'),
      detection([60, 0, 100, 100], 0.9),
      detection([300, 0, 10, 10], 0.9),
    ];
    expect(voteBoxes([best], [best, ...others], OPTIONS)).to.deep.equal([best]);
  });

  it('leaves a detection that no candidate supports as it is', () => {
    const alone = detection([0, 0, 1, 1], 0.5);
    expect(voteBoxes([alone], [], OPTIONS)).to.deep.equal([alone]);
    const silent = detection([0, 0, 1, 1], 0);
    expect(voteBoxes([silent], [silent], OPTIONS)).to.deep.equal([silent]);
  });

  it('never leaves the hull of the boxes that vote', () => {
    const side = fc.double({ min: 1, max: 100, noNaN: true });
    const box = fc.tuple(side, side, side, side);
    const score = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(box, score), { minLength: 1, maxLength: 8 }), (entries) => {
        const candidates = entries.map(([bbox, value]) => detection(bbox, value));
        const [first] = candidates;
        if (first === undefined) return;
        const [voted] = voteBoxes([first], candidates, { ...OPTIONS, iouThreshold: 0.3 });
        if (voted === undefined) throw new Error('a detection is missing');
        const low = Math.min(...candidates.map(({ bbox }) => bbox[0]));
        const high = Math.max(...candidates.map(({ bbox }) => bbox[0] + bbox[2]));
        expect(voted.bbox[0]).to.be.at.least(low - 1e-6);
        expect(voted.bbox[0] + voted.bbox[2]).to.be.at.most(high + 1e-6);
      }),
    );
  });
});
