import { UNKNOWN } from '../../domain/head.js';
import { expectedCalibrationError, reliabilityCurve } from '../../domain/quality/calibration.js';
import { accuracy, confusionMatrix, labelFigures } from '../../domain/quality/confusion.js';
import { auroc } from '../../domain/quality/roc.js';
import type { Judged, PlanResult, Taught } from '../../domain/teach/teach-head.js';
import type { Mistake, QualityReport } from './types.js';

/**
 * How good a head is, from what it said to examples that it had not learnt from.
 *
 * @param isSample Tells a person's own samples, which can be shown, from what is bundled.
 */
export function qualityReport(
  { labels, judged, learnt, unvalidated }: Taught<PlanResult>,
  isSample: (id: string) => boolean,
): QualityReport {
  const confusion = confusionMatrix(
    judged.map(({ lesson, answer }) => ({ truth: lesson.label, prediction: answer.label })),
    labels,
  );
  // What a head says of things it does not know says nothing about how sure it is of names.
  const named = judged.filter(({ answer }) => answer.label !== UNKNOWN);
  const reliability = reliabilityCurve(
    named.map(({ lesson, answer }) => ({
      confidence: answer.confidence,
      isRight: lesson.label === answer.label,
    })),
  );
  return {
    learnt,
    heldBack: judged.length,
    accuracy: accuracy(confusion),
    confusion,
    figures: labelFigures(confusion),
    reliability,
    calibrationError: named.length === 0 ? undefined : expectedCalibrationError(reliability),
    unknownAuroc: auroc(
      judged.map(({ lesson, familiarity }) => ({
        score: familiarity,
        isPositive: lesson.label !== UNKNOWN,
      })),
    ),
    mistakes: mistakesOf(judged.filter(({ lesson }) => isSample(lesson.id))),
    unvalidated,
  };
}

/** The surest mistakes first: those teach most. */
function mistakesOf(judged: readonly Judged[]): Mistake[] {
  return judged
    .filter(({ lesson, answer }) => lesson.label !== answer.label)
    .map(({ lesson, answer }) => ({
      sampleId: lesson.id,
      truth: lesson.label,
      answer: answer.label,
      confidence: answer.confidence,
    }))
    .sort((a, b) => b.confidence - a.confidence);
}
