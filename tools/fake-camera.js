/**
 * Makes a film that Chromium shows instead of a camera
 * (`--use-file-for-fake-video-capture`). Motion JPEG is nothing but JPEG files
 * one after the other, so no video encoder is needed.
 *
 *     node tools/fake-camera.js OUT.mjpeg PHOTO[:FRAMES] …
 */
import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';

/** Chromium plays Motion JPEG at this rate, in a loop. */
export const FAKE_CAMERA_FPS = 30;

export const FAKE_CAMERA_WIDTH = 640;
export const FAKE_CAMERA_HEIGHT = 480;

/** @typedef {'contain' | 'cover'} Fit With grey bars, or filling the frame and cut. */

/**
 * @typedef {object} Scene
 * @property {string} photo Path of a picture.
 * @property {number} frames How long it is shown, at 30 frames per second.
 * @property {Fit} [fit] Default `contain`.
 */

/**
 * @param {string} outFile
 * @param {readonly Scene[]} scenes In their order.
 * @returns {Promise<void>}
 * @throws {Error} When a picture cannot be read.
 */
export async function makeFakeCamera(outFile, scenes) {
  const file = await open(outFile, 'w');
  try {
    for (const { photo, frames, fit } of scenes) {
      const frame = await encodeFrame(await fakeCameraPixels(photo, fit));
      for (let i = 0; i < frames; i += 1) await file.write(frame);
    }
  } finally {
    await file.close();
  }
}

/**
 * The picture that the page gets to see, up to compression noise: a test can
 * work out from it what should be found.
 *
 * @param {string} photo
 * @param {Fit} [fit]
 * @returns {Promise<Uint8Array>} RGB of 640 × 480 pixels, row by row.
 */
export function fakeCameraPixels(photo, fit = 'contain') {
  return sharp(photo)
    .rotate()
    .resize(FAKE_CAMERA_WIDTH, FAKE_CAMERA_HEIGHT, { fit, background: '#808080' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

/**
 * Chromium takes the planes of a JPEG (BT.601, full range) as if they were
 * BT.709 in video range. To get the right colours on the page, the frame holds
 * those that are wrong in just the opposite way.
 *
 * @param {Uint8Array} rgb
 * @returns {Promise<Buffer>} A baseline JPEG file.
 */
function encodeFrame(rgb) {
  const distorted = new Uint8ClampedArray(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(i, i + 3);
    const fullY = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const y = 16 + (219 / 255) * fullY;
    const cb = ((224 / 255) * (b - fullY)) / 1.8556;
    const cr = ((224 / 255) * (r - fullY)) / 1.5748;
    distorted[i] = y + 1.402 * cr;
    distorted[i + 1] = y - 0.344136 * cb - 0.714136 * cr;
    distorted[i + 2] = y + 1.772 * cb;
  }
  const raw = {
    width: FAKE_CAMERA_WIDTH,
    height: FAKE_CAMERA_HEIGHT,
    channels: /** @type {3} */ (3),
  };
  return (
    sharp(distorted, { raw })
      // Cameras speak 4:2:0, and Chromium's decoder takes nothing else.
      .jpeg({ quality: 97, chromaSubsampling: '4:2:0', progressive: false, mozjpeg: false })
      .toBuffer()
  );
}

/** @param {readonly string[]} args */
async function main([outFile, ...photos]) {
  if (outFile === undefined || photos.length === 0) {
    console.error('Usage: node tools/fake-camera.js OUT.mjpeg PHOTO[:FRAMES] …');
    process.exitCode = 1;
    return;
  }
  const scenes = photos.map((argument) => {
    const [, photo = argument, frames] = /^(.*):(\d+)$/.exec(argument) ?? [];
    return { photo, frames: Number(frames ?? 3 * FAKE_CAMERA_FPS) };
  });
  await makeFakeCamera(outFile, scenes);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2));
}
