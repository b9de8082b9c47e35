import type { TeachSettings, TeachState } from './types.js';

/** What there is to show before anything was opened. */
export function closedState(settings: TeachSettings): TeachState {
  return {
    phase: 'closed',
    labels: [],
    background: 0,
    samples: [],
    recording: undefined,
    carrying: undefined,
    questions: [],
    training: { phase: 'idle' },
    isOutdated: false,
    heads: [],
    finds: [],
    finding: { phase: 'idle' },
    hints: [],
    settings,
    problem: undefined,
    canUndo: false,
  };
}
