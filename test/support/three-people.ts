import { readdir, readFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BBox } from '../../src/domain/geometry.js';
import { FAKE_CAMERA_FPS } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';
import { writeClip, type Actor } from './composed-clip.js';

/** Which part of the picture somebody is shown in, and so who it is. */
export type Place = 'left' | 'right' | 'middle';

/** Pictures a second that are composed; each is repeated to the camera's rate. */
const RATE = 10;
const SCENE_SECONDS = 8;
const LAST_SCENE_SECONDS = 6;
/** Nobody is to be seen between two scenes. */
const GAP_SECONDS = 0.8;
/** The film, once round. */
export const FILM_SECONDS = 2 * (SCENE_SECONDS + GAP_SECONDS) + LAST_SCENE_SECONDS + GAP_SECONDS;
/** Seconds after which they look a little different: closer, farther, to the other side. */
const STEP_SECONDS = 0.4;
/** Where the left and the right one are, in pixels of the film from the top. */
const MIDDLE = 240;

interface Person {
  readonly picture: string;
  readonly part: Actor['part'];
  /** Middle of their way, in pixels of the film. */
  readonly centre: readonly [x: number, y: number];
  readonly height: number;
  readonly from: number;
  readonly seconds: number;
}

/**
 * Writes a film of three people who are shown one after the other, round and round:
 * Eileen Collins at the left, Grace Hopper at the right, and a photographer, who is
 * none of the fixtures, smaller in the middle.
 */
export async function filmThreePeople(folder: string, mjpeg: string): Promise<void> {
  const negatives = await readdir(join(root, 'public/negatives'));
  const photographer = negatives.find((name) => name.startsWith('photographer.'));
  if (photographer === undefined) throw new Error('the pack has no photographer');
  const second = SCENE_SECONDS + GAP_SECONDS;
  const people: readonly Person[] = [
    {
      picture: 'astronaut.jpg',
      part: [0, 0, 370, 512],
      centre: [140, MIDDLE],
      height: 300,
      from: 0,
      seconds: SCENE_SECONDS,
    },
    {
      picture: 'grace_hopper.jpg',
      part: [0, 0, 512, 600],
      centre: [500, MIDDLE],
      height: 300,
      from: second,
      seconds: SCENE_SECONDS,
    },
    {
      picture: `../../public/negatives/${photographer}`,
      part: [0, 0, 320, 320],
      centre: [335, 150],
      height: 210,
      from: 2 * second,
      seconds: LAST_SCENE_SECONDS,
    },
  ];
  await writeClip(folder, {
    name: 'people',
    seconds: FILM_SECONDS,
    rate: RATE,
    actors: people.flatMap(walk),
  });
  await slowFilm(folder, mjpeg);
}

/** To and fro, and what is seen of them changes as if they came closer and turned. */
function walk({ picture, part, centre, height, from, seconds }: Person): Actor[] {
  const [left, top, partWidth, partHeight] = part;
  const width = (partWidth / partHeight) * height;
  return Array.from({ length: Math.round(seconds / STEP_SECONDS) }, (_, index) => {
    const start = from + index * STEP_SECONDS;
    // From all of them to a little more than half, and from side to side meanwhile.
    const zoom = 0.78 + 0.22 * Math.cos(0.55 * index);
    const [w, h] = [Math.floor(partWidth * zoom), Math.floor(partHeight * zoom)];
    const x = left + Math.floor((partWidth - w) * (0.5 + 0.5 * Math.sin(0.8 * index)));
    const y = top + Math.floor((partHeight - h) * (0.2 + 0.2 * Math.sin(0.35 * index)));
    return {
      picture,
      part: [x, y, w, h],
      object: [0, 0, 1, 1],
      height,
      at: (time) =>
        time < start - 1e-9 || time >= start + STEP_SECONDS - 1e-9
          ? undefined
          : [
              centre[0] - width / 2 + 24 * Math.sin(2.3 * time),
              centre[1] - height / 2 + 20 * Math.cos(1.7 * time),
            ],
    };
  });
}

/** The composed pictures at the camera's rate. */
async function slowFilm(folder: string, mjpeg: string): Promise<void> {
  const pictures = (await readdir(join(folder, 'img1'))).sort();
  const file = await open(mjpeg, 'w');
  try {
    for (const name of pictures) {
      const picture = await readFile(join(folder, 'img1', name));
      for (let copy = 0; copy < FAKE_CAMERA_FPS / RATE; copy++) await file.write(picture);
    }
  } finally {
    await file.close();
  }
}

/** Where in the film a box of so many pixels of it lies. */
export function placeOf([x, , width]: BBox): Place {
  const middle = x + width / 2;
  if (middle < 228) return 'left';
  return middle < 400 ? 'middle' : 'right';
}
