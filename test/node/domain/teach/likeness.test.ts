import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNKNOWN } from '../../../../src/domain/head.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import { answerOf } from '../../../../src/domain/teach/head-answer.js';
import { headInputs } from '../../../../src/domain/teach/features.js';
import type { Lesson } from '../../../../src/domain/teach/lesson.js';
import { acquaintance, fitsLikeness, likenessOf } from '../../../../src/domain/teach/likeness.js';

const WIDTH = 24;
const source = { model: 'net', maps: ['a'], channels: [WIDTH], normalisation: 'l2' } as const;
const LABELS = ['cup', 'mug', UNKNOWN];

/** Views of a thing: what all things share, what is this one's own, and a little chance. */
function views(label: string, own: number, count: number, spread = 0.1, burst?: string): Lesson[] {
  const chance = randomNumbers(31 + own);
  return Array.from({ length: count }, (_, view) => {
    const features = Float32Array.from({ length: WIDTH }, (_each, at) => {
      return 1 + (at === own ? 2 : 0) + spread * chance.normal();
    });
    const id = `${label}-${own}-${view}`;
    return { id, label, features, burst: burst ?? id, image: id };
  });
}

const lessons = [
  ...views('cup', 0, 8),
  ...views('mug', 1, 8),
  ...Array.from({ length: 10 }, (_, index) => views(UNKNOWN, 4 + index, 3)).flat(),
];
const likeness = likenessOf(lessons, LABELS, source);
const sharesOf = (features: Float32Array): number[] =>
  acquaintance(likeness, headInputs(features, source));

describe('Likeness', () => {
  it('believes what is like the examples', () => {
    for (const [own, at] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const fresh = views('fresh', own, 20).map(({ features }) => sharesOf(features)[at] ?? 0);
      assert.ok(fresh.filter((share) => share > 0.9).length >= 18, JSON.stringify(fresh));
    }
  });

  it('doubts what is not, however much of the rest it shares with them', () => {
    for (const { features } of views('stranger', 3, 20)) {
      const [cup = 1, mug = 1, unknown] = sharesOf(features);
      assert.ok(Math.max(cup, mug) < 0.3, `${cup} and ${mug}`);
      assert.equal(unknown, 1);
    }
  });

  it('is as strict as the examples are alike', () => {
    const stranger = views('stranger', 0, 1, 0.5)[0]?.features ?? new Float32Array();
    const varied = likenessOf([...views('cup', 0, 8, 0.6), ...lessons.slice(8)], LABELS, source);
    assert.ok((varied.least[0] ?? 1) < (likeness.least[0] ?? 0));
    const inputs = headInputs(stranger, source);
    assert.ok((acquaintance(varied, inputs)[0] ?? 0) > (acquaintance(likeness, inputs)[0] ?? 1));
  });

  it('compares recordings with each other where there are several', () => {
    // Within each of the two everything is alike; the two are not.
    const apart = [...views('cup', 0, 5, 0.01, 'first'), ...views('cup', 2, 5, 0.01, 'second')];
    const together = apart.map((lesson) => ({ ...lesson, burst: 'one' }));
    const rest = lessons.slice(8);
    const [strict = 0] = likenessOf([...together, ...rest], LABELS, source).least;
    const [lenient = 1] = likenessOf([...apart, ...rest], LABELS, source).least;
    assert.ok(lenient < strict, `${lenient} and ${strict}`);
  });

  it('says nothing of a label with a single example', () => {
    const few = likenessOf([...views('cup', 0, 1), ...lessons.slice(8)], LABELS, source);
    assert.equal(few.least[0], 0);
    const [share] = acquaintance(
      few,
      headInputs(lessons[20]?.features ?? new Float32Array(), source),
    );
    assert.equal(share, 1);
  });

  it('takes from a label what it gives to the background', () => {
    const layer = { inputs: WIDTH, units: 3, activation: 'linear' } as const;
    const weights = new Float64Array(3 * WIDTH);
    // The network alone would say "cup" to everything.
    const network = { layers: [{ ...layer, weights, biases: Float64Array.of(3, 0, 0) }] };
    const head = {
      source,
      labels: LABELS,
      network,
      output: 'softmax-cross-entropy',
      temperature: 1,
      threshold: 0.5,
    } as const;
    const [stranger] = views('stranger', 3, 1);
    const features = stranger?.features ?? new Float32Array();
    assert.equal(answerOf(head, features).label, 'cup');
    const { label, probabilities } = answerOf({ ...head, likeness }, features);
    assert.equal(label, UNKNOWN);
    const sum = probabilities.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9, `${sum}`);
    const cup = lessons[2]?.features ?? new Float32Array();
    assert.equal(answerOf({ ...head, likeness }, cup).label, 'cup');
  });

  it('has as many numbers as labels and inputs ask for', () => {
    assert.ok(fitsLikeness(likeness, { labels: 3, inputs: WIDTH }));
    assert.ok(!fitsLikeness(likeness, { labels: 2, inputs: WIDTH }));
    assert.ok(!fitsLikeness(likeness, { labels: 3, inputs: WIDTH + 1 }));
  });
});
