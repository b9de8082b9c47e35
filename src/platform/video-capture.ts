import type { FrameData } from '../protocol/index.js';

/**
 * How the pixels of a frame have to be turned to stand upright. Newer than
 * TypeScript's library; browsers without it hand over upright frames or,
 * rarely, ones whose displayed size gives them away.
 */
interface Orientation {
  /** Degrees clockwise: 0, 90, 180 or 270. */
  readonly rotation?: number;
  readonly flip?: boolean;
}

/** Whether a frame's pixels are stored the way they are to be seen. */
export function isUpright(frame: VideoFrame & Orientation): boolean {
  return (frame.rotation ?? 0) === 0 && frame.flip !== true;
}

/**
 * The frame that a video shows now, upright.
 *
 * A `VideoFrame` costs nothing (the pixels stay where the decoder left them),
 * but one of a clip with rotation metadata is stored lying on its side, which
 * neither `createImageBitmap` nor TensorFlow.js undo: such a clip is drawn
 * into a bitmap by the video element, which does.
 *
 * @throws DOMException where the video has no frame at this moment.
 */
export async function captureVideo(video: HTMLVideoElement): Promise<FrameData> {
  if (typeof VideoFrame === 'function') {
    const frame = new VideoFrame(video);
    const isWhole =
      frame.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight;
    if (isWhole && isUpright(frame)) return frame;
    frame.close();
  }
  return createImageBitmap(video);
}

/**
 * The same picture once more, for somebody else to close. Of a `VideoFrame` no
 * pixel is copied. Where there can be no copy the original is closed.
 */
export async function copyFrame(frame: FrameData): Promise<FrameData> {
  try {
    return 'displayWidth' in frame ? frame.clone() : await createImageBitmap(frame);
  } catch (thrown) {
    frame.close();
    throw thrown;
  }
}
