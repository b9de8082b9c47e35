import type { BBox, Size } from '../domain/geometry.js';
import type { FrameData } from '../protocol/index.js';

/** Pixels of the longer side of a picture that is kept; the detector sees 300. */
const LONGEST_SIDE = 640;
const JPEG = { type: 'image/jpeg', quality: 0.9 };

/** Pixels of the longer side of a thumbnail: sharp at 120 points on a phone. */
const THUMBNAIL_SIDE = 240;

/** A picture of a moment, smaller than the frame was. */
export class Snapshot {
  readonly size: Size;
  readonly #canvas: OffscreenCanvas;
  /** Pixels of the snapshot for one of the frame. */
  readonly #scale: { readonly x: number; readonly y: number };

  /** Draws the frame at once, which may be closed afterwards. */
  constructor(frame: FrameData) {
    const { width, height } = frameSize(frame);
    this.size = fitted({ width, height }, LONGEST_SIDE);
    this.#scale = { x: this.size.width / width, y: this.size.height / height };
    this.#canvas = drawn(frame, this.size);
  }

  /** A box of the frame in pixels of the snapshot. */
  toOwn([x, y, width, height]: BBox): BBox {
    const { x: across, y: down } = this.#scale;
    return [x * across, y * down, width * across, height * down];
  }

  /** JPEG. */
  encode(): Promise<Blob> {
    return this.#canvas.convertToBlob(JPEG);
  }
}

/** A frame's size as it is to be seen. */
export function frameSize(frame: FrameData): Size {
  return 'displayWidth' in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { width: frame.width, height: frame.height };
}

/** The same picture seen in a mirror; the caller closes it. */
export function mirrored(picture: ImageBitmap): ImageBitmap {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context?.setTransform(-1, 0, 0, 1, width, 0);
  context?.drawImage(picture, 0, 0);
  return canvas.transferToImageBitmap();
}

/** Pixels of the longer side of a picture that is kept for somebody to look at. */
const SHOWN_SIDE = 1280;

/** What a canvas shows at this moment as JPEG. */
export function shrunkJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  const { width, height } = fitted(canvas, SHOWN_SIDE);
  const copy = new OffscreenCanvas(width, height);
  const context = copy.getContext('2d');
  if (context === null) throw new Error('there is no 2D canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, width, height);
  return copy.convertToBlob(JPEG);
}

/** Part of a stored picture as a small JPEG. */
export async function thumbnailOf(picture: Blob, bbox: BBox): Promise<Blob> {
  const whole = await createImageBitmap(picture);
  try {
    return await cutOut(whole, bbox);
  } finally {
    whole.close();
  }
}

/** Part of a frame as a small JPEG. The frame is drawn at once, and may be closed afterwards. */
export function cutOut(frame: FrameData, bbox: BBox): Promise<Blob> {
  const whole = frameSize(frame);
  const left = Math.min(whole.width - 1, Math.max(0, Math.floor(bbox[0])));
  const top = Math.min(whole.height - 1, Math.max(0, Math.floor(bbox[1])));
  const right = Math.min(whole.width, Math.max(left + 1, Math.ceil(bbox[0] + bbox[2])));
  const bottom = Math.min(whole.height, Math.max(top + 1, Math.ceil(bbox[1] + bbox[3])));
  const size = { width: right - left, height: bottom - top };
  const small = fitted(size, THUMBNAIL_SIDE);
  const canvas = new OffscreenCanvas(small.width, small.height);
  canvas
    .getContext('2d')
    ?.drawImage(frame, left, top, size.width, size.height, 0, 0, small.width, small.height);
  return canvas.convertToBlob(JPEG);
}

/**
 * Bytes of a frame at so few pixels that two can be compared.
 *
 * @param part Of the frame, in pixels of it; all of it where it is left out.
 */
export function tinyPixels(
  frame: FrameData,
  { width, height }: Size,
  part: BBox = [0, 0, frameSize(frame).width, frameSize(frame).height],
): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(frame, ...part, 0, 0, width, height);
  return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
}

function drawn(frame: FrameData, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('there is no 2D canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(frame, 0, 0, width, height);
  return canvas;
}

/** Shrunk, never enlarged, to whole pixels. */
function fitted({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
