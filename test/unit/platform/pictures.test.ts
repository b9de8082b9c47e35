import { expect } from 'chai';
import { copyPicture } from '../../../src/platform/pictures.js';
import type { PictureLike } from '../../../src/platform/pictures.js';
import { canvasFile, colourAt, fixture, pngHeader } from '../../support/files.js';
import { rejection } from '../../support/promises.js';

const orange = [200, 100, 50];

function canvas(): HTMLCanvasElement {
  const element = document.createElement('canvas');
  element.width = 30;
  element.height = 20;
  const context = element.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = `rgb(${orange.join(',')})`;
  context.fillRect(0, 0, 30, 20);
  return element;
}

function offscreen(): OffscreenCanvas {
  const copy = new OffscreenCanvas(30, 20);
  copy.getContext('2d')?.drawImage(canvas(), 0, 0);
  return copy;
}

async function image(): Promise<HTMLImageElement> {
  const element = new Image();
  element.src = URL.createObjectURL(await canvasFile(30, 20, 'image/png', 'rgb(200, 100, 50)'));
  return element;
}

async function video(): Promise<HTMLVideoElement> {
  const element = document.createElement('video');
  element.muted = true;
  element.src = URL.createObjectURL(await fixture('media/counter.webm'));
  return element;
}

describe('copyPicture', () => {
  const pictures: [name: string, make: () => PictureLike | Promise<PictureLike>][] = [
    ['a canvas', canvas],
    ['an OffscreenCanvas', offscreen],
    ['an ImageBitmap', () => createImageBitmap(canvas())],
    ['a VideoFrame', () => new VideoFrame(canvas(), { timestamp: 0 })],
    ['ImageData', () => canvas().getContext('2d')?.getImageData(0, 0, 30, 20) ?? canvas()],
    ['an image that is still loading', image],
    ['a file', () => canvasFile(30, 20, 'image/png', 'rgb(200, 100, 50)')],
  ];
  for (const [name, make] of pictures) {
    it(`copies ${name} and leaves the original alone`, async () => {
      const original = await make();
      const { data } = await copyPicture(original);
      expect(data).to.not.equal(original);
      expect(colourAt(data, 0.5, 0.5)).to.deep.equal(orange);
      data.close();
      // Once more: the original is still there.
      const again = await copyPicture(original);
      expect(colourAt(again.data, 0.5, 0.5)).to.deep.equal(orange);
      again.data.close();
      if ('close' in original) original.close();
    });
  }

  it('copies what a video shows, also one that has not loaded yet', async () => {
    const element = await video();
    const { data } = await copyPicture(element);
    expect(data).to.include({ displayWidth: 160, displayHeight: 120 });
    data.close();
    expect(element.paused, 'it is the caller’s to play').to.equal(true);
    element.currentTime = 1;
    await new Promise((resolve) => {
      element.onseeked = resolve;
    });
    const later = await copyPicture(element);
    expect(later.timestamp).to.be.closeTo(1000, 1);
    later.data.close();
  });

  it('keeps the time of a VideoFrame', async () => {
    const frame = new VideoFrame(canvas(), { timestamp: 5_000_000 });
    const { data, timestamp } = await copyPicture(frame);
    expect(timestamp).to.equal(5000);
    data.close();
    frame.close();
  });

  it('turns a VideoFrame upright that is stored on its side', async () => {
    const element = document.createElement('video');
    element.muted = true;
    element.src = URL.createObjectURL(await fixture('media/rotated.mp4'));
    await element.play();
    const frame = new VideoFrame(element);
    const { data } = await copyPicture(frame);
    expect(data).to.include({ width: 120, height: 160 });
    expect(colourAt(data, 0.1, 0.9)[0]).to.be.above(150);
    data.close();
    frame.close();
  });

  describe('refusals', () => {
    it('refuses an empty canvas', async () => {
      const empty = document.createElement('canvas');
      empty.width = 0;
      expect(await rejection(copyPicture(empty))).to.equal('picture-empty');
    });

    it('refuses a closed bitmap', async () => {
      const bitmap = await createImageBitmap(canvas());
      bitmap.close();
      expect(await rejection(copyPicture(bitmap))).to.equal('picture-empty');
    });

    it('refuses what is too large', async () => {
      expect(await rejection(copyPicture(pngHeader(20_000, 20_000)))).to.equal('picture-too-large');
      expect(await rejection(copyPicture(new OffscreenCanvas(20_000, 1)))).to.equal(
        'picture-too-large',
      );
    });

    it('refuses an image that cannot be loaded', async () => {
      const broken = new Image();
      broken.src = 'data:image/png;base64,AAAA';
      expect(await rejection(copyPicture(broken))).to.equal('corrupt-image');
    });

    it('refuses a video that cannot be played, and one without a picture', async () => {
      const broken = document.createElement('video');
      broken.src = URL.createObjectURL(new Blob(['nothing']));
      expect(await rejection(copyPicture(broken))).to.equal('corrupt-video');
      const sound = document.createElement('video');
      sound.src = URL.createObjectURL(await fixture('media/sound-only.webm'));
      expect(await rejection(copyPicture(sound))).to.equal('video-without-frames');
    });

    it('refuses a file that is no picture', async () => {
      expect(await rejection(copyPicture(new Blob(['text'])))).to.equal('unsupported-file');
      expect(await rejection(copyPicture(await fixture('media/counter.webm')))).to.equal(
        'unsupported-file',
      );
    });

    it('does nothing when it was cancelled before', async () => {
      expect(await rejection(copyPicture(canvas(), AbortSignal.abort()))).to.equal('aborted');
    });
  });
});
