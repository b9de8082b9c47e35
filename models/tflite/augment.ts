import type { Picture } from '../pictures.js';
import { seededRandom } from './random.js';

/** Smallest side of a crop, as a part of the picture's side. */
const SMALLEST_CROP = 0.4;
const BRIGHTNESS = { lowest: 0.5, highest: 1.5 };

/**
 * Variations of photographs, so that a few of them stand for many: the pictures
 * themselves, then random crops of them, mirrored or not, darker or brighter.
 *
 * @param count How many in all; every picture has its share.
 * @param seed The same seed gives the same variations.
 */
export function* augment(
  pictures: readonly Picture[],
  count: number,
  seed = 1,
): Generator<Picture, void, void> {
  const random = seededRandom(seed);
  for (let index = 0; index < count; index++) {
    const picture = pictures[index % pictures.length];
    if (picture === undefined) return;
    yield index < pictures.length ? picture : vary(picture, random);
  }
}

function vary({ name, width, height, rgba }: Picture, random: () => number): Picture {
  const side = (): number => SMALLEST_CROP + (1 - SMALLEST_CROP) * random();
  const newWidth = Math.max(1, Math.round(width * side()));
  const newHeight = Math.max(1, Math.round(height * side()));
  const left = Math.floor((width - newWidth + 1) * random());
  const top = Math.floor((height - newHeight + 1) * random());
  const isMirrored = random() < 0.5;
  const { lowest, highest } = BRIGHTNESS;
  const gain = lowest * (highest / lowest) ** random();
  const varied = new Uint8ClampedArray(newWidth * newHeight * 4);
  for (let row = 0; row < newHeight; row++) {
    for (let column = 0; column < newWidth; column++) {
      const from = left + (isMirrored ? newWidth - 1 - column : column);
      const source = ((top + row) * width + from) * 4;
      const target = (row * newWidth + column) * 4;
      for (let channel = 0; channel < 3; channel++) {
        varied[target + channel] = (rgba[source + channel] ?? 0) * gain;
      }
      varied[target + 3] = 255;
    }
  }
  return { name, width: newWidth, height: newHeight, rgba: new Uint8Array(varied.buffer) };
}
