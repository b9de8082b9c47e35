import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp from 'sharp';

/** A decoded picture, 4 bytes (RGBA) per pixel, row by row. */
export interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/**
 * Decodes a photograph. Throws what the file system or the decoder throws.
 *
 * @param source Path, or the file's content.
 */
export async function loadPicture(source: string | Uint8Array): Promise<Picture> {
  const isPath = typeof source === 'string';
  const { data, info } = await sharp(isPath ? await readFile(source) : source)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const name = isPath ? basename(source) : 'picture';
  return { name, width: info.width, height: info.height, rgba: data };
}

/** The colours of a picture without alpha, `height * width * 3` values in 0..255. */
export function rgbOf({ rgba, width, height }: Picture): Int32Array {
  const rgb = new Int32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = rgba[pixel * 4 + channel] ?? 0;
    }
  }
  return rgb;
}
