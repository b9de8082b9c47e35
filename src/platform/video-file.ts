import { SightlineError, toSightlineError } from '../domain/errors.js';
import type { FrameSource } from './frame-source.js';
import { emptyVideo, firstFrame, silentVideo, tryToPlay } from './video-element.js';
import { VideoSource } from './video-source.js';

/**
 * Opens a video file, which then plays in a loop.
 *
 * @param label Shown as its name.
 * @throws SightlineError `corrupt-video`, `video-without-frames`,
 *   `unsupported-file` (a codec that this browser lacks), `picture-too-large`
 *   or `aborted`.
 */
export async function openVideoFile(
  file: Blob,
  label: string,
  signal: AbortSignal,
): Promise<FrameSource> {
  const url = URL.createObjectURL(file);
  const release = () => {
    URL.revokeObjectURL(url);
  };
  try {
    const video = await openClip(url, signal);
    return new VideoSource({ kind: 'video', label, video, release });
  } catch (thrown) {
    release();
    throw thrown;
  }
}

/**
 * Opens the built-in clip.
 *
 * @param urls The same clip in several formats, the best first.
 * @throws SightlineError The last format's fault, or `aborted`.
 */
export async function openDemo(urls: readonly string[], signal: AbortSignal): Promise<FrameSource> {
  let fault = new SightlineError('corrupt-video', 'there is no demo clip');
  for (const url of urls) {
    try {
      const video = await openClip(url, signal);
      return new VideoSource({ kind: 'demo', label: '', video });
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      fault = toSightlineError(thrown);
    }
  }
  throw fault;
}

async function openClip(url: string, signal: AbortSignal): Promise<HTMLVideoElement> {
  const video = silentVideo();
  // Without this, frames of a clip from another origin could be seen but not read.
  video.crossOrigin = 'anonymous';
  video.loop = true;
  video.preload = 'auto';
  video.src = url;
  tryToPlay(video);
  try {
    await firstFrame(video, signal, { broken: toVideoError, frameless: 'video-without-frames' });
    return video;
  } catch (thrown) {
    emptyVideo(video);
    throw thrown;
  }
}

/** The same MediaError stands for a broken file and for an unknown codec; only its text tells. */
function toVideoError(error: MediaError | null): SightlineError {
  const message = error?.message ?? '';
  const isCodec = /NO_SUPPORTED_STREAMS|NOT_SUPPORTED|codec/i.test(message);
  return new SightlineError(isCodec ? 'unsupported-file' : 'corrupt-video', message);
}
