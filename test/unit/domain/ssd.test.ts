import { expect } from 'chai';
import * as fc from 'fast-check';
import { CANDIDATE_STRIDE } from '../../../src/domain/candidates.js';
import type { SsdHead } from '../../../src/domain/model-manifest.js';
import { decodeBox, selectSsdCandidates } from '../../../src/domain/ssd.js';

function headOf(anchorCount: number, classCount: number): SsdHead {
  return {
    kind: 'ssd',
    logits: 'logits',
    boxEncodings: 'boxes',
    anchors: 'anchors',
    anchorCount,
    classCount,
    boxScales: [10, 10, 5, 5],
  };
}

/** (logit, column, anchor) of each row. */
function firstThree(rows: Float32Array): number[][] {
  return Array.from({ length: rows.length / CANDIDATE_STRIDE }, (_, row) =>
    Array.from(rows.subarray(row * CANDIDATE_STRIDE, row * CANDIDATE_STRIDE + 3)),
  );
}

describe('selectSsdCandidates', () => {
  it('takes the best pairs of anchor and permitted class, best first, ties by index', () => {
    const anchorCount = 9;
    const classCount = 5;
    fc.assert(
      fc.property(
        // Few values, so that ties are common.
        fc.array(fc.integer({ min: -4, max: 4 }), {
          minLength: anchorCount * classCount,
          maxLength: anchorCount * classCount,
        }),
        fc.array(fc.boolean(), { minLength: classCount, maxLength: classCount }),
        fc.integer({ min: 1, max: anchorCount * classCount + 1 }),
        (logits, flags, count) => {
          const permitted = Uint8Array.from(flags, Number);
          const zeros = new Float32Array(anchorCount * 4);
          const rows = selectSsdCandidates(
            headOf(anchorCount, classCount),
            logits,
            zeros,
            zeros,
            permitted,
            count,
          );
          const expected = logits
            .map((logit, pair) => [logit, pair % classCount, Math.floor(pair / classCount)])
            .filter(([, column = 0]) => flags[column])
            // Sorting is stable: ties stay in the order of anchors, then of classes.
            .sort(([a = 0], [b = 0]) => b - a)
            .slice(0, count);
          expect(firstThree(rows)).to.deep.equal(expected);
        },
      ),
    );
  });

  it('leaves out what is no number', () => {
    const zeros = new Float32Array(12);
    const logits = [NaN, NaN, 1, 2, -Infinity, -Infinity];
    const rows = selectSsdCandidates(headOf(3, 2), logits, zeros, zeros, Uint8Array.of(1, 1));
    expect(firstThree(rows)).to.deep.equal([
      [2, 1, 1],
      [1, 0, 1],
    ]);
  });
});

describe('decodeBox', () => {
  it('is the box coder of the Object Detection API', () => {
    const head = headOf(1, 1);
    const anchors = [0.5, 0.25, 0.2, 0.4];
    const still = decodeBox(head, [0, 0, 0, 0], anchors, 0);
    [0.4, 0.05, 0.6, 0.45].forEach((side, index) => {
      expect(still[index]).to.be.closeTo(side, 1e-12);
    });
    // ty = 10 moves by one anchor height, th = 5 ln 2 doubles the height.
    const [ymin, xmin, ymax, xmax] = decodeBox(head, [10, -5, 5 * Math.LN2, 0], anchors, 0);
    expect(ymin).to.be.closeTo(0.7 - 0.2, 1e-12);
    expect(ymax).to.be.closeTo(0.7 + 0.2, 1e-12);
    expect(xmin).to.be.closeTo(0.05 - 0.2, 1e-12);
    expect(xmax).to.be.closeTo(0.05 + 0.2, 1e-12);
  });
});
