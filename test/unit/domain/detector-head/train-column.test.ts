import { expect } from 'chai';
import * as fc from 'fast-check';
import { columnLogits } from '../../../../src/domain/detector-head/column.js';
import { anchorLayout } from '../../../../src/domain/detector-head/layout.js';
import { NEGATIVE, POSITIVE } from '../../../../src/domain/detector-head/matching.js';
import {
  ColumnTrainer,
  DEFAULT_COLUMN_OPTIONS,
  type ColumnLesson,
} from '../../../../src/domain/detector-head/train-column.js';
import { sparseDense, toSparse } from '../../../../src/domain/detector-head/sparse-features.js';
import { fromFloat16, toFloat16 } from '../../../../src/domain/float16.js';
import { randomNumbers, type RandomNumbers } from '../../../../src/domain/random.js';
import { madeAnchors } from '../../../support/anchors.js';

const SHAPES = [
  [1, 2, 2, 5],
  [1, 1, 1, 4],
] as const;
const layout = anchorLayout(SHAPES, madeAnchors(SHAPES, [2, 3]));

function lessonOf(random: RandomNumbers, positives: readonly number[]): ColumnLesson {
  const features = Float32Array.from({ length: layout.featureCount }, () =>
    // As behind a ReLU6.
    Math.min(6, Math.max(0, 2 * random.normal())),
  );
  const matches = new Int8Array(layout.anchorCount).fill(NEGATIVE);
  for (const anchor of positives) matches[anchor] = POSITIVE;
  const base = Float32Array.from({ length: layout.anchorCount }, () => random.normal() - 2);
  return { features: toSparse(layout, features), base, matches };
}

describe('columnLogits', () => {
  it('with weights of 0 is the class that it begins as, down to what int8 can tell', () => {
    const logits = Float32Array.from({ length: layout.anchorCount * 3 }, (_, at) => 2 - at);
    const features = new Float32Array(layout.featureCount).fill(1);
    const column = { base: 1, weights: new Float32Array(layout.weightCount) };
    const own = Array.from({ length: layout.anchorCount }, (_, anchor) =>
      Math.max(-8, 2 - (anchor * 3 + 1)),
    );
    expect([...columnLogits(layout, column, features, logits, 3)]).to.deep.equal(own);
  });

  it('adds the product of weights and features, and the bias, at every cell', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomNumbers(seed);
        const numbers = (length: number): Float32Array =>
          Float32Array.from({ length }, () => random.normal());
        const [weights, features] = [numbers(layout.weightCount), numbers(layout.featureCount)];
        const logits = numbers(layout.anchorCount * 2);
        const found = columnLogits(layout, { base: 0, weights }, features, logits, 2);
        for (const map of layout.maps) {
          for (let cell = 0; cell < map.rows * map.columns; cell++) {
            for (let place = 0; place < map.perCell; place++) {
              const anchor = map.firstAnchor + cell * map.perCell + place;
              let sum = logits[anchor * 2] ?? 0;
              for (let channel = 0; channel < map.channels; channel++) {
                const feature = features[map.firstFeature + cell * map.channels + channel] ?? 0;
                sum += feature * (weights[map.firstWeight + channel * map.perCell + place] ?? 0);
              }
              sum += weights[map.firstWeight + map.channels * map.perCell + place] ?? 0;
              expect(found[anchor]).to.be.closeTo(sum, 1e-4);
            }
          }
        }
      }),
    );
  });
});

describe('Sparse features', () => {
  it('give the same products as all of them in half precision', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomNumbers(seed);
        const features = Float32Array.from({ length: layout.featureCount }, () =>
          Math.max(0, random.normal()),
        );
        const weights = Float32Array.from({ length: layout.weightCount }, () => random.normal());
        const column = { base: 0, weights };
        const rounded = fromFloat16(toFloat16(features));
        const zeros = new Float32Array(layout.anchorCount);
        const all = columnLogits(layout, column, rounded, zeros, 1);
        const some = new Float32Array(layout.anchorCount);
        sparseDense(layout, weights, toSparse(layout, features), some);
        expect(some).to.deep.equal(all);
      }),
    );
  });
});

describe('ColumnTrainer', () => {
  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = randomNumbers(seed);
        // Of eleven anchors at most ten are negative, so that all of them are chosen.
        const batch = [lessonOf(random, [1, 9]), lessonOf(random, [4])];
        const start = Float32Array.from(
          { length: layout.weightCount },
          () => 0.3 * random.normal(),
        );
        const trainer = new ColumnTrainer(layout, batch, [], DEFAULT_COLUMN_OPTIONS);
        trainer.weights.set(start);
        const gradient = new Float64Array(layout.weightCount);
        trainer.gradient(batch, gradient);
        const lossAt = (at: number, value: number): number => {
          const kept = trainer.weights[at] ?? 0;
          trainer.weights[at] = value;
          const loss = trainer.gradient(batch, new Float64Array(layout.weightCount));
          trainer.weights[at] = kept;
          return loss;
        };
        const step = 2 ** -8;
        for (let at = 0; at < layout.weightCount; at++) {
          const weight = trainer.weights[at] ?? 0;
          const slope = (lossAt(at, weight + step) - lossAt(at, weight - step)) / (2 * step);
          expect(gradient[at]).to.be.closeTo(slope, 2e-3);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('learns what tells the thing from everything else, the same from the same seed', () => {
    const random = randomNumbers(7);
    const examples = Array.from({ length: 8 }, (_, index) => {
      const anchor = index % layout.anchorCount;
      const lesson = lessonOf(random, []);
      // One channel shows it, on each map.
      const values = new Float32Array(layout.featureCount);
      values.fill(0.5);
      const matches = new Int8Array(layout.anchorCount);
      const map = layout.maps[anchor < 8 ? 0 : 1];
      const cell = anchor < 8 ? Math.floor(anchor / 2) : 0;
      values[(map?.firstFeature ?? 0) + cell * (map?.channels ?? 0)] = 5;
      matches[anchor] = POSITIVE;
      return { ...lesson, features: toSparse(layout, values), matches };
    });
    const negatives = Array.from({ length: 4 }, () => ({
      ...lessonOf(random, []),
      features: toSparse(layout, new Float32Array(layout.featureCount).fill(0.5)),
    }));
    const options = { ...DEFAULT_COLUMN_OPTIONS, learningRate: 3e-2, steps: 100 };
    const train = (): ColumnTrainer => {
      const trainer = new ColumnTrainer(layout, examples, negatives, options);
      while (trainer.step < options.steps) trainer.advance();
      return trainer;
    };
    const trainer = train();
    expect(trainer.weights).to.deep.equal(train().weights);
    const before = new ColumnTrainer(layout, examples, negatives, options);
    const none = new Float64Array(layout.weightCount);
    const untaught = before.gradient(examples, none);
    expect(trainer.gradient(examples, none)).to.be.below(untaught / 2);
  });
});
