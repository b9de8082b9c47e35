import { expect } from 'chai';
import {
  logisticRegression,
  type LogisticModel,
} from '../../../../src/domain/network/logistic-regression.js';
import { randomNumbers } from '../../../../src/domain/random.js';

const OPTIONS = { steps: 400, learningRate: 0.05, weightDecay: 0 };

function logit({ weights, bias }: LogisticModel, row: Float32Array): number {
  return row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias);
}

describe('Logistic regression', () => {
  it('finds the odds that rows of both kinds have', () => {
    // Of the rows with the mark 9 in 10 are right, of those without 1 in 10.
    const rows = Array.from({ length: 200 }, (_, at) => Float32Array.of(at < 100 ? 1 : 0));
    const isRight = rows.map((row, at) => (at % 10 === 0) !== (row[0] === 1));
    const learnt = logisticRegression(rows, isRight, OPTIONS);
    expect(logit(learnt, Float32Array.of(1))).to.be.closeTo(Math.log(9), 0.1);
    expect(logit(learnt, Float32Array.of(0))).to.be.closeTo(-Math.log(9), 0.1);
  });

  it('counts the right and the wrong ones alike, however many there are', () => {
    const rows = Array.from({ length: 101 }, () => Float32Array.of(1, 2));
    const { bias, ...rest } = logisticRegression(
      rows,
      rows.map((_, at) => at === 0),
      OPTIONS,
    );
    expect(logit({ bias, ...rest }, Float32Array.of(1, 2))).to.be.closeTo(0, 1e-6);
  });

  it('keeps weights small where they are to decay', () => {
    const random = randomNumbers(4);
    const rows = Array.from({ length: 20 }, () =>
      Float32Array.from({ length: 50 }, () => random.normal()),
    );
    const isRight = rows.map((_, at) => at % 2 === 0);
    const size = (weightDecay: number): number => {
      const { weights } = logisticRegression(rows, isRight, { ...OPTIONS, weightDecay });
      return Math.hypot(...weights);
    };
    expect(size(1)).to.be.below(0.8 * size(0));
  });
});
