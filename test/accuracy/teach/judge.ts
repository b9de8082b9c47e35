import { UNKNOWN } from '../../../src/domain/head.js';
import {
  expectedCalibrationError,
  reliabilityCurve,
} from '../../../src/domain/quality/calibration.js';
import { auroc } from '../../../src/domain/quality/roc.js';
import { familiarity } from '../../../src/domain/teach/head-answer.js';
import type { TeachOutcome, TestAnswer } from './page/teach-page.js';
import type { Thing } from './things.js';

/** How one head did. */
export interface TeachFigures {
  /** Part of the known things that were given their own name. */
  readonly accuracy: number;
  /** The same when the best label is taken however unsure it is. */
  readonly closedAccuracy: number;
  /** Part of the unknown things that were called unknown. */
  readonly rejected: number | undefined;
  /** Whether known things look more familiar than unknown ones. */
  readonly auroc: number | undefined;
  /** Expected calibration error of the best label, over the known things. */
  readonly calibrationError: number;
}

/**
 * @param tests Known things.
 * @param strangers Things of none of the labels.
 */
export function judgeHead(
  { labels, answers }: Pick<TeachOutcome, 'labels' | 'answers'>,
  tests: readonly Thing[],
  strangers: readonly Thing[],
): TeachFigures {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const answerTo = ({ id }: Thing): TestAnswer => {
    const answer = byId.get(id);
    if (answer === undefined) throw new Error(`no answer to ${id}`);
    return answer;
  };
  const known = tests.map((thing) => ({ truth: thing.label, ...answerTo(thing) }));
  const unknown = strangers.map(answerTo);
  const best = known.map(({ truth, probabilities }) => {
    const confidence = familiarOf(labels, probabilities);
    const label = labels.find((each, at) => each !== UNKNOWN && probabilities[at] === confidence);
    return { confidence, isRight: label === truth };
  });
  const familiarities = [
    ...known.map((answer) => ({ answer, isPositive: true })),
    ...unknown.map((answer) => ({ answer, isPositive: false })),
  ].map(({ answer, isPositive }) => {
    return { score: familiarOf(labels, answer.probabilities), isPositive };
  });
  return {
    accuracy: share(known, ({ label, truth }) => label === truth) ?? NaN,
    closedAccuracy: share(best, ({ isRight }) => isRight) ?? NaN,
    rejected: share(unknown, ({ label }) => label === UNKNOWN),
    auroc: auroc(familiarities),
    calibrationError: expectedCalibrationError(reliabilityCurve(best)),
  };
}

function familiarOf(labels: readonly string[], probabilities: readonly number[]): number {
  return familiarity({ labels }, Float64Array.from(probabilities));
}

function share<T>(list: readonly T[], isSo: (item: T) => boolean): number | undefined {
  return list.length === 0 ? undefined : list.filter(isSo).length / list.length;
}
