import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { BBox } from '../../../../src/domain/geometry.js';
import { UNKNOWN, type Head } from '../../../../src/domain/head.js';
import { evidenceOf, logitSum, patchLooks } from '../../../../src/domain/learn/evidence.js';
import { insightOf } from '../../../../src/domain/learn/insight.js';
import { createNetwork } from '../../../../src/domain/network/network.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import { middleOf, regionAverage } from '../../../../src/domain/region-features.js';

const CHANNELS = [4, 3];
const SIDE = 3;

function headOf(hidden: number[], normalisation: 'none' | 'l2', seed: number): Head {
  const network = createNetwork(
    { inputs: 7, hidden, outputs: 3, activation: 'tanh', outputActivation: 'linear' },
    seed,
  );
  for (const { biases } of network.layers) biases.fill(0.3);
  return {
    id: 'h',
    name: '',
    source: { model: 'm', maps: ['a', 'b'], channels: CHANNELS, normalisation },
    labels: ['mug', 'cup', UNKNOWN],
    network,
    output: 'softmax-cross-entropy',
    temperature: 1,
    threshold: 0,
    bases: [],
    created: 0,
  };
}

const meanOf = (patches: readonly Float32Array[]): Float32Array =>
  Float32Array.from(
    { length: 7 },
    (_, index) => patches.reduce((sum, patch) => sum + (patch[index] ?? 0), 0) / patches.length,
  );

describe('Evidence', () => {
  it('of all parts of a box adds up to what the features say together', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.constantFrom<[number[]]>([[]], [[5]]),
        fc.constantFrom('none' as const, 'l2' as const),
        fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
        (seed, [hidden], normalisation, silenced) => {
          const random = randomNumbers(seed + 1);
          const head = headOf(hidden, normalisation, seed);
          const patches = Array.from({ length: SIDE * SIDE }, () =>
            Float32Array.from({ length: 7 }, () => random.normal()),
          );
          const muted = new Set(silenced);
          const { voices, output } = insightOf(head, meanOf(patches), muted);
          const evidence = evidenceOf(head, patches, output, muted);
          const sum = evidence.reduce((total, value) => total + value, 0);
          const expected = voices.reduce((total, { part }) => total + part, 0);
          assert.ok(Math.abs(sum - expected) < 1e-5, `${sum} ${expected}`);
        },
      ),
    );
  });

  it('lies where the features are, and nowhere else', () => {
    const head = headOf([], 'l2', 4);
    const patches = Array.from({ length: SIDE * SIDE }, () => new Float32Array(7));
    patches[5]?.set([1, 2, 0, 1, 0.5, 0, 3]);
    const evidence = evidenceOf(head, patches, 0);
    assert.ok(Math.abs(evidence[5] ?? 0) > 0.01);
    evidence.forEach((value, index) => {
      assert.ok(index === 5 || value === 0);
    });
  });

  it('is of parts whose averages make up the whole box, also where it leaves the picture', () => {
    const random = randomNumbers(2);
    const map = {
      rows: 19,
      columns: 19,
      channels: 2,
      values: Float32Array.from({ length: 19 * 19 * 2 }, () => random.normal()),
    };
    const picture = { width: 640, height: 480 };
    for (const box of [
      [100, 50, 200, 300],
      [-40, 400, 300, 200],
    ] as const) {
      for (const region of [1, 0.667]) {
        const average = (seen: BBox): Float32Array =>
          regionAverage(map, middleOf(seen, region), picture);
        const parts = patchLooks(box, picture, 7, region).map(({ box: part, share }) =>
          part === undefined ? [0, 0] : [...average(part)].map((value) => value * share),
        );
        average(box).forEach((value, channel) => {
          const mean = parts.reduce((sum, part) => sum + (part[channel] ?? 0), 0) / parts.length;
          assert.ok(Math.abs(mean - value) < 1e-5, `${mean} ${value}`);
        });
        // Only the middle is looked at where that is all that counts.
        const isSeen = parts.map((part) => part.some((value) => value !== 0));
        assert.equal(isSeen[24], true);
        assert.equal(isSeen[0], region === 1);
      }
    }
  });
});

describe('The weights of the last layer', () => {
  it('add up to the logit, with the bias', () => {
    for (const hidden of [[], [5]]) {
      const head = headOf(hidden, 'l2', 9);
      const features = Float32Array.of(1, -2, 0.5, 3, 1, 0, 2);
      const { inputs, output, logit } = insightOf(head, features);
      const sum = logitSum(head, inputs, output);
      assert.equal(sum.terms.length, hidden[0] ?? 7);
      assert.ok(Math.abs(sum.logit - logit) < 1e-9);
      const parts = sum.terms.reduce((total, { value, weight }) => total + value * weight, 0.3);
      assert.ok(Math.abs(parts - logit) < 1e-9);
      const sizes = sum.terms.map(({ part }) => Math.abs(part));
      assert.deepEqual(
        sizes,
        [...sizes].sort((a, b) => b - a),
      );
    }
  });
});
