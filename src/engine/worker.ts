import { DetectionEngine } from './detection-engine.js';
import { holdLifeLock } from './life-lock.js';
import { serve } from './router.js';

const lock = await holdLifeLock();
serve(self, (notify) => new DetectionEngine(notify), lock);
