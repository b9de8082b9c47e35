import type { Detection } from '../../domain/detection.js';
import type { Size } from '../../domain/geometry.js';
import { viewTransform } from '../../domain/view-transform.js';
import { drawDetections } from './draw-detections.js';

/** A picture frozen at its full resolution, before its boxes are known. */
export function freeze(picture: CanvasImageSource, size: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new DOMException('No canvas context', 'InvalidStateError');
  context.drawImage(picture, 0, 0, size.width, size.height);
  return canvas;
}

/** Lines and letters of a snapshot are those of a screen on which the picture is this wide or high. */
const REFERENCE_SHORT_SIDE = 360;

/**
 * A frozen picture as PNG with boxes on it, never mirrored, so that writing
 * in the scene stays readable.
 */
export function toPng(
  frozen: HTMLCanvasElement,
  detections: readonly Detection[],
  locale: string,
  fontFamily: string,
): Promise<Blob> {
  const size: Size = { width: frozen.width, height: frozen.height };
  const context = frozen.getContext('2d');
  if (context !== null) {
    drawDetections(
      context,
      { detections, transform: viewTransform(size, size, 'contain', false), view: size, locale },
      {
        unit: Math.max(1, Math.min(size.width, size.height) / REFERENCE_SHORT_SIDE),
        fontFamily,
        strong: false,
      },
    );
  }
  return new Promise((resolve, reject) => {
    frozen.toBlob((blob) => {
      if (blob === null)
        reject(new DOMException('The picture could not be encoded', 'EncodingError'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** `sightline-2025-03-01-14-05-09.png`, in local time, as files are looked for. */
export function snapshotName(time: Date): string {
  const parts = [
    time.getFullYear(),
    time.getMonth() + 1,
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
  ];
  return `sightline-${parts.map((part) => String(part).padStart(2, '0')).join('-')}.png`;
}
