import type { Size } from '../../domain/geometry.js';
import type { FitChoice, MirrorChoice } from '../../domain/settings.js';
import type { Fit } from '../../domain/view-transform.js';
import type { SourceInfo } from '../../session/types.js';

/** `auto` may cut off up to 3 tenths of a moving picture to fill the view. */
const LEAST_VISIBLE = 0.7;

/**
 * How a picture lies in its view.
 *
 * @param still Whether it is a photo: nothing of a composed picture is cut off unasked.
 */
export function resolveFit(choice: FitChoice, source: Size, view: Size, still: boolean): Fit {
  if (choice !== 'auto') return choice;
  const sourceRatio = source.width / source.height;
  const viewRatio = view.width / view.height;
  const visible = Math.min(sourceRatio, viewRatio) / Math.max(sourceRatio, viewRatio);
  return !still && visible >= LEAST_VISIBLE ? 'cover' : 'contain';
}

/** Whether a picture is shown mirrored: `auto` does so for cameras that face the user. */
export function resolveMirror(choice: MirrorChoice, source: SourceInfo | undefined): boolean {
  return choice === 'auto' ? source?.facing === 'user' : choice === 'on';
}
