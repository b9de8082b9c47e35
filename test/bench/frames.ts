import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Detection } from '../../src/domain/detection.js';
import type { Size } from '../../src/domain/geometry.js';
import { root } from '../../tools/root.js';
import { loadOriginalDetector } from '../support/original.js';

/** Every frame of the bench has this size. */
export const FRAME_SIZE = { width: 640, height: 480 } as const;

/** Committed photographs with something unmistakable on them. */
const PHOTOGRAPHS = ['chelsea', 'coffee', 'astronaut', 'grace_hopper'] as const;

const MANY_GRID = { columns: 4, rows: 3 } as const;

/** A fixed frame and what the original network finds on it. */
export interface BenchFrame {
  readonly name: string;
  /** Of the file in the folder. */
  readonly file: string;
  readonly reference: readonly Detection[];
  /** What is on it was chosen to be beyond doubt, so that rounding changes no detection. */
  readonly isChosen: boolean;
}

/**
 * Writes the frames as PNG, so that every arm gets the very same pixels, and
 * asks the original network, run by plain TensorFlow.js in this process, what
 * is on them.
 *
 * @param pictures A folder of photographs to take instead of the committed ones.
 * @throws Error when it finds nothing on any of them: such frames prove nothing.
 */
export async function prepareFrames(folder: string, pictures?: string): Promise<BenchFrame[]> {
  await mkdir(folder, { recursive: true });
  const original = await loadOriginalDetector();
  try {
    const frames: BenchFrame[] = [];
    const sources = pictures === undefined ? committed() : photographsIn(pictures);
    for await (const [name, picture] of sources) {
      const rgba = await picture.clone().ensureAlpha().raw().toBuffer();
      const reference = await original.detect({ rgba, ...FRAME_SIZE });
      // Photographs of a folder were not chosen for having something on them.
      if (reference.length === 0) continue;
      const file = `${name}.png`;
      await writeFile(join(folder, file), await picture.png().toBuffer());
      frames.push({ name, file, reference, isChosen: pictures === undefined });
    }
    if (frames.length === 0) throw new Error('nothing is to be found on any frame');
    return frames;
  } finally {
    original.dispose();
  }
}

async function* committed(): AsyncGenerator<readonly [string, Sharp]> {
  for (const name of PHOTOGRAPHS) yield [name, photograph(name, FRAME_SIZE)];
  yield ['many', await manyThings()];
}

async function* photographsIn(folder: string): AsyncGenerator<readonly [string, Sharp]> {
  for (const file of (await readdir(folder)).sort()) {
    const { name, ext } = parse(file);
    if (/^\.(?:jpe?g|png)$/i.test(ext)) yield [name, fitted(join(folder, file), FRAME_SIZE)];
  }
}

function photograph(name: string, size: Size): Sharp {
  return fitted(join(root, `test/fixtures/${name}.jpg`), size);
}

function fitted(path: string, size: Size): Sharp {
  return sharp(path)
    .rotate()
    .resize({ ...size, fit: 'cover' })
    .removeAlpha()
    .toColourspace('srgb');
}

/** The same photographs, small and many: what a closer look is for, in every part of the frame. */
async function manyThings(): Promise<Sharp> {
  const { columns, rows } = MANY_GRID;
  const size = { width: FRAME_SIZE.width / columns, height: FRAME_SIZE.height / rows };
  const parts = await Promise.all(PHOTOGRAPHS.map((name) => photograph(name, size).toBuffer()));
  const places = Array.from({ length: columns * rows }, (_, place) => {
    const row = Math.floor(place / columns);
    const input = parts[(place + row) % parts.length];
    return { input, left: (place % columns) * size.width, top: row * size.height };
  });
  const composed = await sharp({ create: { ...FRAME_SIZE, channels: 3, background: 'black' } })
    .composite(places)
    .png()
    .toBuffer();
  return sharp(composed).removeAlpha();
}
