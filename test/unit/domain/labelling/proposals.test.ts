import { expect } from 'chai';
import { toFloat16 } from '../../../../src/domain/float16.js';
import { proposalAt, proposeBoxes } from '../../../../src/domain/labelling/proposals.js';
import type { BBox } from '../../../../src/domain/geometry.js';

const LABELS = [null, 'cat', 'dog'];
const SIZE = { width: 200, height: 100 };

/** What a network says: corners and the logits of nothing, cat and dog. */
function answers(rows: readonly (readonly [corners: readonly number[], logits: number[]])[]): {
  logits: Uint16Array;
  boxes: Float32Array;
} {
  return {
    logits: toFloat16(Float32Array.from(rows.flatMap(([, logits]) => logits))),
    boxes: Float32Array.from(rows.flatMap(([corners]) => corners)),
  };
}

describe('proposeBoxes', () => {
  it('ranks boxes by the class that each is most like, one for each thing', () => {
    const proposals = proposeBoxes(
      answers([
        [
          [0.1, 0.1, 0.5, 0.5],
          [9, -2, -1],
        ],
        // The same thing, called something else.
        [
          [0.1, 0.1, 0.5, 0.52],
          [0, 1, -5],
        ],
        [
          [0.6, 0.6, 0.9, 0.9],
          [0, -5, 2],
        ],
      ]),
      LABELS,
      SIZE,
    );
    expect(proposals.map(({ bbox }) => bbox.map(Math.round))).to.deep.equal([
      [120, 60, 60, 30],
      [20, 10, 84, 40],
    ]);
    expect(proposals[0]?.score).to.be.closeTo(1 / (1 + Math.exp(-2)), 1e-3);
  });

  it('leaves out what is everything, too small, or hardly there', () => {
    const proposals = proposeBoxes(
      answers([
        [
          [0, 0, 1, 1],
          [0, 5, 0],
        ],
        [
          [0.1, 0.1, 0.12, 0.9],
          [0, 4, 0],
        ],
        [
          [0.2, 0.2, 0.8, 0.8],
          [20, -9, -9],
        ],
      ]),
      LABELS,
      SIZE,
    );
    expect(proposals).to.deep.equal([]);
  });

  it('cuts off what lies outside, and gives no more than is wanted', () => {
    const rows = Array.from({ length: 9 }, (_, at): [number[], number[]] => {
      return [
        [0.3, 0.1 * at, 0.7, 0.1 * at + 0.15],
        [0, 0, at / 9],
      ];
    });
    const beyond: [number[], number[]] = [
      [-0.5, 0.4, 0.5, 0.9],
      [0, 3, 0],
    ];
    const proposals = proposeBoxes(answers([...rows, beyond]), LABELS, SIZE, { most: 3 });
    expect(proposals).to.have.length(3);
    expect(proposals[0]?.bbox.map(Math.round)).to.deep.equal([80, 0, 100, 50]);
  });
});

describe('proposalAt', () => {
  const at = (bbox: BBox): { bbox: BBox; score: number } => ({ bbox, score: 0.5 });
  const [large, small, other] = [at([0, 0, 90, 90]), at([10, 10, 20, 20]), at([95, 0, 5, 5])];

  it('means the best below the tap, then the next, round and round', () => {
    const all = [small, large, other];
    expect(proposalAt([15, 15], all, undefined)).to.equal(small);
    expect(proposalAt([15, 15], all, small.bbox)).to.equal(large);
    expect(proposalAt([15, 15], all, large.bbox)).to.equal(small);
    expect(proposalAt([15, 15], all, other.bbox)).to.equal(small);
    expect(proposalAt([50, 95], all, undefined)).to.equal(undefined);
  });
});
