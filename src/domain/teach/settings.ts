import type { ActivationName } from '../network/activation.js';
import { DEFAULT_OPTIMISER } from '../network/optimiser.js';
import type { TrainingOptions } from '../network/training.js';

/** "Under the hood": what may be changed, with defaults that simply work. */
export interface TeachSettings extends TrainingOptions {
  /** Units of the hidden layer; 0: none. */
  readonly denseUnits: number;
  readonly activation: ActivationName;
  /** Feature maps that the head looks at. */
  readonly maps: readonly string[];
  readonly normalisation: 'none' | 'l2';
  /** Examples are also shown mirrored. */
  readonly flip: boolean;
  /** Part of the examples that is held back, 0 to 0.5. */
  readonly validationSplit: number;
}

/** What a head is trained with unless a person says otherwise. `npm run accuracy -- --teach` judges it. */
export const DEFAULT_TEACH_SETTINGS: TeachSettings = {
  ...DEFAULT_OPTIMISER,
  loss: 'softmax-cross-entropy',
  lossOptions: { labelSmoothing: 0 },
  l2: 0,
  learningRate: 5e-2,
  weightDecay: 0.3,
  schedule: 'cosine',
  epochs: 200,
  batchSize: 0,
  seed: 1,
  patience: Infinity,
  minimumProgress: 0,
  denseUnits: 0,
  activation: 'relu',
  maps: ['feature_0', 'embedding'],
  normalisation: 'l2',
  flip: true,
  validationSplit: 0.2,
};
