import { scoresOf, type DiagnosisRun } from '../../domain/learn/diagnosis.js';
import { DIAGNOSIS_TEXTS as texts } from '../../i18n/learn-diagnosis-messages.js';
import { decimals } from '../../i18n/learn-format.js';
import { hat, name, operator, row, type FormulaView } from './math.js';

/** From a patient's inputs to yes or no, for one of those held back. */
export function diagnosisFormula(
  run: DiagnosisRun,
  columns: number,
  { threshold, example }: { readonly threshold: number; readonly example: number },
): FormulaView {
  const scores = scoresOf(run);
  const score = scores[example % Math.max(1, scores.length)]?.score ?? NaN;
  const count = run.experiment.now.weights.length;
  const features = run.encoding.features.length;
  return {
    spoken: texts.spoken,
    walk: ['inputs', 'weights', 'chance', 'decision'],
    parts: [
      { id: 'chance', maths: hat('y'), value: decimals(score), words: texts.chance(score) },
      operator('='),
      name('f'),
      operator('('),
      {
        id: 'inputs',
        maths: name('X'),
        value: String(features),
        words: texts.inputs(features, columns),
      },
      operator(';'),
      { id: 'weights', maths: name('W'), value: String(count), words: texts.weights(count) },
      operator(')'),
      {
        id: 'decision',
        maths: row(operator('≥'), name('t')),
        value: decimals(threshold),
        words: texts.decision(score >= threshold, threshold),
      },
    ],
  };
}
