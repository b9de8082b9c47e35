import { DetectionEngine } from './detection-engine.js';
import { holdLifeLock } from './life-lock.js';
import { serve, type Port } from './router.js';

const lock = await holdLifeLock();
serve(self as unknown as Port, (notify) => new DetectionEngine(notify), lock);
