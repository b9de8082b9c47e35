import { expect } from 'chai';
import { openScreen } from '../../../src/platform/screen-source.js';
import type { ScreenPort } from '../../../src/platform/screen-source.js';
import type { FrameSource } from '../../../src/platform/frame-source.js';
import { firstFrame, silentVideo } from '../../../src/platform/video-element.js';
import { openDemo, openVideoFile } from '../../../src/platform/video-file.js';
import { colourAt, fixture } from '../../support/files.js';
import { LivePicture } from '../../support/live-picture.js';
import { delay, never, rejection, until } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

const clip = new URL('/test/fixtures/media/counter.webm', location.href).href;

describe('video sources', () => {
  let opened: FrameSource[];
  let pictures: LivePicture[];

  beforeEach(() => {
    opened = [];
    pictures = [];
  });

  afterEach(() => {
    for (const source of opened) source.close();
    for (const picture of pictures) picture.stop();
  });

  async function open(path: string): Promise<FrameSource> {
    const source = await openVideoFile(await fixture(path), path, never());
    opened.push(source);
    return source;
  }

  function screen(): { readonly picture: LivePicture; readonly port: ScreenPort } {
    const picture = new LivePicture();
    pictures.push(picture);
    return { picture, port: { getDisplayMedia: () => Promise.resolve(picture.stream) } };
  }

  describe('pulling frames', () => {
    it('waits at the first frame until it is played', async () => {
      const source = await open('media/counter.webm');
      expect(source.element).to.have.property('paused', true);
      const first = await source.nextFrame(never());
      first.data.close();
      const abort = new AbortController();
      const second = source.nextFrame(abort.signal);
      await delay(200);
      abort.abort();
      expect(await rejection(second)).to.equal('aborted');
    });

    it('gives every frame once, the newest, in the order of time, and goes round', async () => {
      const source = await open('media/counter.webm');
      source.play();
      const times: number[] = [];
      const end = performance.now() + 2600;
      while (performance.now() < end) {
        const frame = await source.nextFrame(never());
        times.push(frame.timestamp);
        frame.data.close();
      }
      expect(times.length).to.be.above(20);
      const rounds = times.filter((time, index) => time < (times[index - 1] ?? -1));
      expect(rounds, 'it loops').to.have.length.within(1, 2);
      const isRepeated = times.some((time, index) => time === times[index - 1]);
      expect(isRepeated, 'no frame comes twice').to.equal(false);
    });

    it('gives the newest frame to whoever was busy, and says how many were missed', async () => {
      const source = await open('media/counter.webm');
      source.play();
      (await source.nextFrame(never())).data.close();
      await delay(600);
      const began = performance.now();
      const late = await source.nextFrame(never());
      late.data.close();
      expect(performance.now() - began, 'no waiting').to.be.below(50);
      expect(late.skipped).to.be.within(5, 14);
      const { currentTime } = source.element as HTMLVideoElement;
      expect(Math.abs(late.timestamp / 1000 - currentTime)).to.be.below(0.2);
      const next = await source.nextFrame(never());
      next.data.close();
      expect(next.skipped).to.be.at.most(1);
      expect(next.timestamp).to.not.equal(late.timestamp);
    });

    it('stops while it is paused and goes on after', async () => {
      const source = await open('media/counter.webm');
      source.play();
      (await source.nextFrame(never())).data.close();
      source.pause();
      await delay(100);
      const abort = new AbortController();
      // What was presented just before the pause may still be taken.
      source.nextFrame(abort.signal).then(
        (frame) => {
          frame.data.close();
        },
        () => undefined,
      );
      await delay(200);
      abort.abort();
      source.play();
      (await source.nextFrame(never())).data.close();
    });

    it('works in browsers that do not tell when a frame is presented', async () => {
      await replacing(
        HTMLVideoElement.prototype,
        'requestVideoFrameCallback',
        undefined,
        async () => {
          const source = await open('media/counter.webm');
          source.play();
          const times: number[] = [];
          for (let frame = 0; frame < 5; frame++) {
            const { data, timestamp } = await source.nextFrame(never());
            data.close();
            times.push(timestamp);
          }
          expect(new Set(times).size, 'no frame comes twice').to.equal(5);
        },
      );
    });

    it('works in browsers without VideoFrame', async () => {
      await replacing(window, 'VideoFrame', undefined, async () => {
        const source = await open('media/counter.webm');
        source.play();
        const { data } = await source.nextFrame(never());
        expect(data).to.be.instanceOf(ImageBitmap);
        data.close();
      });
    });

    it('rejects a pending call when it is closed', async () => {
      const source = await open('media/counter.webm');
      (await source.nextFrame(never())).data.close();
      const pending = source.nextFrame(never());
      source.close();
      expect(await rejection(pending)).to.equal('aborted');
      expect(await rejection(source.nextFrame(never()))).to.equal('aborted');
    });
  });

  describe('files', () => {
    it('describes itself', async () => {
      const source = await open('media/counter.webm');
      expect(source).to.include({ kind: 'video', label: 'media/counter.webm' });
      expect(source.size).to.deep.equal({ width: 160, height: 120 });
      expect(source.element).to.include({ muted: true, loop: true, playsInline: true });
    });

    it('turns a clip upright that is stored on its side', async () => {
      const source = await open('media/rotated.mp4');
      expect(source.size).to.deep.equal({ width: 120, height: 160 });
      const { data } = await source.nextFrame(never());
      expect([data instanceof ImageBitmap && data.width, source.size.width]).to.deep.equal([
        120, 120,
      ]);
      expect(colourAt(data, 0.1, 0.9)[0], 'red at the bottom left').to.be.above(150);
      expect(colourAt(data, 0.1, 0.1)[2], 'blue at the top left').to.be.above(150);
      data.close();
    });

    it('refuses one that holds only sound', async () => {
      const file = await fixture('media/sound-only.webm');
      expect(await rejection(openVideoFile(file, '', never()))).to.equal('video-without-frames');
    });

    it('refuses one that is broken', async () => {
      const file = await fixture('media/rotated.mp4');
      const half = file.slice(0, 300);
      expect(await rejection(openVideoFile(half, '', never()))).to.equal('corrupt-video');
    });

    it('revokes its URL', async () => {
      const revoked: string[] = [];
      const note = (url: string) => revoked.push(url);
      await replacing(URL, 'revokeObjectURL', note, async () => {
        (await open('media/counter.webm')).close();
        expect(revoked).to.have.length(1);
        await rejection(openVideoFile(new Blob(['nothing']), '', never()));
        expect(revoked).to.have.length(2);
      });
    });

    it('can be cancelled', async () => {
      const abort = new AbortController();
      const opening = openVideoFile(await fixture('media/counter.webm'), '', abort.signal);
      abort.abort();
      expect(await rejection(opening)).to.equal('aborted');
    });
  });

  describe('first frame', () => {
    it('is waited for only so long', async () => {
      const video = silentVideo();
      video.srcObject = new MediaStream();
      const waiting = firstFrame(video, never(), {
        broken: () => {
          throw new Error('it is not broken');
        },
        frameless: 'video-without-frames',
        timeout: 300,
      });
      expect(await rejection(waiting)).to.equal('video-without-frames');
    });
  });

  describe('demo clip', () => {
    it('plays the first format that this browser can', async () => {
      const missing = new URL('/no-such-clip.webm', location.href).href;
      const source = await openDemo([missing, clip], never());
      opened.push(source);
      expect(source).to.include({ kind: 'demo' });
      source.play();
      (await source.nextFrame(never())).data.close();
    });

    it('says so when there is none', async () => {
      expect(await rejection(openDemo([], never()))).to.equal('corrupt-video');
    });
  });

  describe('shared screen', () => {
    it('gives frames until the person ends it', async () => {
      const { picture, port } = screen();
      const source = await openScreen(never(), port);
      opened.push(source);
      expect(source).to.include({ kind: 'screen' });
      source.play();
      (await source.nextFrame(never())).data.close();
      source.pause();
      await delay(100);
      picture.unplug();
      let code = '';
      // One frame may still have been waiting.
      while (code === '') {
        code = await source.nextFrame(never()).then(
          (frame) => {
            frame.data.close();
            return '';
          },
          (thrown: unknown) => (thrown as { code: string }).code,
        );
      }
      expect(code).to.equal('source-ended');
    });

    it('ends the sharing when it is closed', async () => {
      const { picture, port } = screen();
      (await openScreen(never(), port)).close();
      expect(picture.track.readyState).to.equal('ended');
    });

    it('says that the person refused', async () => {
      const port = {
        getDisplayMedia: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
      };
      expect(await rejection(openScreen(never(), port))).to.equal('screen-share-refused');
    });

    it('says that the browser cannot', async () => {
      await replacing(MediaDevices.prototype, 'getDisplayMedia', undefined, async () => {
        expect(await rejection(openScreen(never()))).to.equal('screen-share-unsupported');
      });
    });

    it('ends a sharing that was granted too late', async () => {
      const { picture } = screen();
      let grant: (stream: MediaStream) => void = () => undefined;
      const granted = new Promise<MediaStream>((resolve) => {
        grant = resolve;
      });
      const abort = new AbortController();
      const opening = openScreen(abort.signal, { getDisplayMedia: () => granted });
      abort.abort();
      expect(await rejection(opening)).to.equal('aborted');
      grant(picture.stream);
      await until(() => picture.track.readyState === 'ended', 'the sharing ends');
    });
  });
});
