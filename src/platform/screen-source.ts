import { SightlineError } from '../domain/errors.js';
import { abortable, throwIfAborted } from './abort.js';
import type { FrameSource } from './frame-source.js';
import { stopStream, toScreenError } from './media-errors.js';
import { emptyVideo, firstFrame, silentVideo, tryToPlay } from './video-element.js';
import { VideoSource } from './video-source.js';

/** The part of `navigator.mediaDevices` that screen sharing needs. */
export type ScreenPort = Pick<MediaDevices, 'getDisplayMedia'>;

/**
 * Asks for a screen, window or tab and waits for its first picture. When the
 * person ends the sharing, `nextFrame` rejects with `source-ended`.
 *
 * @param port This browser's own by default, where it can share screens; phones cannot.
 * @throws SightlineError `screen-share-refused`, `screen-share-unsupported`,
 *   `insecure-context` or `aborted`.
 */
export async function openScreen(
  signal: AbortSignal,
  port: ScreenPort | undefined = screenPort(),
): Promise<FrameSource> {
  if (port === undefined) {
    throw new SightlineError(isSecureContext ? 'screen-share-unsupported' : 'insecure-context');
  }
  const stream = await getStream(port, signal);
  const video = silentVideo();
  video.srcObject = stream;
  tryToPlay(video);
  try {
    await firstFrame(video, signal, {
      broken: (error) => new SightlineError('screen-share-refused', error?.message),
      frameless: 'video-without-frames',
    });
  } catch (thrown) {
    emptyVideo(video);
    stopStream(stream);
    throw thrown;
  }
  return screenSource(video, stream);
}

function screenSource(video: HTMLVideoElement, stream: MediaStream): FrameSource {
  const track = stream.getVideoTracks()[0];
  const label = track?.label ?? '';
  const source = new VideoSource({
    kind: 'screen',
    label,
    video,
    release: () => {
      track?.removeEventListener('ended', onEnded);
      stopStream(stream);
    },
  });
  const onEnded = () => {
    source.end(new SightlineError('source-ended', label));
  };
  track?.addEventListener('ended', onEnded);
  if (track?.readyState === 'ended') onEnded();
  return source;
}

async function getStream(port: ScreenPort, signal: AbortSignal): Promise<MediaStream> {
  throwIfAborted(signal);
  try {
    const constraints = { video: { frameRate: { ideal: 30 } }, audio: false };
    return await abortable(port.getDisplayMedia(constraints), signal, stopStream);
  } catch (thrown) {
    throwIfAborted(signal);
    throw toScreenError(thrown);
  }
}

function screenPort(): ScreenPort | undefined {
  // The library's types promise what phones do not have.
  const devices: Partial<MediaDevices> | undefined = (navigator as Partial<Navigator>).mediaDevices;
  return devices?.getDisplayMedia === undefined ? undefined : navigator.mediaDevices;
}
