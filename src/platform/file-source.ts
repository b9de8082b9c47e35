import { throwIfAborted } from './abort.js';
import { openAnimation } from './animation-source.js';
import type { FrameSource } from './frame-source.js';
import { assertStatedSize, decodeImage, sniff } from './image-file.js';
import { PhotoSource } from './photo-source.js';
import { openVideoFile } from './video-file.js';

/**
 * Opens a photo, an animated picture or a video; its content tells which.
 *
 * @throws SightlineError `unsupported-file`, `corrupt-image`, `corrupt-video`,
 *   `video-without-frames`, `picture-empty`, `picture-too-large` or `aborted`.
 */
export async function openFile(file: Blob, signal: AbortSignal): Promise<FrameSource> {
  throwIfAborted(signal);
  const label = file instanceof File ? file.name : '';
  const { family, format } = await sniff(file);
  throwIfAborted(signal);
  if (family === 'video') return openVideoFile(file, label, signal);
  await assertStatedSize(file, format);
  // A JPEG never moves; everything else may.
  const animation =
    format === 'jpeg' ? undefined : await openAnimation(file, format, label, signal);
  return animation ?? new PhotoSource(await decodeImage(file, format, signal), label);
}
