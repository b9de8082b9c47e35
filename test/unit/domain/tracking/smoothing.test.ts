import { expect } from 'chai';
import fc from 'fast-check';
import type { BBox } from '../../../../src/domain/geometry.js';
import { smooth, startSmoothing } from '../../../../src/domain/tracking/smoothing.js';
import { boxes } from '../../../support/arbitraries.js';

/** The boxes shown for observed ones. */
function shown(observed: readonly BBox[], rate: number): BBox[] {
  const [first = [0, 0, 1, 1]] = observed;
  let state = startSmoothing(first, 0);
  return observed.map((box, index) => {
    if (index > 0) state = smooth(state, box, (index * 1000) / rate);
    return state.bbox;
  });
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

describe('smooth', () => {
  for (const rate of [10, 30, 60]) {
    it(`calms an object at rest at ${String(rate)} frames a second`, () => {
      const trembling = Array.from({ length: 60 }, (_, i): BBox => [
        100 + (i % 2 === 0 ? 2 : -2),
        100,
        80 + (i % 3),
        80,
      ]);
      const after = shown(trembling, rate).slice(20);
      expect(spread(after.map(([x]) => x))).to.be.below(0.7 * 4);
    });

    it(`stays close behind one that moves at ${String(rate)} frames a second`, () => {
      const walking = Array.from({ length: 3 * rate }, (_, i): BBox => [
        (150 * i) / rate,
        100,
        40,
        80,
      ]);
      const lag = (walking.at(-1)?.[0] ?? 0) - (shown(walking, rate).at(-1)?.[0] ?? 0);
      expect(lag).to.be.within(0, 2.001);
    });
  }

  it('never shows an edge further than a tenth of the size from where it was observed', () => {
    const steps = fc.array(fc.tuple(boxes(), fc.integer({ min: 0, max: 2000 })), { minLength: 2 });
    fc.assert(
      fc.property(steps, (list) => {
        let time = 0;
        let state = startSmoothing([0, 0, 10, 10], time);
        for (const [box, pause] of list) {
          time += pause;
          state = smooth(state, box, time);
          const [x, y, width, height] = state.bbox;
          const off = (shownEdge: number, edge: number) => Math.abs(shownEdge - edge);
          const slack = 1e-9;
          expect(off(x, box[0])).to.be.at.most(box[2] / 10 + slack);
          expect(off(y, box[1])).to.be.at.most(box[3] / 10 + slack);
          expect(off(x + width, box[0] + box[2])).to.be.at.most(box[2] / 10 + slack);
          expect(off(y + height, box[1] + box[3])).to.be.at.most(box[3] / 10 + slack);
        }
      }),
    );
  });

  it('shows a box as it is at first, in the same picture, and when the clock goes back', () => {
    const box: BBox = [5, 5, 10, 10];
    const state = startSmoothing([0, 0, 10, 10], 100);
    expect(state.bbox).to.deep.equal([0, 0, 10, 10]);
    expect(smooth(state, box, 100).bbox).to.deep.equal(box);
    expect(smooth(state, box, 50).bbox).to.deep.equal(box);
  });
});
