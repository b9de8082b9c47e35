import { expect } from 'chai';
import fc from 'fast-check';
import { CANDIDATE_STRIDE, logit, sigmoid, toCandidates } from '../../../src/domain/candidates.js';

const labels = [null, 'person', 'bicycle', null];

/** One row as the device writes it. */
const row = (value: number, column: number, anchor = 7) => [
  value,
  column,
  anchor,
  0.1,
  0.2,
  0.5,
  0.8,
];

describe('toCandidates', () => {
  it('turns normalised corners into a box in pixels, and a logit into a score', () => {
    const [candidate] = toCandidates(Float32Array.from(row(0, 1)), labels, 1000, 500);
    expect(candidate).to.include({ class: 'person', score: 0.5, index: 7 });
    const expected = [200, 50, 600, 200];
    candidate?.bbox.forEach((value, index) => {
      expect(value).to.be.closeTo(expected[index] ?? NaN, 1e-3);
    });
  });

  it('skips empty rows, columns without a label and columns that do not exist', () => {
    const rows = Float32Array.from([
      ...row(-Infinity, 1),
      ...row(1, 0),
      ...row(1, 3),
      ...row(1, 99),
      ...row(NaN, 1),
      ...row(2, 2),
    ]);
    expect(toCandidates(rows, labels, 10, 10).map(({ class: label }) => label)).to.deep.equal([
      'bicycle',
    ]);
  });

  it('ignores an incomplete row at the end', () => {
    const rows = Float32Array.from([...row(0, 1), 1, 2, 3]);
    expect(rows.length % CANDIDATE_STRIDE).to.not.equal(0);
    expect(toCandidates(rows, labels, 10, 10)).to.have.length(1);
  });
});

describe('sigmoid and logit', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (probability) => {
        expect(sigmoid(logit(probability))).to.be.closeTo(probability, 1e-12);
      }),
    );
  });

  it('reach the ends', () => {
    expect(sigmoid(Infinity)).to.equal(1);
    expect(sigmoid(-Infinity)).to.equal(0);
    expect(logit(0)).to.equal(-Infinity);
    expect(logit(1)).to.equal(Infinity);
  });
});
