import { expect } from 'chai';
import { DEFAULT_PRIVACY, type PrivacyOptions } from '../../../src/domain/privacy/options.js';
import { livingColourWorkers } from '../../support/colour-worker.js';
import { canvasFile } from '../../support/files.js';
import { until } from '../../support/promises.js';
import { TestSession } from '../../support/session.js';

/** The colour of a cover. */
const PLAIN = [0x39, 0x42, 0x4e];
const RED = [255, 0, 0];

/** Covers what the worker calls by this name: the mean colour of the picture. */
function covering(...labels: string[]): PrivacyOptions {
  return { ...DEFAULT_PRIVACY, style: 'cover', labels };
}

function middle(picture: CanvasImageSource): number[] {
  const canvas = new OffscreenCanvas(30, 20);
  const context = canvas.getContext('2d');
  context?.drawImage(picture, 0, 0, 30, 20);
  return [...(context?.getImageData(15, 10, 1, 1).data.slice(0, 3) ?? [])];
}

describe('DetectSession: privacy', () => {
  let test: TestSession;

  beforeEach(() => {
    test = new TestSession();
  });

  afterEach(async () => {
    await test.session.dispose();
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  async function open(): Promise<void> {
    const file = await canvasFile(30, 20, 'image/png', 'red');
    await test.session.open({ kind: 'file', file });
  }

  function shown(): number[] {
    const { source } = test.state;
    const element = source.phase === 'open' ? source.info.element : undefined;
    if (element === undefined) throw new Error('nothing is open');
    return middle(element);
  }

  it('shows nothing before it has looked, and then all but what is to be covered', async () => {
    const { pictures } = test.session;
    pictures.privacy = covering('0,0,255');
    await open();
    expect(shown()).to.deep.equal(PLAIN);
    expect(pictures.privacyState).to.equal('waiting');
    expect(pictures.still()).to.equal(undefined);
    await test.session.start();
    await test.more();
    expect(shown()).to.deep.equal(RED);
    expect(pictures.privacyState).to.equal('on');
  });

  it('covers what is found, also what nobody wants to see boxes of', async () => {
    const { session } = test;
    session.pictures.privacy = covering('255,0,0');
    session.options = { ...session.options, scoreThreshold: 0.99 };
    await open();
    await session.start();
    await test.more();
    await until(() => session.pictures.privacyState === 'on', 'it was looked at');
    expect(test.results.at(-1)?.detections).to.have.length(0);
    expect(shown()).to.deep.equal(PLAIN);
    const still = await session.pictures.still();
    const kept = still === undefined ? [] : middle(await createImageBitmap(still));
    PLAIN.forEach((channel, index) => {
      // JPEG.
      expect(kept[index]).to.be.closeTo(channel, 3);
    });
  });

  it('is switched on while paused: covered at once, altered after another look', async () => {
    const { session } = test;
    await open();
    await session.start();
    await test.more();
    session.stop();
    expect(shown()).to.deep.equal(RED);
    session.pictures.privacy = covering('255,0,0');
    expect(shown()).to.deep.equal(PLAIN);
    session.pictures.privacy = covering('0,0,255');
    expect(shown()).to.deep.equal(PLAIN);
    expect((await session.lookAgain())?.detections).to.have.length(1);
    expect(shown()).to.deep.equal(RED);
    session.pictures.privacy = covering('255,0,0');
    await session.lookAgain();
    expect(session.pictures.privacyState).to.equal('on');
    expect(shown()).to.deep.equal(PLAIN);
    session.pictures.privacy = undefined;
    expect(shown()).to.deep.equal(RED);
  });

  it('hands on a stream that goes on over a change of source, covered until it was looked at', async () => {
    const { session } = test;
    session.pictures.privacy = covering('0,0,255');
    const stream = session.pictures.captureStream();
    await open();
    await session.start();
    await test.more();
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    await until(() => String(middle(video)) !== String(PLAIN), 'the picture is streamed');
    await session.open({ kind: 'none' });
    await until(() => (middle(video)[0] ?? 255) < 100, 'nothing is streamed');
    expect(stream.getVideoTracks()[0]?.readyState).to.equal('live');
    for (const track of stream.getTracks()) track.stop();
  });
});
