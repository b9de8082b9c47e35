import type { Calls, EngineNotice } from '../protocol/index.js';
import { DetectionEngine } from './detection-engine.js';
import { engineCalls } from './engine-calls.js';
import { holdLifeLock } from './life-lock.js';
import { serve } from './router.js';

const lock = await holdLifeLock();
serve<Calls, EngineNotice>(self, (notify) => engineCalls(new DetectionEngine(notify)), lock);
