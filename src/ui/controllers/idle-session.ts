import type { SessionState, SessionStats } from '../../session/types.js';

/** The state before there is a session. */
export const IDLE_STATE: SessionState = {
  engine: { phase: 'idle' },
  source: { phase: 'none' },
  running: false,
  problem: undefined,
};

/** Numbers before there is a session. */
export const NO_STATS: SessionStats = {
  fps: 0,
  sustainedFps: 0,
  slowedBy: [],
  framesProcessed: 0,
  framesDropped: 0,
  engine: undefined,
  last: undefined,
  workerRestarts: 0,
};
