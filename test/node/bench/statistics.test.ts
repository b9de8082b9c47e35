import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  median,
  mirroredOrder,
  pairedRatio,
  quantile,
  seededRandom,
} from '../../../src/domain/statistics.js';

describe('quantile', () => {
  it('interpolates between two values, as most programs do', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(quantile([0, 10], 0.95), 9.5);
    assert.equal(quantile([7], 0.99), 7);
    assert.ok(Number.isNaN(median([])));
  });
});

describe('pairedRatio', () => {
  it('finds a constant ratio under a drift that both of a pair share', () => {
    const baseline = Array.from({ length: 30 }, (_, index) => 50 + 10 * index);
    const { value, low, high } = pairedRatio(
      baseline.map((time) => time * 0.3),
      baseline,
    );
    for (const estimate of [value, low, high]) assert.ok(Math.abs(estimate - 0.3) < 1e-12);
  });

  it('is moved little by an outlier', () => {
    const baseline = Array.from({ length: 21 }, () => 100);
    const measured = baseline.map((time, index) => (index === 4 ? time * 50 : time * 0.5));
    assert.equal(pairedRatio(measured, baseline).value, 0.5);
  });

  it('gives an interval that nearly always holds the truth', () => {
    const random = seededRandom(42);
    // The median of the ratio is 0.5: the noise of both is symmetric on a logarithmic scale.
    const noisy = (time: number): number => time * Math.exp((random() - 0.5) * 0.8);
    const trials = 60;
    let held = 0;
    const widths: number[] = [];
    for (let trial = 0; trial < trials; trial++) {
      const baseline = Array.from({ length: 20 }, () => noisy(100));
      const measured = Array.from({ length: 20 }, () => noisy(50));
      const { low, high } = pairedRatio(measured, baseline, trial);
      if (low <= 0.5 && 0.5 <= high) held++;
      widths.push(high - low);
    }
    assert.ok(held >= trials * 0.85, `held ${held} of ${trials} times`);
    assert.ok(median(widths) < 0.25, 'and it is no wider than it has to be');
  });

  it('gives the same for the same seed, and the interval around the value', () => {
    const random = seededRandom(7);
    const draw = (): number[] => Array.from({ length: 12 }, () => 1 + random());
    const [measured, baseline] = [draw(), draw()];
    const first = pairedRatio(measured, baseline, 3);
    assert.deepEqual(pairedRatio(measured, baseline, 3), first);
    assert.ok(first.low <= first.value && first.value <= first.high);
    assert.ok(first.low < first.high);
  });

  it('refuses what is not in pairs', () => {
    assert.throws(() => pairedRatio([1], [1, 2]), RangeError);
    assert.throws(() => pairedRatio([], []), RangeError);
  });
});

describe('mirroredOrder', () => {
  it('goes through the contestants forth and back', () => {
    const rounds = [0, 1, 2].map((round) => mirroredOrder(['a', 'b', 'c'], round).join(''));
    assert.deepEqual(rounds, ['abc', 'cba', 'abc']);
  });
});

describe('seededRandom', () => {
  it('is even over [0, 1) and decided by the seed alone', () => {
    const random = seededRandom(1);
    const values = Array.from({ length: 10_000 }, random);
    assert.ok(values.every((value) => value >= 0 && value < 1));
    const counts = Array.from(
      { length: 10 },
      (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    assert.ok(Math.min(...counts) > 850 && Math.max(...counts) < 1150, counts.join());
    assert.equal(seededRandom(5)(), seededRandom(5)());
    assert.notEqual(seededRandom(5)(), seededRandom(6)());
  });
});
