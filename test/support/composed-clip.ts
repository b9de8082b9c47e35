import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { BBox } from '../../src/domain/geometry.js';
import { root } from '../../tools/root.js';

/** A fixture that is moved over a background; later ones in a list are nearer. */
export interface Actor {
  /** Name of a picture in `test/fixtures`. */
  readonly picture: string;
  /** The part of that picture which is shown, in its own pixels. */
  readonly part: BBox;
  /** Where the object lies in the part, all of it being [0, 0, 1, 1]. */
  readonly object: BBox;
  /** Pixels in the clip. */
  readonly height: number;
  /** Top left corner after so many seconds; `undefined` while it is not there. */
  readonly at: (time: number) => readonly [x: number, y: number] | undefined;
}

export interface Clip {
  readonly name: string;
  readonly seconds: number;
  readonly rate: number;
  readonly actors: readonly Actor[];
}

const SIZE = { width: 640, height: 480 };
/** Something without people in it. */
const BACKGROUND = 'coffee.jpg';
/** As MOTChallenge has it: who is hidden beyond this is not asked for. */
const HIDDEN = 0.75;

/** Writes a clip as a sequence in MOTChallenge form: pictures, truth and seqinfo.ini. */
export async function writeClip(folder: string, clip: Clip): Promise<void> {
  const { name, rate, actors } = clip;
  const count = Math.floor(clip.seconds * rate);
  await mkdir(join(folder, 'img1'), { recursive: true });
  await mkdir(join(folder, 'gt'), { recursive: true });
  const background = await sharp(fixture(BACKGROUND))
    .resize(SIZE.width, SIZE.height, { fit: 'cover' })
    .blur(12)
    .png()
    .toBuffer();
  const sprites = await Promise.all(actors.map(cutOut));
  const truth: string[] = [];
  for (let index = 0; index < count; index++) {
    const present = actors.flatMap((actor, order) => {
      const corner = actor.at(index / rate);
      const sprite = sprites[order];
      return corner && sprite ? [{ id: order + 1, corner, sprite, object: actor.object }] : [];
    });
    const boxes = present.map(({ corner, sprite, object }) => objectBox(corner, sprite, object));
    present.forEach(({ id }, order) => {
      const [box = [0, 0, 0, 0], ...nearer] = boxes.slice(order);
      const hidden = Math.max(0, ...nearer.map((other) => covered(box, other)));
      if (hidden > HIDDEN || covered(box, [0, 0, SIZE.width, SIZE.height]) < 1 - HIDDEN) return;
      truth.push(
        `${index + 1},${id},${box.map((v) => v.toFixed(1)).join(',')},1,1,${(1 - hidden).toFixed(2)}`,
      );
    });
    const layers = await Promise.all(present.map(({ corner, sprite }) => placed(sprite, corner)));
    await sharp(background)
      .composite(layers.flatMap((layer) => layer ?? []))
      .jpeg({ quality: 90 })
      .toFile(join(folder, 'img1', `${String(index + 1).padStart(6, '0')}.jpg`));
  }
  await writeFile(join(folder, 'gt/gt.txt'), `${truth.join('\n')}\n`);
  await writeFile(
    join(folder, 'seqinfo.ini'),
    `[Sequence]\nname=${name}\nimDir=img1\nframeRate=${rate}\nseqLength=${count}\n`,
  );
}

/** The pictures of a written clip as a film for a fake camera, which plays it 30 frames a second in a loop. */
export async function filmClip(folder: string, mjpeg: string): Promise<void> {
  const pictures = (await readdir(join(folder, 'img1'))).sort();
  const frames = await Promise.all(pictures.map((name) => readFile(join(folder, 'img1', name))));
  await writeFile(mjpeg, Buffer.concat(frames));
}

interface Sprite {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

async function cutOut({ picture, part, height }: Actor): Promise<Sprite> {
  const [left, top, width, partHeight] = part;
  const { data, info } = await sharp(fixture(picture))
    .extract({ left, top, width, height: partHeight })
    .resize({ height })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

/** The part of a sprite that lies in the picture, as a layer. */
async function placed(
  { png, width, height }: Sprite,
  [x, y]: readonly [number, number],
): Promise<OverlayOptions | undefined> {
  const left = Math.round(x);
  const top = Math.round(y);
  const [cutLeft, cutTop] = [Math.max(0, -left), Math.max(0, -top)];
  const shownWidth = Math.min(width, SIZE.width - left) - cutLeft;
  const shownHeight = Math.min(height, SIZE.height - top) - cutTop;
  if (shownWidth <= 0 || shownHeight <= 0) return undefined;
  const input = await sharp(png)
    .extract({ left: cutLeft, top: cutTop, width: shownWidth, height: shownHeight })
    .toBuffer();
  return { input, left: left + cutLeft, top: top + cutTop };
}

function objectBox(
  [x, y]: readonly [number, number],
  { width, height }: Sprite,
  [left, top, w, h]: BBox,
): BBox {
  return [x + left * width, y + top * height, w * width, h * height];
}

/** The part of a box that another one covers. */
function covered([x, y, width, height]: BBox, other: BBox): number {
  const across = Math.min(x + width, other[0] + other[2]) - Math.max(x, other[0]);
  const down = Math.min(y + height, other[1] + other[3]) - Math.max(y, other[1]);
  return (Math.max(0, across) * Math.max(0, down)) / (width * height);
}

function fixture(name: string): string {
  return join(root, 'test/fixtures', name);
}
