import { expect } from 'chai';
import type { ClipRing } from '../../../src/platform/clip-ring.js';
import { EncodedRing } from '../../../src/platform/encoded-ring.js';
import { RecorderRing } from '../../../src/platform/recorder-ring.js';

const RED = 'rgb(255, 0, 0)';
const BLUE = 'rgb(0, 0, 255)';
const SECOND = 1000;

/** Shows one colour for a while. */
async function show(ring: ClipRing, colour: string, milliseconds: number): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 48;
  const context = canvas.getContext('2d');
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (context !== null) context.fillStyle = colour;
    context?.fillRect(0, 0, 64, 48);
    ring.add(canvas, performance.now());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The colours that a film goes through, one after the other, as it is played. */
async function coloursOf(film: Blob): Promise<string[]> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(film);
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colours: string[] = [];
  const look = (): void => {
    context?.drawImage(video, 0, 0, 1, 1);
    const [red = 0, , blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
    const colour = red > blue ? RED : BLUE;
    if (colours.at(-1) !== colour) colours.push(colour);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  const isOver = new Promise((resolve, reject) => {
    video.onended = resolve;
    video.onerror = () => {
      reject(new Error(video.error?.message));
    };
  });
  await video.play();
  await isOver;
  URL.revokeObjectURL(video.src);
  return colours;
}

const RINGS: Readonly<Record<string, () => Promise<ClipRing | undefined>>> = {
  EncodedRing: () => EncodedRing.open(),
  RecorderRing: () => Promise.resolve(RecorderRing.open()),
};

for (const [name, open] of Object.entries(RINGS)) {
  describe(name, () => {
    let ring: ClipRing;

    beforeEach(async () => {
      const opened = await open();
      if (opened === undefined) throw new Error('this browser makes no clips');
      ring = opened;
    });

    afterEach(() => {
      ring.close();
    });

    it('gives what was shown before a moment and after it', async () => {
      await show(ring, RED, SECOND);
      const now = performance.now();
      const film = ring.clip(now - SECOND, now + SECOND);
      await show(ring, BLUE, 1.2 * SECOND);
      const made = await film;
      expect(made?.type).to.match(/^video\/(mp4|webm)/);
      expect(await coloursOf(made ?? new Blob())).to.deep.equal([RED, BLUE]);
    });

    it('gives all of it to each of two who want parts that overlap', async () => {
      await show(ring, RED, SECOND);
      const now = performance.now();
      const films = [SECOND / 2, SECOND].map((after) => ring.clip(now - SECOND, now + after));
      await show(ring, BLUE, 1.2 * SECOND);
      for (const film of await Promise.all(films)) {
        expect(await coloursOf(film ?? new Blob())).to.deep.equal([RED, BLUE]);
      }
    });

    it('gives nothing of what is to be forgotten, and goes on with what comes then', async () => {
      await show(ring, RED, SECOND / 2);
      const now = performance.now();
      const given = ring.clip(now - SECOND, now + SECOND / 2);
      ring.clear();
      await show(ring, BLUE, SECOND);
      expect(await given).to.equal(undefined);
      const later = performance.now();
      const film = await ring.clip(later - 5 * SECOND, later);
      expect(await coloursOf(film ?? new Blob())).to.deep.equal([BLUE]);
    });

    it('gives what came after a moment when nothing had been shown yet', async () => {
      const now = performance.now();
      const film = ring.clip(now - SECOND, now + SECOND);
      await show(ring, RED, 1.2 * SECOND);
      expect(await coloursOf((await film) ?? new Blob())).to.deep.equal([RED]);
    });

    it('has nothing to give before anything was shown', async () => {
      const now = performance.now();
      expect(await ring.clip(now - SECOND, now)).to.equal(undefined);
    });
  });
}
