import { randomNumbers } from '../random.js';
import type { RawTable } from './table.js';

/**
 * The risk model behind the built-in example: invented for teaching, it describes no
 * real patients. Each column's distribution and its part in the risk stand here and
 * nowhere else. The parts point the way that cardiology textbooks do (age, male sex,
 * angina on effort, a low maximum heart rate, ST depression, and disease without chest
 * pain raise the risk), their sizes are made up.
 *
 *   P(disease) = σ(−7 + 0.17·(age − 54) + 2.6·[male] + 4.4·[no chest pain]
 *                  + 0.014·(chol − 240) + 0.035·(trestbps − 130) − 0.09·(thalach − 150)
 *                  + 3.2·[angina on effort] + 2.5·oldpeak)
 *
 * They are so large that the 90 patients who are held back can be told apart whatever
 * the seed: nine tenths of the sick are found while half of the healthy are left in peace.
 */
export const HEART_RISK = {
  intercept: -7,
  age: 0.17,
  male: 2.6,
  asymptomatic: 4.4,
  cholesterol: 0.014,
  bloodPressure: 0.035,
  heartRate: -0.09,
  exerciseAngina: 3.2,
  oldpeak: 2.5,
} as const;

const COLUMNS = ['age', 'sex', 'cp', 'trestbps', 'chol', 'thalach', 'exang', 'oldpeak', 'disease'];
const PAIN = ['typical', 'atypical', 'non-anginal', 'asymptomatic'] as const;

/** One invented patient, before the dice decide about the disease. */
interface Patient {
  readonly age: number;
  readonly isMale: boolean;
  readonly pain: (typeof PAIN)[number];
  readonly bloodPressure: number;
  readonly cholesterol: number;
  readonly heartRate: number;
  readonly hasExerciseAngina: boolean;
  readonly oldpeak: number;
}

/** The probability of the disease by the model. */
export function heartRisk(patient: Patient): number {
  const z =
    HEART_RISK.intercept +
    HEART_RISK.age * (patient.age - 54) +
    HEART_RISK.male * Number(patient.isMale) +
    HEART_RISK.asymptomatic * Number(patient.pain === 'asymptomatic') +
    HEART_RISK.cholesterol * (patient.cholesterol - 240) +
    HEART_RISK.bloodPressure * (patient.bloodPressure - 130) +
    HEART_RISK.heartRate * (patient.heartRate - 150) +
    HEART_RISK.exerciseAngina * Number(patient.hasExerciseAngina) +
    HEART_RISK.oldpeak * patient.oldpeak;
  return 1 / (1 + Math.exp(-z));
}

/** Invented patients as a table, "disease" last: 0 or 1. */
export function syntheticHeart(count: number, seed: number): RawTable {
  const random = randomNumbers(seed);
  const around = (mean: number, spread: number, low: number, high: number): number =>
    Math.round(Math.min(high, Math.max(low, mean + spread * random.normal())));
  const rows = Array.from({ length: count }, () => {
    const age = around(54, 9, 29, 77);
    const patient: Patient = {
      age,
      isMale: random.uniform() < 0.68,
      pain:
        PAIN[[0.08, 0.25, 0.53].filter((limit) => random.uniform() > limit).length] ?? 'typical',
      bloodPressure: around(131, 17, 94, 200),
      cholesterol: around(246, 50, 126, 420),
      heartRate: around(150 - 0.9 * (age - 54), 20, 71, 202),
      hasExerciseAngina: random.uniform() < 0.33,
      oldpeak: Math.round(10 * Math.max(0, 0.4 + 1.1 * random.normal())) / 10,
    };
    const isSick = random.uniform() < heartRisk(patient);
    return [
      patient.age,
      patient.isMale ? 'male' : 'female',
      patient.pain,
      patient.bloodPressure,
      patient.cholesterol,
      patient.heartRate,
      patient.hasExerciseAngina ? 'yes' : 'no',
      patient.oldpeak,
      Number(isSick),
    ].map(String);
  });
  return { header: COLUMNS, rows, total: count, damaged: 0 };
}
