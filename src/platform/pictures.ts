import { SightlineError } from '../domain/errors.js';
import { assertPictureSize } from '../domain/picture-limits.js';
import type { FrameData } from '../protocol/index.js';
import { abortable, throwIfAborted } from './abort.js';
import { decodeImage, sniff } from './image-file.js';
import { captureVideo, isUpright } from './video-capture.js';
import { firstFrame } from './video-element.js';

/** Whatever a caller may hold in hand that shows a picture. */
export type PictureLike =
  | FrameData
  | Blob
  | ImageData
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | OffscreenCanvas;

export interface CopiedPicture {
  /** Upright; whoever gets it closes it or hands it on. */
  readonly data: FrameData;
  /** Milliseconds of media time; 0 for a still. */
  readonly timestamp: number;
}

/**
 * A copy of a picture as a frame; the original stays with the caller and may
 * change or be closed at once.
 *
 * @throws SightlineError `unsupported-file`, `corrupt-image`, `corrupt-video`,
 *   `video-without-frames`, `picture-empty`, `picture-too-large` or `aborted`.
 */
export async function copyPicture(
  picture: PictureLike,
  signal?: AbortSignal,
): Promise<CopiedPicture> {
  throwIfAborted(signal);
  if (picture instanceof Blob) return still(await decodeFile(picture, signal));
  if (picture instanceof HTMLVideoElement) return copyVideo(picture, signal);
  if (picture instanceof HTMLImageElement) return still(await copyImage(picture, signal));
  if (isVideoFrame(picture)) {
    assertPictureSize({ width: picture.displayWidth, height: picture.displayHeight });
    const timestamp = picture.timestamp / 1000;
    return { data: isUpright(picture) ? picture.clone() : straighten(picture), timestamp };
  }
  assertPictureSize(picture);
  return still(await toBitmap(picture, signal));
}

function still(data: ImageBitmap): CopiedPicture {
  return { data, timestamp: 0 };
}

async function decodeFile(file: Blob, signal: AbortSignal | undefined): Promise<ImageBitmap> {
  const { family, format } = await sniff(file);
  if (family === 'video') throw new SightlineError('unsupported-file', 'a video is no picture');
  return decodeImage(file, format, signal);
}

async function copyVideo(
  video: HTMLVideoElement,
  signal: AbortSignal | undefined,
): Promise<CopiedPicture> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    await firstFrame(video, signal ?? new AbortController().signal, {
      broken: (error) => new SightlineError('corrupt-video', error?.message),
      frameless: 'video-without-frames',
    });
  }
  const timestamp = video.currentTime * 1000;
  try {
    const data = await captureVideo(video);
    return { data, timestamp };
  } catch (thrown) {
    throw new SightlineError('video-without-frames', String(thrown), { cause: thrown });
  }
}

async function copyImage(
  image: HTMLImageElement,
  signal: AbortSignal | undefined,
): Promise<ImageBitmap> {
  try {
    await abortable(image.decode(), signal);
  } catch (thrown) {
    throwIfAborted(signal);
    throw new SightlineError('corrupt-image', String(thrown), { cause: thrown });
  }
  assertPictureSize({ width: image.naturalWidth, height: image.naturalHeight });
  return toBitmap(image, signal);
}

async function toBitmap(
  picture: Exclude<PictureLike, Blob | VideoFrame>,
  signal: AbortSignal | undefined,
): Promise<ImageBitmap> {
  try {
    return await abortable(createImageBitmap(picture), signal, (late) => {
      late.close();
    });
  } catch (thrown) {
    throwIfAborted(signal);
    throw new SightlineError('corrupt-image', String(thrown), { cause: thrown });
  }
}

/** Turned pixels, drawn the way they are to be seen. */
function straighten(frame: VideoFrame): ImageBitmap {
  const canvas = new OffscreenCanvas(frame.displayWidth, frame.displayHeight);
  canvas.getContext('2d')?.drawImage(frame, 0, 0, frame.displayWidth, frame.displayHeight);
  return canvas.transferToImageBitmap();
}

function isVideoFrame(picture: PictureLike): picture is VideoFrame {
  return typeof VideoFrame === 'function' && picture instanceof VideoFrame;
}
