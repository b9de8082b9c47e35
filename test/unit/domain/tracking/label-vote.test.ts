import { expect } from 'chai';
import fc from 'fast-check';
import { vote, type LabelVote } from '../../../../src/domain/tracking/label-vote.js';

const opinion = (mine: number) =>
  new Map([
    ['mine', mine],
    ['other', 1 - mine],
  ]);

/** What is shown after each frame. */
function shown(probabilities: readonly number[], rate: number): string[] {
  let state: LabelVote | undefined;
  return probabilities.map((mine, index) => {
    state = vote(state, opinion(mine), (index * 1000) / rate);
    return state.label;
  });
}

describe('vote', () => {
  it('begins with what the first frame says', () => {
    expect(vote(undefined, opinion(0.7), 0)).to.include({ label: 'mine', confidence: 0.7 });
  });

  for (const rate of [5, 30]) {
    it(`does not flicker when single frames are wrong, at ${String(rate)} frames a second`, () => {
      const labels = shown(
        Array.from({ length: 6 * rate }, (_, index) => (index % rate === rate - 1 ? 0.2 : 0.85)),
        rate,
      );
      expect(new Set(labels)).to.deep.equal(new Set(['mine']));
    });

    it(`follows within a second when it has changed, at ${String(rate)} frames a second`, () => {
      const labels = shown(
        Array.from({ length: 4 * rate }, (_, index) => (index < 2 * rate ? 0.9 : 0.1)),
        rate,
      );
      const changedAt = labels.indexOf('other');
      expect(changedAt).to.be.within(2 * rate + 1, 3 * rate);
      expect(new Set(labels.slice(changedAt))).to.deep.equal(new Set(['other']));
    });
  }

  it('stays with what is shown while both are as good', () => {
    const labels = shown(
      Array.from({ length: 60 }, (_, index) => (index === 0 ? 0.6 : index % 2 === 0 ? 0.52 : 0.46)),
      10,
    );
    expect(new Set(labels)).to.deep.equal(new Set(['mine']));
  });

  it('takes labels that appear and go, and begins anew when the clock goes back', () => {
    const first = vote(undefined, opinion(0.9), 5000);
    const second = vote(first, new Map([['new', 1]]), 9000);
    expect(second.label).to.equal('new');
    expect(vote(second, opinion(0.2), 0)).to.include({ label: 'other' });
  });

  it('gives a confidence between 0 and 1, and never forgets how to change', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const frame = fc.record({ mine: probability, pause: fc.integer({ min: 0, max: 3000 }) });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 30 }), (frames) => {
        let state: LabelVote | undefined;
        let time = 0;
        for (const { mine, pause } of frames) {
          time += pause;
          state = vote(state, opinion(mine), time);
          expect(state.confidence).to.be.within(0, 1);
        }
        for (let index = 0; index < 40; index++) {
          time += 100;
          state = vote(state, opinion(0.05), time);
        }
        expect(state?.label).to.equal('other');
        expect(state?.confidence).to.be.above(0.9);
      }),
    );
  });
});
