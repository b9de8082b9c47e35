import type { TeachState } from './types.js';

/** Whether somebody is recording, or a head is being trained. */
export function isTeaching({
  recording,
  training,
}: Pick<TeachState, 'recording' | 'training'>): boolean {
  return recording !== undefined || training.phase === 'looking' || training.phase === 'training';
}
