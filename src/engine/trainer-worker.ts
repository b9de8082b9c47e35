import type { ClassTrainerCalls, TrainerCalls } from '../protocol/index.js';
import { holdLifeLock } from './life-lock.js';
import { serve } from './router.js';
import { LocalTrainer } from './train/local-trainer.js';

const lock = await holdLifeLock();
const trainer = new LocalTrainer();
serve<TrainerCalls & ClassTrainerCalls>(
  self,
  () => ({
    train: (request, call) => trainer.train(request, call),
    teachClass: async (request, call) => {
      const { trainClass } = await import('./train/train-class.js');
      return trainClass(request, call);
    },
  }),
  lock,
);
