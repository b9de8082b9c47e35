import { expect } from 'chai';
import * as fc from 'fast-check';
import { chooseAnchors, highest } from '../../../../src/domain/detector-head/hard-negatives.js';
import { IGNORED, NEGATIVE, POSITIVE } from '../../../../src/domain/detector-head/matching.js';

const someNumbers = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true })), {
  minLength: 1,
  maxLength: 60,
});

describe('highest', () => {
  it('is what sorting gives, also among equals', () => {
    fc.assert(
      fc.property(someNumbers, fc.nat(), (numbers, draw) => {
        const values = Float32Array.from(numbers);
        const count = 1 + (draw % values.length);
        const sorted = values.slice().sort();
        expect(highest(values.slice(), count)).to.equal(sorted[sorted.length - count]);
      }),
    );
  });

  it('comes to an end whatever there is', () => {
    expect(highest(new Float32Array(9).fill(NaN), 4)).to.deep.equal(NaN);
    expect(highest(new Float32Array(2000).fill(1), 1000)).to.equal(1);
  });
});

describe('chooseAnchors', () => {
  it('takes all positives, and the negatives that look most like the class', () => {
    const matches = new Int8Array(40).fill(NEGATIVE);
    matches.fill(IGNORED, 30);
    matches.set([POSITIVE, POSITIVE, POSITIVE, POSITIVE], 0);
    const logits = Float32Array.from({ length: 40 }, (_, anchor) => (anchor * 7) % 40);
    const { positives, negatives } = chooseAnchors(matches, logits);
    expect(positives).to.deep.equal([0, 1, 2, 3]);
    const all = Array.from({ length: 26 }, (_, at) => 4 + at);
    const hardest = all.sort((a, b) => ((b * 7) % 40) - ((a * 7) % 40)).slice(0, 12);
    expect(negatives).to.deep.equal(hardest);
  });

  it('takes the first ones of those that look the same, and ten at least', () => {
    const matches = new Int8Array(30).fill(NEGATIVE);
    const { negatives } = chooseAnchors(matches, new Float32Array(30));
    expect(negatives).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
