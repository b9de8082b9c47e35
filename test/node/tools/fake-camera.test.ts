import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import {
  FAKE_CAMERA_HEIGHT,
  FAKE_CAMERA_WIDTH,
  fakeCameraPixels,
  makeFakeCamera,
} from '../../../tools/fake-camera.js';

const CAT = 'test/fixtures/chelsea.jpg';
const PERSON = 'test/fixtures/astronaut.jpg';

/** Cuts a Motion JPEG film at the "start of image" markers. */
function splitFrames(film: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let i = film.indexOf('ffd8ff', 0, 'hex'); i >= 0; i = film.indexOf('ffd8ff', i + 1, 'hex')) {
    starts.push(i);
  }
  return starts.map((start, i) => film.subarray(start, starts[i + 1]));
}

describe('fake camera', () => {
  it('shows each photograph for its number of frames', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sightline-camera-'));
    try {
      const file = join(dir, 'camera.mjpeg');
      await makeFakeCamera(file, [
        { photo: CAT, frames: 3 },
        { photo: PERSON, frames: 2, fit: 'cover' },
      ]);
      const frames = splitFrames(await readFile(file));
      assert.equal(frames.length, 5);
      assert.deepEqual(frames[0], frames[2]);
      assert.notDeepEqual(frames[2], frames[3]);
      for (const frame of frames) {
        const { width, height, isProgressive, chromaSubsampling } = await sharp(frame).metadata();
        assert.deepEqual(
          { width, height, isProgressive, chromaSubsampling },
          {
            width: FAKE_CAMERA_WIDTH,
            height: FAKE_CAMERA_HEIGHT,
            isProgressive: false,
            chromaSubsampling: '4:2:0',
          },
        );
      }
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('puts grey bars beside a square photograph, or fills the frame', async () => {
    const framed = await fakeCameraPixels(PERSON);
    assert.equal(framed.length, FAKE_CAMERA_WIDTH * FAKE_CAMERA_HEIGHT * 3);
    assert.deepEqual([...framed.subarray(0, 3)], [128, 128, 128]);
    const filled = await fakeCameraPixels(PERSON, 'cover');
    assert.notDeepEqual([...filled.subarray(0, 3)], [128, 128, 128]);
  });

  it('rejects when there is no such picture', async () => {
    await assert.rejects(
      makeFakeCamera(join(tmpdir(), 'unused.mjpeg'), [{ photo: 'none.jpg', frames: 1 }]),
    );
  });
});
