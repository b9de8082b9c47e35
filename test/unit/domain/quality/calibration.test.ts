import { expect } from 'chai';
import fc from 'fast-check';
import {
  atTemperature,
  expectedCalibrationError,
  fitTemperature,
  negativeLogLikelihood,
  reliabilityCurve,
  type LabelledLogits,
} from '../../../../src/domain/quality/calibration.js';
import { randomNumbers } from '../../../../src/domain/random.js';

/** Examples whose labels are drawn from softmax(logits), and whose logits are then exaggerated. */
function exaggerated(factor: number, count = 4000): LabelledLogits[] {
  const random = randomNumbers(11);
  return Array.from({ length: count }, () => {
    const honest = Float64Array.from({ length: 3 }, () => 1.5 * random.normal());
    let rest = random.uniform();
    const drawn = atTemperature(honest, 1).findIndex((p) => (rest -= p) < 0);
    return { logits: honest.map((value) => value * factor), label: Math.max(0, drawn) };
  });
}

function answers(examples: readonly LabelledLogits[], temperature: number) {
  return examples.map(({ logits, label }) => {
    const probabilities = atTemperature(logits, temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, isRight: probabilities.indexOf(confidence) === label };
  });
}

describe('reliability curve', () => {
  it('groups answers by confidence', () => {
    const curve = reliabilityCurve(
      [
        { confidence: 1, isRight: true },
        { confidence: 0.95, isRight: false },
        { confidence: 0.5, isRight: true },
        { confidence: 0, isRight: false },
      ],
      2,
    );
    expect(curve).to.deep.equal([
      { from: 0, to: 0.5, count: 2, confidence: 0.25, accuracy: 0.5 },
      { from: 0.5, to: 1, count: 2, confidence: 0.975, accuracy: 0.5 },
    ]);
    expect(expectedCalibrationError(curve)).to.be.closeTo(0.5 * 0.25 + 0.5 * 0.475, 1e-12);
  });

  it('holds all answers, and its error is at most 1', () => {
    const list = fc.array(
      fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() }),
    );
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 20 }), (all, bins) => {
        const curve = reliabilityCurve(all, bins);
        expect(curve.reduce((sum, { count }) => sum + count, 0)).to.equal(all.length);
        expect(expectedCalibrationError(curve)).to.be.within(0, 1);
        for (const { from, to, confidence } of curve) {
          if (confidence !== undefined) expect(confidence).to.be.within(from - 1e-9, to + 1e-9);
        }
      }),
    );
  });
});

describe('temperature scaling', () => {
  for (const factor of [0.5, 1, 4]) {
    it(`undoes logits that are ${String(factor)} times too large`, () => {
      const examples = exaggerated(factor);
      const temperature = fitTemperature(examples);
      expect(temperature / factor).to.be.within(0.93, 1.07);
      const error = (at: number) =>
        expectedCalibrationError(reliabilityCurve(answers(examples, at)));
      expect(error(temperature)).to.be.below(0.03);
      if (factor !== 1) expect(error(1)).to.be.above(3 * error(temperature));
    });
  }

  it('finds what is most likely, and changes no answer', () => {
    const examples = exaggerated(2.5, 4000);
    const temperature = fitTemperature(examples);
    const best = negativeLogLikelihood(examples, temperature);
    for (const other of [0.8, 0.9, 1.1, 1.25]) {
      expect(negativeLogLikelihood(examples, temperature * other)).to.be.above(best);
    }
    for (const { logits } of examples) {
      const winner = (values: Float64Array) => values.indexOf(Math.max(...values));
      expect(winner(atTemperature(logits, temperature))).to.equal(winner(logits));
    }
  });

  it('does not take a few right answers for certainty, nor wrong ones', () => {
    const some = (label: number, count: number) =>
      Array.from({ length: count }, () => ({ logits: Float64Array.of(5, 0), label }));
    expect(fitTemperature(some(0, 1))).to.be.within(0.9, 1);
    expect(fitTemperature(some(0, 1000))).to.be.below(0.7);
    expect(fitTemperature(some(1, 1))).to.be.within(1.5, 4);
    expect(fitTemperature(some(1, 1000))).to.be.closeTo(20, 1);
    expect(fitTemperature([])).to.equal(1);
  });

  it('hears every label, however many examples another has', () => {
    const few = Array.from({ length: 3 }, () => ({ logits: Float64Array.of(2, 0), label: 1 }));
    const many = Array.from({ length: 100 }, () => ({ logits: Float64Array.of(0, 5), label: 1 }));
    const others = many.map(({ logits }) => ({ logits: logits.toReversed(), label: 0 }));
    const alone = fitTemperature([...many, ...others]);
    expect(fitTemperature([...few, ...others])).to.be.above(2 * alone);
  });
});
