import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from '../../tools/root.js';

/** A photograph of the fixtures in a few views, PNG as base64. */
export async function viewsOf(name: string): Promise<readonly string[]> {
  const bytes = await readFile(join(root, `test/fixtures/${name}.jpg`));
  const { width, height } = await sharp(bytes).metadata();
  const cuts = [0, 0.05, 0.1, 0.15];
  return Promise.all(
    cuts.map(async (cut, index) => {
      const area = {
        left: Math.round(width * cut),
        top: Math.round(height * cut * 0.5),
        width: Math.round(width * 0.82),
        height: Math.round(height * 0.82),
      };
      const view = sharp(bytes)
        .extract(area)
        .flop(index % 2 === 1);
      return (await view.png().toBuffer()).toString('base64');
    }),
  );
}
