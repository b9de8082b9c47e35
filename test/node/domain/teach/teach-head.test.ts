import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SightlineError } from '../../../../src/domain/errors.js';
import { UNKNOWN, type FeatureSource } from '../../../../src/domain/head.js';
import type { Example } from '../../../../src/domain/network/empirical-loss.js';
import { trainToEnd } from '../../../../src/domain/network/training.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import { headInputs } from '../../../../src/domain/teach/features.js';
import { answerOf, answerTo } from '../../../../src/domain/teach/head-answer.js';
import {
  balancedWeights,
  labelsToLearn,
  labelToLearn,
  trainingSet,
  type Lesson,
} from '../../../../src/domain/teach/lesson.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../../src/domain/teach/settings.js';
import {
  teachHead,
  type PlanResult,
  type TrainingPlan,
} from '../../../../src/domain/teach/teach-head.js';
import { fitThreshold } from '../../../../src/domain/teach/threshold.js';

const SOURCE: FeatureSource = {
  model: 'm',
  maps: ['one', 'two'],
  channels: [8, 4],
  normalisation: 'l2',
};
const WIDTH = 12;
const SETTINGS = { ...DEFAULT_TEACH_SETTINGS, learningRate: 0.05, epochs: 60 };

/** A bump of features at the label's own place, and noise. */
function view(place: number, random: ReturnType<typeof randomNumbers>): Float32Array {
  return Float32Array.from({ length: WIDTH }, (_, index) =>
    Math.max(0, (index % 6 === place ? 3 : 0.5) + 0.4 * random.normal()),
  );
}

const PLACES: Readonly<Record<string, number>> = { cup: 0, mug: 1, [UNKNOWN]: 2 };

function lessonsOf(counts: Readonly<Record<string, number>>, seed = 1): Lesson[] {
  const random = randomNumbers(seed);
  return Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, index): Lesson => {
      const id = `${label}-${index}`;
      const features = view(PLACES[label] ?? 5, random);
      return { id, label, features, burst: id, image: id };
    }),
  );
}

/** The float64 reference as a trainer. */
function reference(plans: TrainingPlan[] = []): (plan: TrainingPlan) => Promise<PlanResult> {
  return (plan) => {
    plans.push(plan);
    const { network, end } = trainToEnd(
      plan.network,
      rowsOf(plan.examples),
      plan.options,
      plan.validation === undefined ? [] : rowsOf(plan.validation),
    );
    return Promise.resolve({ network, last: network, end });
  };
}

function rowsOf({ count, inputs, targets }: TrainingPlan['examples']): Example[] {
  const [width, outputs] = [inputs.length / count, targets.length / count];
  return Array.from({ length: count }, (_, row) => ({
    inputs: Float64Array.from(inputs.subarray(row * width, (row + 1) * width)),
    target: Float64Array.from(targets.subarray(row * outputs, (row + 1) * outputs)),
  }));
}

describe('What a head learns from', () => {
  it('is its labels in order, the background last, and negatives are background', () => {
    const lessons = lessonsOf({ [UNKNOWN]: 1, mug: 1, cup: 2 });
    assert.deepEqual(labelsToLearn(lessons), ['cup', 'mug', UNKNOWN]);
    assert.deepEqual(labelsToLearn(lessonsOf({ mug: 1 })), ['mug']);
    assert.equal(labelToLearn({ kind: 'negative', label: 'cup' }), UNKNOWN);
    assert.equal(labelToLearn({ kind: 'example', label: 'cup' }), 'cup');
  });

  it('has each map scaled by itself, and survives features of nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 6, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH }),
        (row) => {
          const inputs = headInputs(Float32Array.from(row), SOURCE);
          for (const part of [inputs.subarray(0, 8), inputs.subarray(8)]) {
            const length = Math.hypot(...part);
            assert.ok(Math.abs(length - 1) < 1e-5 || length === 0);
          }
        },
      ),
    );
    assert.deepEqual(headInputs(new Float32Array(WIDTH), SOURCE), new Float32Array(WIDTH));
    assert.throws(() => headInputs(new Float32Array(WIDTH + 1), SOURCE), RangeError);
  });

  it('has mirrored views beside their own, and weights that balance labels', () => {
    const [first, second] = lessonsOf({ cup: 1, mug: 1 }) as [Lesson, Lesson];
    const lessons = [{ ...first, mirrored: second.features }, second];
    const flipped = trainingSet(lessons, ['cup', 'mug'], SOURCE, true);
    assert.equal(flipped.count, 3);
    assert.deepEqual([...flipped.targets], [1, 0, 1, 0, 0, 1]);
    assert.equal(trainingSet(lessons, ['cup', 'mug'], SOURCE, false).count, 2);
    assert.deepEqual(balancedWeights(flipped), [3 / 4, 3 / 2]);
  });
});

describe('Teaching a head', () => {
  it('gives one that names what it knows and is silent at what it does not', async () => {
    const lessons = lessonsOf({ cup: 20, mug: 20, [UNKNOWN]: 30 });
    const plans: TrainingPlan[] = [];
    const taught = await teachHead(
      { lessons, source: SOURCE, settings: SETTINGS },
      reference(plans),
    );
    assert.equal(plans.length, 2, 'one to be judged, one to be used');
    assert.ok((plans[0]?.examples.count ?? 0) < lessons.length);
    assert.equal(plans[1]?.examples.count, lessons.length);
    assert.equal(plans[1].validation, undefined);
    assert.equal(taught.learnt, lessons.length);
    assert.deepEqual(taught.unvalidated, []);
    const fresh = lessonsOf({ cup: 20, mug: 20, [UNKNOWN]: 20 }, 77);
    const right = fresh.filter(({ label, features }) => answerOf(taught, features).label === label);
    assert.ok(right.length >= 57, `${right.length} of 60`);
    for (const { features } of fresh) {
      const { probabilities, confidence } = answerOf(taught, features);
      assert.ok(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 1e-9);
      assert.ok(confidence >= 0 && confidence <= 1);
    }
  });

  it('judges only by what was not learnt from', async () => {
    // Frames of three bursts: each burst lies wholly on one side.
    const lessons = lessonsOf({ cup: 30, mug: 30 }).map((lesson, index) => ({
      ...lesson,
      burst: `${lesson.label} ${String(index % 3)}`,
    }));
    const plans: TrainingPlan[] = [];
    const { judged } = await teachHead(
      { lessons, source: SOURCE, settings: SETTINGS },
      reference(plans),
    );
    const held = new Set(judged.map(({ lesson }) => lesson.burst));
    assert.equal(held.size, 2);
    const expected = lessons.filter(({ burst }) => !held.has(burst));
    assert.equal(plans[0]?.examples.count, expected.length);
    assert.equal(judged.length, lessons.length - expected.length);
  });

  it('says of which labels nothing could be held back', async () => {
    const lessons = lessonsOf({ cup: 1, mug: 12 });
    const taught = await teachHead({ lessons, source: SOURCE, settings: SETTINGS }, reference());
    assert.deepEqual(taught.unvalidated, ['cup']);
    assert.equal(answerOf(taught, lessons[0]?.features ?? new Float32Array()).label, 'cup');
  });

  it('gives the same head for the same examples', async () => {
    const input = { lessons: lessonsOf({ cup: 8, mug: 8 }), source: SOURCE, settings: SETTINGS };
    const [one, other] = [await teachHead(input, reference()), await teachHead(input, reference())];
    assert.deepEqual(one, other);
  });

  it('uses what a cancelled training has, and trains no second time', async () => {
    const plans: TrainingPlan[] = [];
    const cancelled = async (plan: TrainingPlan): Promise<PlanResult> => ({
      ...(await reference(plans)(plan)),
      end: 'cancelled',
    });
    const lessons = lessonsOf({ cup: 10, mug: 10 });
    const taught = await teachHead({ lessons, source: SOURCE, settings: SETTINGS }, cancelled);
    assert.equal(plans.length, 1);
    assert.equal(taught.result.end, 'cancelled');
    assert.equal(taught.learnt, plans[0]?.examples.count);
  });

  it('goes on from weights that it is given, and asks for a hidden layer', async () => {
    const lessons = lessonsOf({ cup: 4, mug: 4 });
    const settings = { ...SETTINGS, denseUnits: 5, validationSplit: 0 };
    const plans: TrainingPlan[] = [];
    const first = await teachHead({ lessons, source: SOURCE, settings }, reference(plans));
    assert.deepEqual(
      first.network.layers.map(({ units }) => units),
      [5, 2],
    );
    const start = first.result.network;
    await teachHead({ lessons, source: SOURCE, settings, start }, reference(plans));
    assert.equal(plans.at(-1)?.network, start);
  });

  it('needs two things to tell apart', async () => {
    const teaching = teachHead(
      { lessons: lessonsOf({ cup: 9 }), source: SOURCE, settings: SETTINGS },
      reference(),
    );
    await assert.rejects(
      teaching,
      (error) => error instanceof SightlineError && error.code === 'training-failed',
    );
  });

  it('works with every loss', async () => {
    const lessons = lessonsOf({ cup: 15, mug: 15, [UNKNOWN]: 15 });
    for (const loss of ['sigmoid-cross-entropy', 'squared-error'] as const) {
      const settings = { ...SETTINGS, loss, learningRate: 0.1, epochs: 150 };
      const taught = await teachHead({ lessons, source: SOURCE, settings }, reference());
      const right = lessons.filter((each) => answerOf(taught, each.features).label === each.label);
      assert.ok(right.length >= 42, `${loss}: ${right.length} of 45`);
    }
  });
});

describe('An answer', () => {
  const head = { labels: ['cup', 'mug', UNKNOWN], threshold: 0.5 };

  it('is unknown when the background wins, or nothing is sure enough', () => {
    const label = (...values: number[]): string => answerTo(head, Float64Array.from(values)).label;
    assert.equal(label(0.6, 0.3, 0.1), 'cup');
    assert.equal(label(0.1, 0.7, 0.2), 'mug');
    assert.equal(label(0.45, 0.35, 0.2), UNKNOWN);
    assert.equal(label(0.2, 0.2, 0.6), UNKNOWN);
  });

  it('says how sure it is of the unknown', () => {
    assert.equal(answerTo(head, Float64Array.of(0.1, 0.2, 0.7)).confidence, 0.8);
  });
});

describe('The threshold', () => {
  it('lies between known and unknown things that were held back', () => {
    const many = <T>(list: readonly T[]): T[] => Array.from({ length: 1000 }, () => list).flat();
    const items = [0.9, 0.8, 0.7].map((score) => ({ score, isPositive: true }));
    const unknown = [0.6, 0.2].map((score) => ({ score, isPositive: false }));
    assert.ok(Math.abs(fitThreshold([...many(items), ...unknown]) - 0.65) < 0.002);
    assert.equal(fitThreshold(items), 0.5, 'without unknown things there is nothing to fit');
  });

  it('stays near the default when few known things were held back', () => {
    const items = [0.9, 0.88].map((score) => ({ score, isPositive: true }));
    const unknown = [0.8, 0.2].map((score) => ({ score, isPositive: false }));
    assert.ok(Math.abs(fitThreshold([...items, ...unknown]) - (2 * 0.84 + 20 * 0.5) / 22) < 1e-9);
  });

  it('never makes a head blind or silent', () => {
    const scored = fc.record({
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      isPositive: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(scored), (items) => {
        const threshold = fitThreshold(items);
        assert.ok(threshold >= 0.3 && threshold <= 0.9);
      }),
    );
  });
});
