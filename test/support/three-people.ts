import { readdir, readFile, open } from 'node:fs/promises';
import { join } from 'node:path';
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
/** They come closer and go away again, so that there is something to learn. */
const HEIGHTS = [270, 330, 390, 300] as const;

interface Person {
  readonly picture: string;
  readonly part: Actor['part'];
  /** Middle of their way, in pixels of the film. */
  readonly centre: number;
  readonly from: number;
  readonly seconds: number;
}

/**
 * Writes a film of three people who are shown one after the other, round and round:
 * Eileen Collins at the left, Grace Hopper at the right, and a photographer, who is
 * none of the fixtures, in the middle.
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
      centre: 170,
      from: 0,
      seconds: SCENE_SECONDS,
    },
    {
      picture: 'grace_hopper.jpg',
      part: [0, 0, 512, 600],
      centre: 480,
      from: second,
      seconds: SCENE_SECONDS,
    },
    {
      picture: `../../public/negatives/${photographer}`,
      part: [0, 0, 320, 320],
      centre: 320,
      from: 2 * second,
      seconds: LAST_SCENE_SECONDS,
    },
  ];
  const seconds = 2 * second + LAST_SCENE_SECONDS + GAP_SECONDS;
  await writeClip(folder, { name: 'people', seconds, rate: RATE, actors: people.flatMap(walk) });
  await slowFilm(folder, mjpeg);
}

/** One after the other in every size, on a gentle way to and fro. */
function walk({ picture, part, centre, from, seconds }: Person): Actor[] {
  const each = seconds / HEIGHTS.length;
  return HEIGHTS.map((height, index) => {
    const width = (part[2] / part[3]) * height;
    const start = from + index * each;
    return {
      picture,
      part,
      object: [0, 0, 1, 1],
      height,
      at: (time) =>
        time < start - 1e-9 || time >= start + each - 1e-9
          ? undefined
          : [
              centre - width / 2 + 26 * Math.sin(2.3 * time),
              (480 - height) / 2 + 22 * Math.cos(1.7 * time),
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
export function placeOf([x, , width]: readonly [number, number, number, number]): Place {
  const centre = x + width / 2;
  if (centre < 250) return 'left';
  return centre > 400 ? 'right' : 'middle';
}
