import { expect } from 'chai';
import fc from 'fast-check';
import {
  accuracy,
  balancedAccuracy,
  confusionMatrix,
  confusions,
  labelFigures,
} from '../../../../src/domain/quality/confusion.js';
import { auroc, rocCurve } from '../../../../src/domain/quality/roc.js';

/** scikit-learn's example: y_true = [2, 0, 2, 2, 0, 1], y_pred = [0, 0, 2, 2, 0, 2]. */
const ANSWERS = [
  ['c', 'a'],
  ['a', 'a'],
  ['c', 'c'],
  ['c', 'c'],
  ['a', 'a'],
  ['b', 'c'],
].map(([truth = '', prediction = '']) => ({ truth, prediction }));

describe('confusion matrix', () => {
  it("is that of scikit-learn's documentation", () => {
    expect(confusionMatrix(ANSWERS, ['a', 'b', 'c'])).to.deep.equal({
      labels: ['a', 'b', 'c'],
      counts: [
        [2, 0, 0],
        [0, 0, 1],
        [1, 0, 2],
      ],
    });
  });

  it('gives precision and recall of each label, and nothing where there is nothing', () => {
    const figures = labelFigures(confusionMatrix(ANSWERS, ['a', 'b', 'c', 'd']));
    expect(figures[0]).to.deep.equal({
      label: 'a',
      count: 2,
      precision: 2 / 3,
      recall: 1,
      f1: 0.8,
    });
    expect(figures[1]).to.deep.include({ precision: undefined, recall: 0, f1: 0 });
    expect(figures[3]).to.deep.include({ precision: undefined, recall: undefined, f1: undefined });
  });

  it('gives accuracy, plain and balanced, and the mistakes', () => {
    const matrix = confusionMatrix(ANSWERS);
    expect(accuracy(matrix)).to.be.closeTo(4 / 6, 1e-12);
    expect(balancedAccuracy(matrix)).to.be.closeTo((1 + 0 + 2 / 3) / 3, 1e-12);
    expect(confusions(matrix)).to.have.deep.members([
      { truth: 'b', prediction: 'c', count: 1 },
      { truth: 'c', prediction: 'a', count: 1 },
    ]);
    expect(accuracy(confusionMatrix([]))).to.equal(undefined);
  });
});

describe('ROC', () => {
  const scored = fc.array(
    fc.record({ score: fc.integer({ min: 0, max: 12 }), isPositive: fc.boolean() }),
    { maxLength: 40 },
  );

  it("is that of scikit-learn's documentation", () => {
    const items = [
      { score: 0.1, isPositive: false },
      { score: 0.4, isPositive: false },
      { score: 0.35, isPositive: true },
      { score: 0.8, isPositive: true },
    ];
    expect(auroc(items)).to.equal(0.75);
    expect(
      rocCurve(items).map((point) => [
        point.threshold,
        point.truePositiveRate,
        point.falsePositiveRate,
      ]),
    ).to.deep.equal([
      [Infinity, 0, 0],
      [0.8, 0.5, 0],
      [0.4, 0.5, 0.5],
      [0.35, 1, 0.5],
      [0.1, 1, 1],
    ]);
  });

  it('has the area that counting all pairs gives', () => {
    fc.assert(
      fc.property(scored, (items) => {
        const positives = items.filter(({ isPositive }) => isPositive);
        const negatives = items.filter(({ isPositive }) => !isPositive);
        const pairs = positives.flatMap((p) =>
          negatives.map((n) => (p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0)),
        );
        if (pairs.length === 0) expect(auroc(items)).to.equal(undefined);
        else {
          const sum = pairs.reduce<number>((total, value) => total + value, 0);
          expect(auroc(items)).to.be.closeTo(sum / pairs.length, 1e-12);
        }
      }),
    );
  });

  it('rises from nothing to everything', () => {
    fc.assert(
      fc.property(scored, (items) => {
        const points = rocCurve(items);
        points.forEach((point, index) => {
          const before = points[index - 1];
          if (before === undefined) return;
          expect(point.threshold).to.be.below(before.threshold);
          expect(point.truePositiveRate).to.be.at.least(before.truePositiveRate);
          expect(point.falsePositiveRate).to.be.at.least(before.falsePositiveRate);
        });
        if (points.length > 0) {
          expect(points.at(-1)).to.include({ truePositiveRate: 1, falsePositiveRate: 1 });
        }
      }),
    );
  });
});
