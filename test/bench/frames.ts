import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Detection } from '../../src/domain/detection.js';
import { root } from '../../tools/root.js';
import { loadOriginalDetector } from '../support/original.js';

/** Every frame of the bench has this size. */
export const FRAME_SIZE = { width: 640, height: 480 } as const;

/** Committed photographs with something unmistakable on them. */
const PHOTOGRAPHS = ['chelsea', 'coffee', 'astronaut', 'grace_hopper'] as const;

/** A fixed frame and what the original network finds on it. */
export interface BenchFrame {
  readonly name: string;
  /** Of the file in the folder. */
  readonly file: string;
  readonly reference: readonly Detection[];
}

/**
 * Writes the frames as PNG, so that every arm gets the very same pixels, and
 * asks the original network, run by plain TensorFlow.js in this process, what
 * is on them.
 *
 * @throws Error when it finds nothing on one of them: such a frame proves nothing.
 */
export async function prepareFrames(folder: string): Promise<BenchFrame[]> {
  await mkdir(folder, { recursive: true });
  const original = await loadOriginalDetector();
  try {
    const frames: BenchFrame[] = [];
    for (const name of PHOTOGRAPHS) {
      const picture = sharp(join(root, `test/fixtures/${name}.jpg`))
        .resize({ ...FRAME_SIZE, fit: 'cover' })
        .removeAlpha();
      const rgba = await picture.clone().ensureAlpha().raw().toBuffer();
      const file = `${name}.png`;
      await writeFile(join(folder, file), await picture.png().toBuffer());
      const reference = await original.detect({ rgba, ...FRAME_SIZE });
      if (reference.length === 0) throw new Error(`nothing is to be found on ${name}`);
      frames.push({ name, file, reference });
    }
    return frames;
  } finally {
    original.dispose();
  }
}
