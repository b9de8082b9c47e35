import { expect } from 'chai';
import fc from 'fast-check';
import { voteBoxes } from '../../../src/domain/box-voting.js';
import type { Detection } from '../../../src/domain/detection.js';
import type { BBox } from '../../../src/domain/geometry.js';

function detection(bbox: BBox, score: number, label = 'cup'): Detection {
  return { bbox, class: label, score };
}

describe('voteBoxes', () => {
  it('takes the mean of overlapping boxes, weighted by the squares of their scores', () => {
    const best = detection([0, 0, 100, 100], 0.8);
    const other = detection([10, 0, 100, 100], 0.4);
    const [voted] = voteBoxes([best], [best, other], 0.6);
    // 0.64 and 0.16: four parts to one.
    expect(voted?.bbox[0]).to.be.closeTo(2, 1e-9);
    expect(voted?.bbox[2]).to.be.closeTo(100, 1e-9);
    expect(voted?.score).to.equal(0.8);
  });

  it('asks neither other labels nor boxes elsewhere', () => {
    const best = detection([0, 0, 100, 100], 0.8);
    const others = [
      detection([10, 0, 100, 100], 0.9, 'cat'),
      detection([60, 0, 100, 100], 0.9),
      detection([300, 0, 10, 10], 0.9),
    ];
    expect(voteBoxes([best], [best, ...others], 0.6)).to.deep.equal([best]);
  });

  it('leaves a detection that no candidate supports as it is', () => {
    const alone = detection([0, 0, 1, 1], 0.5);
    expect(voteBoxes([alone], [], 0.5)).to.deep.equal([alone]);
    const silent = detection([0, 0, 1, 1], 0);
    expect(voteBoxes([silent], [silent], 0.5)).to.deep.equal([silent]);
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
        const [voted] = voteBoxes([first], candidates, 0.3);
        if (voted === undefined) throw new Error('a detection is missing');
        const low = Math.min(...candidates.map(({ bbox }) => bbox[0]));
        const high = Math.max(...candidates.map(({ bbox }) => bbox[0] + bbox[2]));
        expect(voted.bbox[0]).to.be.at.least(low - 1e-6);
        expect(voted.bbox[0] + voted.bbox[2]).to.be.at.most(high + 1e-6);
      }),
    );
  });
});
