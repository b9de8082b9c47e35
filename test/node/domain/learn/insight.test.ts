import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNKNOWN, type Head } from '../../../../src/domain/head.js';
import { inputSlopes, insightOf } from '../../../../src/domain/learn/insight.js';
import { createNetwork, outputsOf } from '../../../../src/domain/network/network.js';
import { randomNumbers } from '../../../../src/domain/random.js';

const CHANNELS = [4, 3];

function headOf(hidden: number[]): Head {
  return {
    id: 'h',
    name: '',
    source: { model: 'm', maps: ['a', 'b'], channels: CHANNELS, normalisation: 'none' },
    labels: ['mug', 'cup', UNKNOWN],
    network: createNetwork(
      { inputs: 7, hidden, outputs: 3, activation: 'tanh', outputActivation: 'linear' },
      2,
    ),
    output: 'softmax-cross-entropy',
    temperature: 1,
    threshold: 0,
    bases: [],
    created: 0,
  };
}

const random = randomNumbers(3);
const features = Float32Array.from({ length: 7 }, () => random.normal());

describe('Insight into a head', () => {
  it('has slopes that agree with finite differences', () => {
    const { network } = headOf([5]);
    const inputs = Float64Array.from(features);
    const slopes = inputSlopes(network, inputs, 1);
    slopes.forEach((slope, index) => {
      const at = (by: number): number =>
        outputsOf(
          network,
          inputs.map((value, i) => (i === index ? value + by : value)),
        )[1] ?? NaN;
      assert.ok(Math.abs((at(1e-5) - at(-1e-5)) / 2e-5 - slope) < 1e-8);
    });
  });

  it('explains a head without hidden layers to the last digit', () => {
    const insight = insightOf(headOf([]), features);
    const sum = insight.voices.reduce((total, { part }) => total + part, 0);
    assert.ok(Math.abs(sum - insight.logit) < 1e-9);
    const byMap = insight.maps.reduce((total, { part }) => total + part, 0);
    assert.ok(Math.abs(byMap - sum) < 1e-9);
    const [mug = NaN, cup = NaN] = insight.answer.probabilities;
    assert.equal(insight.label, mug > cup ? 'mug' : 'cup');
    const places = insight.voices.map(
      ({ map, channel, index }) =>
        `${map}${channel}` === (index < 4 ? `a${index}` : `b${index - 4}`),
    );
    assert.ok(places.every(Boolean));
  });

  it('changes its answer when the loudest features are silenced', () => {
    const head = headOf([]);
    const first = insightOf(head, features);
    const muted = new Set<number>();
    let now = first;
    while (now.label === first.label && muted.size < 7) {
      const loudest = now.voices.find(({ index }) => !muted.has(index));
      assert.ok(loudest);
      muted.add(loudest.index);
      now = insightOf(head, features, muted);
      assert.ok(now.voices.every(({ index, value }) => !muted.has(index) || value === 0));
    }
    assert.ok(muted.size < 7);
  });
});
