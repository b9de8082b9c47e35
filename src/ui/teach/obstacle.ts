import type { TeachState } from '../../session/teach/types.js';

/** Why there is nothing to learn from yet. */
export type Obstacle =
  | { readonly kind: 'recording' }
  | { readonly kind: 'nothing' }
  /** One thing, and nothing to tell it from. */
  | { readonly kind: 'one-label' }
  | { readonly kind: 'one-example'; readonly label: string };

/** What keeps a head from being trained; `undefined` when nothing does. */
export function obstacle(
  state: Pick<TeachState, 'labels' | 'background' | 'recording'>,
): Obstacle | undefined {
  if (state.recording !== undefined) return { kind: 'recording' };
  const labels = state.labels.filter(({ examples }) => examples > 0);
  const negatives = state.labels.reduce((sum, label) => sum + label.negatives, state.background);
  if (labels.length === 0) return { kind: 'nothing' };
  const single = labels.find(({ examples }) => examples < 2);
  if (single !== undefined) return { kind: 'one-example', label: single.name };
  return labels.length === 1 && negatives === 0 ? { kind: 'one-label' } : undefined;
}
