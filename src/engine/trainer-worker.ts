import type { TrainerCalls } from '../protocol/index.js';
import { holdLifeLock } from './life-lock.js';
import { serve } from './router.js';
import { TensorTrainer } from './train/tensor-trainer.js';

const lock = await holdLifeLock();
const trainer = new TensorTrainer();
serve<TrainerCalls>(self, () => ({ train: (request, call) => trainer.train(request, call) }), lock);
