/**
 * Renders the PNG icons from public/icons/icon.svg. Run it after changing the
 * drawing and commit the result: `node tools/make-icons.js`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './root.js';

const dir = join(root, 'public/icons');
const drawing = await readFile(join(dir, 'icon.svg'), 'utf8');

/** Systems that cut the icon to their own shape want the ground to the edges. */
const square = drawing.replace(/ rx="\d+"/, '');

/** Android may cut away all but the inner 80 %: the motif is drawn smaller. */
const maskable = square.replace(
  '<g id="motif"',
  '<g id="motif" transform="translate(256 256) scale(0.8) translate(-256 -256)"',
);

await render(drawing, 192, 'icon-192.png');
await render(drawing, 512, 'icon-512.png');
await render(maskable, 512, 'icon-maskable-512.png');
await render(square, 180, 'apple-touch-icon.png');

/**
 * @param {string} svg
 * @param {number} size Pixels.
 * @param {string} name
 */
async function render(svg, size, name) {
  await sharp(Buffer.from(svg), { density: 144 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(dir, name));
  console.log(`public/icons/${name}`);
}
