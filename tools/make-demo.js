/**
 * Composes the built-in demo clip from the photographs of test/fixtures/: a
 * slow camera over each of them, fading into the next, in a loop. Needs ffmpeg.
 * Run it after changing it and commit the result: `node tools/make-demo.js`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { runCommand, UsageError } from './command.js';
import { root } from './root.js';

const WIDTH = 640;
const HEIGHT = 480;
const FPS = 15;
const SCENE_FRAMES = 48;
const FADE_FRAMES = 8;

/** Movement smaller than a pixel is smooth only if the photograph has more of them. */
const OVERSAMPLING = 4;

const MAX_BYTES = 1_200_000;

/**
 * What the camera sees: the middle of its picture and its width, as parts of
 * the photograph's width and height.
 *
 * @typedef {{ x: number, y: number, width: number }} View
 */

/** @type {readonly { photo: string, from: View, to: View }[]} */
const scenes = [
  {
    photo: 'chelsea.jpg',
    from: { x: 0.43, y: 0.5, width: 0.82 },
    to: { x: 0.56, y: 0.5, width: 0.886 },
  },
  {
    photo: 'coffee.jpg',
    from: { x: 0.56, y: 0.5, width: 0.86 },
    to: { x: 0.44, y: 0.47, width: 0.78 },
  },
  {
    photo: 'astronaut.jpg',
    from: { x: 0.5, y: 0.42, width: 1 },
    to: { x: 0.46, y: 0.4, width: 0.82 },
  },
  {
    photo: 'grace_hopper.jpg',
    from: { x: 0.52, y: 0.28, width: 0.88 },
    to: { x: 0.48, y: 0.4, width: 1 },
  },
];

const formats = [
  {
    name: 'demo.webm',
    codec: ['-c:v', 'libvpx-vp9', '-crf', '36', '-b:v', '0', '-deadline', 'good', '-cpu-used', '1'],
  },
  {
    name: 'demo.mp4',
    codec: ['-c:v', 'libx264', '-crf', '27', '-preset', 'veryslow', '-movflags', '+faststart'],
  },
];

await runCommand(async () => {
  const dir = join(root, 'public/demo');
  await mkdir(dir, { recursive: true });
  const frames = await renderFrames();
  let bytes = 0;
  for (const { name, codec } of formats) {
    await encode(frames, codec, join(dir, name));
    const { size } = await stat(join(dir, name));
    bytes += size;
    console.log(`public/demo/${name}  ${Math.round(size / 1000)} KB`);
  }
  if (bytes > MAX_BYTES) throw new UsageError(`Together they may have ${MAX_BYTES} bytes.`);
});

/** @returns {Promise<Uint8Array[]>} RGB pictures. */
async function renderFrames() {
  const shots = await Promise.all(scenes.map(renderShot));
  return shots.flatMap((shot, i) => {
    // The last fades into the first, so that the loop has no seam.
    const next = shots[(i + 1) % shots.length] ?? [];
    return shot.slice(FADE_FRAMES, SCENE_FRAMES + FADE_FRAMES).map((frame, k) => {
      const fade = k - (SCENE_FRAMES - FADE_FRAMES);
      const incoming = next[fade];
      return incoming === undefined
        ? frame
        : blend(frame, incoming, (fade + 1) / (FADE_FRAMES + 1));
    });
  });
}

/**
 * A scene with room for fading at both ends.
 *
 * @param {(typeof scenes)[number]} scene
 * @returns {Promise<Uint8Array[]>}
 */
async function renderShot({ photo, from, to }) {
  const source = sharp(join(root, 'test/fixtures', photo));
  const { width, height } = await source.metadata();
  const large = { width: width * OVERSAMPLING, height: height * OVERSAMPLING };
  const pixels = await source.resize(large.width, large.height).removeAlpha().raw().toBuffer();
  const count = SCENE_FRAMES + FADE_FRAMES;
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const progress = (1 - Math.cos((Math.PI * i) / (count - 1))) / 2;
      return sharp(pixels, { raw: { ...large, channels: 3 } })
        .extract(cut(between(from, to, progress), large))
        .resize(WIDTH, HEIGHT, { fit: 'fill', kernel: 'cubic' })
        .raw()
        .toBuffer();
    }),
  );
}

/**
 * @param {View} from
 * @param {View} to
 * @param {number} progress 0 to 1.
 * @returns {View}
 */
function between(from, to, progress) {
  /** @param {keyof View} key */
  const mix = (key) => from[key] + (to[key] - from[key]) * progress;
  return { x: mix('x'), y: mix('y'), width: mix('width') };
}

/**
 * The view in pixels, kept inside the photograph and in the clip's proportions.
 *
 * @param {View} view
 * @param {{ width: number, height: number }} photo
 */
function cut(view, photo) {
  const width = Math.min(view.width * photo.width, (photo.height * WIDTH) / HEIGHT);
  const height = (width * HEIGHT) / WIDTH;
  /** @type {(middle: number, size: number, room: number) => number} */
  const start = (middle, size, room) =>
    Math.round(Math.min(Math.max(middle * room - size / 2, 0), room - size));
  return {
    left: start(view.x, width, photo.width),
    top: start(view.y, height, photo.height),
    width: Math.floor(width),
    height: Math.floor(height),
  };
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @param {number} share Of `b`, 0 to 1.
 */
function blend(a, b, share) {
  return a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share));
}

/**
 * @param {readonly Uint8Array[]} frames
 * @param {readonly string[]} codec
 * @param {string} file
 */
async function encode(frames, codec, file) {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`];
  const colours = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  // The same pictures give the same file.
  const exact = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-map_metadata', '-1'];
  const ffmpeg = spawn(
    'ffmpeg',
    ['-y', '-loglevel', 'error', ...input, '-r', String(FPS), '-i', '-', '-vf', colours].concat([
      ...codec,
      '-color_range',
      'tv',
      ...tags,
      ...exact,
      file,
    ]),
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(ffmpeg, 'close').catch(() => {
    throw new UsageError('ffmpeg could not be started. Install it and try again.');
  });
  for (const frame of frames) {
    if (!ffmpeg.stdin.write(frame)) await Promise.race([once(ffmpeg.stdin, 'drain'), ended]);
  }
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new UsageError(`ffmpeg failed on ${file}; see above.`);
}
