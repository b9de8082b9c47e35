import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import type { BBox } from '../../src/domain/geometry.js';
import { FAKE_CAMERA_FPS } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';

/** What the film shows and COCO has no name for; the pack of negatives says so too. */
export const NEW_OBJECT = 'multimeter';

const SIZE = { width: 640, height: 480 };
/** Pictures a second that are composed; each is repeated to the camera's rate. */
const RATE = 10;
const SHOWN_SECONDS = 9;
const UNRELATED_SECONDS = 3;
/** Behind the object, one after the other. */
const BEHIND = ['living-room', 'dinner', 'brook', 'bricks', 'window', 'grey-wall'];
/** The unrelated scene. */
const UNRELATED = ['cat', 'horses', 'hopper', 'coffee'];
/** Pictures of the pack that the film is made of: a head must not have learnt from them. */
export const IN_THE_FILM: readonly string[] = [...BEHIND, ...UNRELATED];

/** Two squares in the lower corners tell the time in the film, in digits of this base. */
const BASE = 16;
const SQUARE = 20;
const [DARKEST, LEVEL] = [24, 13.6];

/** One picture of the film, and where the object is in it; `undefined` in the unrelated scene. */
export interface FilmFrame {
  readonly bbox: BBox | undefined;
}

interface Pose {
  readonly centre: readonly [number, number];
  readonly height: number;
  readonly degrees: number;
}

/** Slowly about, to and fro, nearer and farther, and turned a little. */
function poseAt(time: number): Pose {
  const swing = (period: number): number => Math.sin((2 * Math.PI * time) / period);
  return {
    centre: [320 + 150 * swing(7), 235 + 45 * swing(4.7)],
    height: Math.round(225 + 65 * swing(5.7)),
    degrees: 16 * swing(3.7),
  };
}

/**
 * Writes a film in which an object that COCO does not know is moved about before
 * changing rooms, and then an unrelated scene.
 *
 * @returns What is in each of its pictures.
 */
export async function filmNewObject(mjpeg: string): Promise<readonly FilmFrame[]> {
  const behind = await Promise.all(BEHIND.map(background));
  const unrelated = await Promise.all(UNRELATED.map(background));
  const sprite = await cutOut();
  const frames: FilmFrame[] = [];
  const file = await open(mjpeg, 'w');
  try {
    const shown = SHOWN_SECONDS * RATE;
    const count = shown + UNRELATED_SECONDS * RATE;
    for (let index = 0; index < count; index++) {
      const isShown = index < shown;
      const rooms = isShown ? behind : unrelated;
      const share = isShown ? index / shown : (index - shown) / (count - shown);
      const room = rooms[Math.floor(share * rooms.length)] ?? Buffer.alloc(0);
      const placed = isShown ? await place(sprite, poseAt(index / RATE)) : undefined;
      const jpeg = await sharp(room, { raw: { ...SIZE, channels: 3 } })
        .composite([...(placed === undefined ? [] : [placed.layer]), ...clock(index)])
        .jpeg({ quality: 92, chromaSubsampling: '4:2:0' })
        .toBuffer();
      frames.push({ bbox: placed?.bbox });
      for (let copy = 0; copy < FAKE_CAMERA_FPS / RATE; copy++) await file.write(jpeg);
    }
  } finally {
    await file.close();
  }
  return frames;
}

/**
 * Number of the film's picture that is on the page's screen, for use in the page.
 *
 * @returns A number beyond the film's end while there is none.
 */
export function filmNumber(element: HTMLElement): number {
  const { element: video } =
    (element as unknown as { sourceInfo?: { element?: CanvasImageSource } }).sourceInfo ?? {};
  if (video === undefined) return Infinity;
  const canvas = new OffscreenCanvas(640, 480);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0, 640, 480);
  const digit = (x: number): number => {
    const { data } = context?.getImageData(x + 6, 466, 8, 8) ?? { data: [] };
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) {
      sum += 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    }
    // The camera's picture has another range than the file's.
    return Math.round((16 + ((sum / 64) * 219) / 255 - 24) / 13.6);
  };
  return 16 * digit(0) + digit(620);
}

function clock(index: number): OverlayOptions[] {
  return [Math.floor(index / BASE), index % BASE].map((digit, side) => {
    const level = Math.round(DARKEST + LEVEL * digit);
    const background = { r: level, g: level, b: level };
    return {
      input: { create: { width: SQUARE, height: SQUARE, channels: 3, background } },
      left: side * (SIZE.width - SQUARE),
      top: SIZE.height - SQUARE,
    };
  });
}

async function place(
  sprite: Buffer,
  { centre: [x, y], height, degrees }: Pose,
): Promise<{ readonly layer: OverlayOptions; readonly bbox: BBox }> {
  const sized = await sharp(sprite).resize({ height }).png().toBuffer();
  const { data, info } = await sharp(sized)
    .rotate(degrees, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    // The box is around what is seen of it.
    .trim({ background: { r: 0, g: 0, b: 0, alpha: 0 }, threshold: 1 })
    .png()
    .toBuffer({ resolveWithObject: true });
  const [left, top] = [Math.round(x - info.width / 2), Math.round(y - info.height / 2)];
  return { layer: { input: data, left, top }, bbox: [left, top, info.width, info.height] };
}

/** The object without its table: it has round corners. */
async function cutOut(): Promise<Buffer> {
  const photograph = await negative(NEW_OBJECT);
  const [left, top, width, height] = [2, 2, 180, 312];
  const mask = Buffer.from(
    `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="30"/></svg>`,
  );
  return sharp(photograph)
    .extract({ left, top, width, height })
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer();
}

async function background(name: string): Promise<Buffer> {
  const resized = sharp(await negative(name)).resize(SIZE.width, SIZE.height, { fit: 'cover' });
  return resized.removeAlpha().raw().toBuffer();
}

async function negative(name: string): Promise<string> {
  const folder = join(root, 'public/negatives');
  const found = (await readdir(folder)).find((file) => file.startsWith(`${name}.`));
  if (found === undefined) throw new Error(`the pack has no ${name}`);
  return join(folder, found);
}
