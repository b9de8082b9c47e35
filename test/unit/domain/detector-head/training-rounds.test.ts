import { expect } from 'chai';
import * as fc from 'fast-check';
import { TrainingRounds } from '../../../../src/domain/detector-head/training-rounds.js';

/** Steps that are taken when each round ends with another average precision. */
function stepsFor(ends: readonly (number | undefined)[], steps = 10): number {
  const rounds = new TrainingRounds(steps);
  while (!rounds.isOver) rounds.count(ends[Math.floor(rounds.step / steps)]);
  return rounds.step;
}

describe('TrainingRounds', () => {
  it('are one where it is found well, or nobody can tell', () => {
    expect(stepsFor([0.9])).to.equal(10);
    expect(stepsFor([0.75])).to.equal(10);
    expect(stepsFor([undefined])).to.equal(10);
  });

  it('go on while it is found badly and each one helps', () => {
    expect(stepsFor([0.4, 0.9])).to.equal(20);
    expect(stepsFor([0.4, 0.405, 0.6])).to.equal(20);
    expect(stepsFor([0.4, 0.3, 0.6])).to.equal(20);
    expect(stepsFor([0.4, 0.5, 0.6, 0.7])).to.equal(30);
    expect(stepsFor([0, 0.1])).to.equal(30);
  });

  it('tell how far they are, never less than before, and 1 only at the end', () => {
    const precision = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(precision, { minLength: 60, maxLength: 60 }), (measured) => {
        const rounds = new TrainingRounds(20);
        let before = 0;
        while (!rounds.isOver) {
          rounds.count(measured[rounds.step]);
          expect(rounds.fraction).to.be.at.least(before);
          before = rounds.fraction;
        }
        expect(rounds.fraction).to.equal(1);
      }),
    );
    const hard = new TrainingRounds(10);
    for (let step = 0; step < 10; step++) hard.count(0.2);
    expect(hard.isOver).to.equal(false);
    expect(hard.fraction).to.be.closeTo(0.5, 1e-9);
  });
});
