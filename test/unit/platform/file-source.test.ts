import { expect } from 'chai';
import { openFile } from '../../../src/platform/file-source.js';
import type { FrameSource } from '../../../src/platform/frame-source.js';
import { canvasFile, colourAt, fixture, pngHeader, withOrientation } from '../../support/files.js';
import { delay, never, rejection } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

describe('openFile', () => {
  let opened: FrameSource[];

  beforeEach(() => {
    opened = [];
  });

  afterEach(() => {
    for (const source of opened) source.close();
  });

  async function open(file: Blob): Promise<FrameSource> {
    const source = await openFile(file, never());
    opened.push(source);
    return source;
  }

  /** Takes a frame, and nothing for a while after. */
  async function isSilent(source: FrameSource): Promise<boolean> {
    const abort = new AbortController();
    const next = source.nextFrame(abort.signal).then(
      (frame) => {
        frame.data.close();
        return false;
      },
      () => true,
    );
    await delay(100);
    abort.abort();
    return next;
  }

  describe('photos', () => {
    it('shows it on a canvas and gives it once', async () => {
      const source = await open(await canvasFile(40, 30, 'image/png', 'rgb(1, 200, 3)'));
      expect(source).to.include({ kind: 'photo', label: '' });
      expect(source.size).to.deep.equal({ width: 40, height: 30 });
      expect(source.element).to.be.instanceOf(HTMLCanvasElement);
      expect(colourAt(source.element as HTMLCanvasElement, 0.5, 0.5)).to.deep.equal([1, 200, 3]);
      const { data, timestamp, skipped } = await source.nextFrame(never());
      expect([timestamp, skipped]).to.deep.equal([0, 0]);
      expect(colourAt(data, 0.5, 0.5)).to.deep.equal([1, 200, 3]);
      data.close();
      expect(await isSilent(source)).to.equal(true);
    });

    it('gives it again when it is refreshed, also to whoever waits already', async () => {
      const source = await open(await canvasFile(4, 4));
      (await source.nextFrame(never())).data.close();
      const waiting = source.nextFrame(never());
      source.refresh();
      (await waiting).data.close();
      source.refresh();
      source.refresh();
      (await source.nextFrame(never())).data.close();
      expect(await isSilent(source)).to.equal(true);
    });

    it('knows it by its content, whatever its name and type', async () => {
      const png = await canvasFile(4, 4);
      const source = await open(new File([png], 'film.mp4', { type: 'video/mp4' }));
      expect(source).to.include({ kind: 'photo', label: 'film.mp4' });
    });

    it('turns a photo upright as its EXIF data ask', async () => {
      const canvas = new OffscreenCanvas(40, 20);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no 2D canvas');
      context.fillStyle = 'blue';
      context.fillRect(0, 0, 40, 20);
      context.fillStyle = 'red';
      context.fillRect(0, 0, 20, 20);
      const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
      // 6: to be turned by 90° clockwise, so that the left half comes to the top.
      const source = await open(await withOrientation(jpeg, 6));
      expect(source.size).to.deep.equal({ width: 20, height: 40 });
      const { data } = await source.nextFrame(never());
      expect(colourAt(data, 0.5, 0.1)[0]).to.be.above(200);
      expect(colourAt(data, 0.5, 0.9)[2]).to.be.above(200);
      data.close();
    });

    it('shows a huge one smaller but gives it whole', async () => {
      const source = await open(await canvasFile(6000, 4000, 'image/jpeg'));
      expect(source.size).to.deep.equal({ width: 6000, height: 4000 });
      const { width, height } = source.element;
      expect(width * height).to.be.at.most(16_777_216);
      expect(width / height).to.be.closeTo(1.5, 0.01);
      const { data } = await source.nextFrame(never());
      expect(data).to.include({ width: 6000, height: 4000 });
      data.close();
    });

    it('rejects whoever waits when it is closed', async () => {
      const source = await open(await canvasFile(4, 4));
      (await source.nextFrame(never())).data.close();
      const pending = source.nextFrame(never());
      source.close();
      expect(await rejection(pending)).to.equal('aborted');
    });
  });

  describe('animations', () => {
    it('plays the images in their order and their time, in a loop', async () => {
      const source = await open(await fixture('media/animated.gif'));
      expect(source).to.include({ kind: 'video', label: 'animated.gif' });
      expect(source.size).to.deep.equal({ width: 16, height: 12 });
      source.play();
      const seen: string[] = [];
      const times: number[] = [];
      const began = performance.now();
      while (seen.length < 6) {
        const { data, timestamp } = await source.nextFrame(never());
        const [red, green, blue] = colourAt(data, 0.5, 0.5);
        data.close();
        seen.push(red > 128 ? 'r' : green > 128 ? 'g' : blue > 128 ? 'b' : '?');
        times.push(timestamp);
      }
      expect(seen.join('')).to.equal('rrgbrr');
      expect(times).to.deep.equal([0, 100, 200, 300, 0, 100]);
      expect(performance.now() - began).to.be.within(450, 2000);
    });

    it('stands still until it is played, and while it is paused', async () => {
      const source = await open(await fixture('media/animated.gif'));
      (await source.nextFrame(never())).data.close();
      await delay(250);
      expect(await isSilent(source)).to.equal(true);
      source.play();
      (await source.nextFrame(never())).data.close();
      source.pause();
      await delay(50);
      await isSilent(source);
      await delay(250);
      expect(await isSilent(source)).to.equal(true);
    });

    it('counts the images that nobody took', async () => {
      const source = await open(await fixture('media/animated.gif'));
      source.play();
      (await source.nextFrame(never())).data.close();
      await delay(480);
      const frame = await source.nextFrame(never());
      frame.data.close();
      expect(frame.skipped).to.be.within(1, 4);
    });

    it('plays what there is of a truncated one', async () => {
      const file = await fixture('media/animated.gif');
      const source = await open(file.slice(0, file.size - 20));
      source.play();
      for (let image = 0; image < 6; image++) (await source.nextFrame(never())).data.close();
    });

    it('is a photo of its first image where the browser cannot take it apart', async () => {
      await replacing(window, 'ImageDecoder', undefined, async () => {
        const source = await open(await fixture('media/animated.gif'));
        expect(source.kind).to.equal('photo');
        const { data } = await source.nextFrame(never());
        expect(colourAt(data, 0.5, 0.5)[0]).to.be.above(200);
        data.close();
      });
    });

    it('rejects whoever waits when it is closed', async () => {
      const source = await open(await fixture('media/animated.gif'));
      (await source.nextFrame(never())).data.close();
      const pending = source.nextFrame(never());
      source.close();
      expect(await rejection(pending)).to.equal('aborted');
    });
  });

  it('opens a video', async () => {
    const source = await open(await fixture('media/counter.webm'));
    expect(source).to.include({ kind: 'video', label: 'counter.webm' });
    expect(source.element).to.be.instanceOf(HTMLVideoElement);
  });

  describe('refusals', () => {
    const refused = async (file: Blob) => rejection(openFile(file, never()));

    it('refuses a truncated JPEG', async () => {
      const jpeg = await fixture('coffee.jpg');
      expect(await refused(jpeg.slice(0, 20_000))).to.equal('corrupt-image');
      expect(await refused(jpeg.slice(0, 100))).to.equal('corrupt-image');
    });

    it('refuses a PNG of noise', async () => {
      const head = pngHeader(10, 10);
      const noise = crypto.getRandomValues(new Uint8Array(2000));
      expect(await refused(new Blob([head, noise]))).to.equal('corrupt-image');
    });

    it('refuses a GIF that breaks off in its first image', async () => {
      const gif = await fixture('media/animated.gif');
      expect(await refused(gif.slice(0, 30))).to.equal('corrupt-image');
    });

    it('refuses an empty picture', async () => {
      expect(await refused(pngHeader(0, 0))).to.equal('picture-empty');
      expect(await refused(pngHeader(100, 0))).to.equal('picture-empty');
    });

    it('refuses a picture of 20,000 pixels by its header alone', async () => {
      const began = performance.now();
      expect(await refused(pngHeader(20_000, 20_000))).to.equal('picture-too-large');
      expect(await refused(pngHeader(20_000, 1))).to.equal('picture-too-large');
      expect(performance.now() - began).to.be.below(500);
    });

    it('refuses a real picture that is too wide', async () => {
      expect(await refused(await canvasFile(16_385, 2))).to.equal('picture-too-large');
    });

    it('refuses what is neither picture nor video', async () => {
      for (const content of ['', 'plain text', '<svg xmlns="http://www.w3.org/2000/svg"/>']) {
        expect(await refused(new Blob([content], { type: 'image/png' }))).to.equal(
          'unsupported-file',
        );
      }
    });

    it('blames the browser for a format that only some read', async () => {
      const heic = new Blob(['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'x'.repeat(100)]);
      expect(await refused(heic)).to.equal('unsupported-file');
    });

    it('refuses a broken video and one without a picture', async () => {
      const video = await fixture('media/rotated.mp4');
      expect(await refused(video.slice(0, 300))).to.equal('corrupt-video');
      expect(await refused(await fixture('media/sound-only.webm'))).to.equal(
        'video-without-frames',
      );
    });

    it('stops when it is cancelled', async () => {
      const file = await fixture('coffee.jpg');
      expect(await rejection(openFile(file, AbortSignal.abort()))).to.equal('aborted');
      const abort = new AbortController();
      const opening = openFile(file, abort.signal);
      abort.abort();
      expect(await rejection(opening)).to.equal('aborted');
    });
  });
});
