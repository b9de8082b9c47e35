import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  IGNORED,
  matchAnchors,
  NEGATIVE,
  POSITIVE,
} from '../../../../src/domain/detector-head/matching.js';
import { chooseAnchors } from '../../../../src/domain/detector-head/hard-negatives.js';

/** Anchors (centre y, centre x, height, width) of boxes `[x, y, width, height]`. */
function anchorsOf(...boxes: readonly (readonly [number, number, number, number])[]): Float32Array {
  return Float32Array.from(boxes.flatMap(([x, y, w, h]) => [y + h / 2, x + w / 2, h, w]));
}

const NOWHERE = [0, 0, 0, 0] as const;

function cornersOf(...boxes: readonly (readonly [number, number, number, number])[]): Float32Array {
  return Float32Array.from(boxes.flatMap(([x, y, w, h]) => [y, x, y + h, x + w]));
}

describe('matchAnchors', () => {
  const drawn = [[0.2, 0.2, 0.4, 0.4]] as const;
  const anchors = anchorsOf(
    [0.2, 0.2, 0.4, 0.4], // IoU 1
    [0.2, 0.2, 0.4, 0.22], // 0.55
    [0.2, 0.2, 0.4, 0.18], // 0.45
    [0.2, 0.2, 0.4, 0.1], // 0.25
    [0.7, 0.7, 0.2, 0.2], // 0
  );
  const elsewhere = cornersOf(NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE);

  it('takes anchors that overlap a drawn box by half, and passes over the doubtful', () => {
    const matches = matchAnchors(drawn, anchors, elsewhere);
    expect([...matches]).to.deep.equal([POSITIVE, POSITIVE, IGNORED, NEGATIVE, NEGATIVE]);
  });

  it('passes over an anchor whose box the network places on the object', () => {
    const decoded = cornersOf(NOWHERE, NOWHERE, NOWHERE, NOWHERE, [0.2, 0.2, 0.4, 0.3]);
    const matches = matchAnchors(drawn, anchors, decoded);
    expect([...matches]).to.deep.equal([POSITIVE, POSITIVE, IGNORED, NEGATIVE, IGNORED]);
  });

  it('gives every drawn box its best anchor, however little it overlaps', () => {
    const small = [[0.72, 0.72, 0.02, 0.02]] as const;
    expect([...matchAnchors(small, anchors, elsewhere)]).to.deep.equal([0, 0, 0, 0, POSITIVE]);
  });

  it('finds nothing in a picture without the thing', () => {
    expect([...matchAnchors([], anchors, elsewhere)]).to.deep.equal([0, 0, 0, 0, 0]);
  });
});

describe('chooseAnchors', () => {
  it('takes three of the hardest negatives for each positive, and at least ten', () => {
    const matches = new Int8Array(100);
    matches.fill(POSITIVE, 0, 5);
    matches.fill(IGNORED, 90);
    const logits = Float32Array.from({ length: 100 }, (_, anchor) => anchor);
    const { positives, negatives } = chooseAnchors(matches, logits);
    expect(positives).to.deep.equal([0, 1, 2, 3, 4]);
    expect(negatives).to.deep.equal(Array.from({ length: 15 }, (_, at) => 89 - at));
    expect(chooseAnchors(new Int8Array(100), logits).negatives).to.have.length(10);
  });

  it('is the same as sorting all of them, also where many are equal', () => {
    const logit = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(fc.array(logit, { maxLength: 60 }), (values) => {
        const { negatives } = chooseAnchors(
          new Int8Array(values.length),
          Float32Array.from(values),
        );
        const sorted = values
          .map((_, at) => at)
          .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
        expect(negatives.toSorted((a, b) => a - b)).to.deep.equal(
          sorted.slice(0, 10).toSorted((a, b) => a - b),
        );
      }),
    );
  });
});
