import { SightlineError } from '../../domain/errors.js';
import type { SampleSource } from '../../domain/sample.js';
import { copyPicture } from '../../platform/pictures.js';
import type { FrameData } from '../../protocol/index.js';
import type { SessionState, SourceInfo } from '../types.js';

/** The open source. @throws SightlineError `nothing-to-see` without one. */
export function openSource({ source }: SessionState): SourceInfo {
  if (source.phase !== 'open' || source.info.element === undefined) {
    throw new SightlineError('nothing-to-see');
  }
  return source.info;
}

/** What the source shows at this moment, for the caller to close. */
export async function pictureOfNow(state: SessionState): Promise<FrameData> {
  const { element } = openSource(state);
  if (element === undefined) throw new SightlineError('nothing-to-see');
  return (await copyPicture(element)).data;
}

/** Whether the picture on show stays until something is done. */
export function standsStill({ source, running }: SessionState): boolean {
  return !running || (source.phase === 'open' && source.info.kind === 'photo');
}

/** Where samples of the open source come from. */
export function sampleSource({ source }: SessionState): SampleSource {
  const kind = source.phase === 'open' ? source.info.kind : 'none';
  return kind === 'none' ? 'import' : kind;
}
