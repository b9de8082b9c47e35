import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chainTo } from '../../../../src/domain/learn/chain.js';
import { prepare } from '../../../../src/domain/learn/design.js';
import { countsAt, diagnose, scoresOf } from '../../../../src/domain/learn/diagnosis.js';
import { pointLesson, POINT_COUNT, shareRight } from '../../../../src/domain/learn/experiment.js';
import { syntheticHeart } from '../../../../src/domain/learn/heart-model.js';
import { beginningOf, type LessonState } from '../../../../src/domain/learn/lesson.js';
import { makePoints, toExamples } from '../../../../src/domain/learn/points.js';
import {
  DIAGNOSIS_TASK,
  ENOUGH_RIGHT,
  isNearSlope,
  MOST_UNITS_FOR_TASK,
  RATE_PRESETS,
  VALLEY,
} from '../../../../src/domain/learn/tasks.js';
import { weightNames } from '../../../../src/domain/learn/weights.js';
import { empiricalGradient, norm } from '../../../../src/domain/network/empirical-loss.js';
import { figure } from '../../../../src/i18n/learn-format.js';

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);
/** About seven seconds of watching on a phone. */
const PATIENCE = 400;

/** The best part of right points within some steps, or the first that is enough. */
function bestShare(lesson: LessonState, enough: number, steps = PATIENCE): number {
  const { experiment, points } = pointLesson(lesson);
  const examples = toExamples(points);
  let best = 0;
  for (let step = 0; step <= steps && best < enough; step += 10) {
    experiment.goTo(step);
    best = Math.max(best, shareRight(experiment.network, examples, experiment.setup.objective));
  }
  return best;
}

/** The seeds for which something is not so. */
function seedsWithout(holds: (seed: number) => boolean): readonly number[] {
  return SEEDS.filter((seed) => !holds(seed));
}

describe('The tasks of the lessons can be solved with every seed', () => {
  it('perceptron: there is a line that parts the clouds, and the first one does not', () => {
    const { dataset, noise, weights } = beginningOf('perceptron');
    const share = (seed: number, [w1 = 0, w2 = 0, w0 = 0]: readonly number[]): number => {
      const points = makePoints(dataset, { count: POINT_COUNT, noise, seed });
      const right = points.filter(({ x, y, label }) => w0 + w1 * x + w2 * y >= 0 === (label === 1));
      return right.length / points.length;
    };
    assert.deepEqual(
      seedsWithout((seed) => share(seed, [1, 1, 0]) >= ENOUGH_RIGHT.perceptron),
      [],
    );
    assert.deepEqual(
      seedsWithout((seed) => share(seed, weights) < 0.8),
      [],
    );
  });

  it('activation: by no line, by every bend that is offered', () => {
    const lesson = beginningOf('activation');
    const enough = ENOUGH_RIGHT.activation;
    assert.deepEqual(
      seedsWithout((seed) => bestShare({ ...lesson, seed }, enough, 100) < 0.8),
      [],
    );
    for (const activation of ['relu', 'sigmoid', 'tanh'] as const) {
      const stuck = seedsWithout(
        (seed) => bestShare({ ...lesson, activation, seed }, enough) >= enough,
      );
      assert.deepEqual(stuck, [], activation);
    }
  });

  it('layers: by as many units as are allowed, by one never', () => {
    const lesson = beginningOf('layers');
    const enough = ENOUGH_RIGHT.layers;
    const networkShape = [MOST_UNITS_FOR_TASK];
    assert.deepEqual(
      seedsWithout((seed) => bestShare({ ...lesson, seed }, enough, 100) < 0.85),
      [],
    );
    assert.deepEqual(
      seedsWithout((seed) => bestShare({ ...lesson, networkShape, seed }, enough) >= enough),
      [],
    );
  });

  it('diagnosis: some threshold finds the sick and leaves the healthy in peace, the first one does not', () => {
    const { found, inPeace, fewestSteps } = DIAGNOSIS_TASK;
    const beginning = beginningOf('diagnosis');
    const everywhere = Array.from({ length: 101 }, (_, place) => place / 100);
    const isSolved = (seed: number, steps: number, thresholds: readonly number[]): boolean => {
      const run = diagnose(prepare(syntheticHeart(300, seed)), { ...beginning, seed });
      run.experiment.goTo(steps);
      const scores = scoresOf(run);
      return thresholds.some((threshold) => {
        const { sensitivity = 0, specificity = 0 } = countsAt(scores, threshold);
        return sensitivity >= found && specificity >= inPeace;
      });
    };
    const canBe = (seed: number): boolean =>
      isSolved(seed, fewestSteps, everywhere) || isSolved(seed, 100, everywhere);
    assert.deepEqual(seedsWithout(canBe), []);
    assert.deepEqual(
      seedsWithout((seed) => !isSolved(seed, 100, [beginning.threshold])),
      [],
    );
  });

  it('descent: the rate called right gets down, the small one does not, the large one runs away', () => {
    const isDown = (seed: number, learningRate: number): boolean => {
      const { experiment } = pointLesson({ ...beginningOf('descent'), seed, learningRate });
      const { network, setup } = experiment;
      experiment.goTo(VALLEY.steps);
      if (experiment.hasDiverged) return false;
      const { gradient } = empiricalGradient(network, setup.training, setup.objective);
      return norm(gradient) < VALLEY.gradient;
    };
    assert.deepEqual(
      seedsWithout((seed) => isDown(seed, RATE_PRESETS.right)),
      [],
    );
    assert.deepEqual(
      seedsWithout((seed) => !isDown(seed, RATE_PRESETS.small)),
      [],
    );
    const runsAway = (seed: number): boolean => {
      const learningRate = RATE_PRESETS.large;
      const { experiment } = pointLesson({ ...beginningOf('descent'), seed, learningRate });
      experiment.goTo(200);
      return experiment.hasDiverged;
    };
    assert.deepEqual(seedsWithout(runsAway), []);
  });

  it('backpropagation: the factors as they are shown give a product that is near enough', () => {
    const read = (shown: string): number => Number(shown.replace('−', '-'));
    const isNear = (seed: number): boolean => {
      const { points, experiment } = pointLesson({ ...beginningOf('backpropagation'), seed });
      const { network, setup } = experiment;
      return toExamples(points)
        .filter((_, index) => index % 8 === 0)
        .every((example) =>
          weightNames(network).every((name, index) => {
            const { factors, analytic } = chainTo(network, example, setup.objective, name, index);
            const shown = factors.map(({ value }) => read(figure(value)));
            const product = Number(shown.reduce((all, each) => all * each, 1).toPrecision(3));
            return isNearSlope(product, analytic) && !isNearSlope(product + 0.05, analytic);
          }),
        );
    };
    assert.deepEqual(seedsWithout(isNear), []);
  });
});
