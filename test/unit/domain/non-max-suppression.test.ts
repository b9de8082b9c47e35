import { expect } from 'chai';
import fc from 'fast-check';
import { intersectionOverUnion } from '../../../src/domain/geometry.js';
import { nonMaxSuppression } from '../../../src/domain/non-max-suppression.js';
import type { Candidate } from '../../../src/domain/non-max-suppression.js';
import { boxes } from '../../support/arbitraries.js';

const options = { maxResults: 10, scoreThreshold: 0.5, iouThreshold: 0.5 };

function candidate(overrides: Partial<Candidate>): Candidate {
  return { bbox: [0, 0, 10, 10], class: 'cat', score: 0.9, index: 0, ...overrides };
}

const candidates = fc.array(
  fc.record({
    bbox: boxes(),
    class: fc.constantFrom('cat', 'dog', 'cup'),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    index: fc.nat(1916),
  }),
  { maxLength: 40 },
);

describe('nonMaxSuppression', () => {
  it('keeps the better of two overlapping boxes of one class', () => {
    const kept = nonMaxSuppression(
      [candidate({ score: 0.7, bbox: [1, 0, 10, 10] }), candidate({ score: 0.9, index: 1 })],
      options,
    );
    expect(kept).to.deep.equal([{ bbox: [0, 0, 10, 10], class: 'cat', score: 0.9 }]);
  });

  it('keeps overlapping boxes of different classes', () => {
    const kept = nonMaxSuppression(
      [candidate({}), candidate({ class: 'dog', score: 0.8 })],
      options,
    );
    expect(kept.map((detection) => detection.class)).to.deep.equal(['cat', 'dog']);
  });

  it('keeps boxes that overlap exactly as much as is allowed', () => {
    const half: Candidate[] = [candidate({}), candidate({ bbox: [0, 0, 10, 5], score: 0.8 })];
    expect(nonMaxSuppression(half, options)).to.have.length(2);
    expect(nonMaxSuppression(half, { ...options, iouThreshold: 0.49 })).to.have.length(1);
  });

  it('a suppressed box suppresses nothing itself', () => {
    const row = [0, 4, 8].map((x, index) =>
      candidate({ bbox: [x, 0, 10, 10], score: 0.9 - index / 10, index }),
    );
    const kept = nonMaxSuppression(row, { ...options, iouThreshold: 0.4 });
    expect(kept.map((detection) => detection.bbox[0])).to.deep.equal([0, 8]);
  });

  it('drops what is below the threshold and keeps what is on it', () => {
    const far = candidate({ bbox: [50, 50, 10, 10], score: 0.5 });
    const faint = candidate({ bbox: [80, 80, 10, 10], score: 0.499 });
    expect(nonMaxSuppression([far, faint], options)).to.have.length(1);
  });

  it('keeps no more than asked for, the best ones', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      candidate({ bbox: [index * 20, 0, 10, 10], score: 0.5 + index / 100, index }),
    );
    const kept = nonMaxSuppression(many, { ...options, maxResults: 3 });
    expect(kept.map((detection) => detection.bbox[0])).to.deep.equal([380, 360, 340]);
  });

  it('does not depend on the order of the candidates, even with equal scores', () => {
    const coarse = candidates.map((list) =>
      list.map((item, index) => ({ ...item, index, score: Math.round(item.score * 4) / 4 })),
    );
    fc.assert(
      fc.property(coarse, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (list, keys) => {
        const shuffled = [...list].sort((a, b) => (keys[a.index] ?? 0) - (keys[b.index] ?? 0));
        expect(nonMaxSuppression(shuffled, options)).to.deep.equal(
          nonMaxSuppression(list, options),
        );
      }),
    );
  });

  it('yields a sorted list in which no two of a class overlap too much, and every dropped one had a reason', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const kept = nonMaxSuppression(list, { ...options, maxResults: 100 });
        kept.forEach((detection, index) => {
          const previous = kept[index - 1];
          if (previous !== undefined) expect(detection.score).to.be.at.most(previous.score);
          for (const other of kept.slice(0, index)) {
            if (other.class !== detection.class) continue;
            expect(intersectionOverUnion(other.bbox, detection.bbox)).to.be.at.most(0.5);
          }
        });
        for (const item of list) {
          const isKept = kept.some((detection) => detection.bbox === item.bbox);
          const isFaint = item.score < options.scoreThreshold;
          const isCovered = kept.some(
            (detection) =>
              detection.class === item.class &&
              detection.score >= item.score &&
              intersectionOverUnion(detection.bbox, item.bbox) > options.iouThreshold,
          );
          expect(isKept || isFaint || isCovered).to.equal(true);
        }
      }),
    );
  });

  it('leaves its input alone', () => {
    const list = Object.freeze([candidate({ score: 0.6 }), candidate({ score: 0.9 })]);
    nonMaxSuppression(list, options);
    expect(list[0]?.score).to.equal(0.6);
  });
});
