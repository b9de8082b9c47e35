import sharp from 'sharp';
import { FAKE_CAMERA_HEIGHT, FAKE_CAMERA_WIDTH } from '../../tools/fake-camera.js';

/** The colour that covers, as `PLAIN` of the picture has it. */
const PLAIN = [0x39, 0x42, 0x4e] as const;
/** Compression changes a channel by less than this. */
const SAME = 20;
/** Only what differs from the cover by more than this can be told from it. */
const DIFFERENT = 45;

export type Box = readonly [x: number, y: number, width: number, height: number];

/** RGB of the camera's size. */
export async function pixelsOf(picture: Buffer): Promise<Uint8Array> {
  return sharp(picture)
    .resize(FAKE_CAMERA_WIDTH, FAKE_CAMERA_HEIGHT, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

function isLike(
  a: Uint8Array,
  at: number,
  [red, green, blue]: readonly [number, number, number],
  by: number,
): boolean {
  return (
    Math.abs((a[at] ?? 0) - red) < by &&
    Math.abs((a[at + 1] ?? 0) - green) < by &&
    Math.abs((a[at + 2] ?? 0) - blue) < by
  );
}

/**
 * How much of the scene is to be seen in a box of a picture: the share of those pixels that can be
 * told from a cover and are as in the scene.
 */
export function leak(picture: Uint8Array, scene: Uint8Array, box: Box): number {
  let telling = 0;
  let same = 0;
  eachPixel(box, (at) => {
    if (isLike(scene, at, PLAIN, DIFFERENT)) return;
    telling++;
    const there = [scene[at] ?? 0, scene[at + 1] ?? 0, scene[at + 2] ?? 0] as const;
    if (isLike(picture, at, there, SAME)) same++;
  });
  return telling === 0 ? 0 : same / telling;
}

/** Which share of a box is nothing but cover. */
export function coverage(picture: Uint8Array, box: Box): number {
  let all = 0;
  let covered = 0;
  eachPixel(box, (at) => {
    all++;
    if (isLike(picture, at, PLAIN, SAME)) covered++;
  });
  return covered / all;
}

function eachPixel([x, y, width, height]: Box, tell: (at: number) => void): void {
  for (let row = Math.max(0, Math.ceil(y)); row < Math.min(FAKE_CAMERA_HEIGHT, y + height); row++) {
    const end = Math.min(FAKE_CAMERA_WIDTH, x + width);
    for (let column = Math.max(0, Math.ceil(x)); column < end; column++) {
      tell((row * FAKE_CAMERA_WIDTH + column) * 3);
    }
  }
}
