import type { TrainerCalls } from '../protocol/index.js';
import { holdLifeLock } from './life-lock.js';
import { serve } from './router.js';
import { LocalTrainer } from './train/local-trainer.js';

const lock = await holdLifeLock();
const trainer = new LocalTrainer();
serve<TrainerCalls>(self, () => ({ train: (request, call) => trainer.train(request, call) }), lock);
