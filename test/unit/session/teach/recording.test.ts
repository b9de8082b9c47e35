import { expect } from 'chai';
import { SampleStore } from '../../../../src/platform/sample-store.js';
import { photograph } from '../../../support/engine-fixtures.js';
import { canvasFile, fixture } from '../../../support/files.js';
import { delay, rejection, until } from '../../../support/promises.js';
import { replacing } from '../../../support/replace.js';
import { turning } from '../../../support/stage-source.js';
import { DATABASES, destroyTeaching, TaughtSession } from '../../../support/taught-session.js';

describe('Recording examples', function () {
  this.timeout(120_000);
  let cat: ImageBitmap;
  let test: TaughtSession;

  before(async () => {
    cat = await photograph('chelsea');
    await destroyTeaching();
  });

  beforeEach(() => {
    test = new TaughtSession(turning(cat));
  });

  afterEach(async () => {
    await test.dispose();
    await destroyTeaching();
  });

  it('takes views that differ of the object that is followed, with all that belongs to them', async () => {
    await test.start();
    await test.record('cat', 'Chelsea', 4);
    const { samples, labels, phase } = test.state;
    expect(phase).to.equal('ready');
    expect(labels).to.deep.equal([
      { name: 'Chelsea', examples: samples.length, negatives: 0, cover: samples.at(-1)?.id },
    ]);
    for (const sample of samples) {
      expect(sample).to.include({ kind: 'example', base: 'cat', source: 'camera' });
      expect(sample.burst).to.equal(samples[0]?.burst);
      expect(sample.time).to.be.closeTo(Date.now(), 60_000);
    }
    expect(test.remembered[0]).to.equal(true);
    await until(
      async () => {
        const store = await SampleStore.open(DATABASES.samples);
        const [own, mirrored] = await Promise.all([
          store.features('coco-ssd/feature_0'),
          store.features('coco-ssd/feature_0/mirrored'),
        ]);
        store.close();
        return own.size === samples.length && mirrored.size === samples.length;
      },
      'features of every sample, and of its mirror image',
      20_000,
    );
    const thumbnail = await test.teach.thumbnail(samples[0]?.id ?? '');
    const shown = await createImageBitmap(thumbnail ?? new Blob());
    const [, , width = 0, height = 1] = samples[0]?.bbox ?? [];
    expect(shown.width / shown.height).to.be.closeTo(width / height, 0.05);
  });

  it('is there again after a reload, and every change can be taken back', async () => {
    await test.start();
    await test.record('cat', 'Chelsea', 3);
    const ids = test.state.samples.map(({ id }) => id);
    await test.dispose();
    test = new TaughtSession(turning(cat));
    expect(test.state.phase).to.equal('closed');
    await test.teach.open();
    expect(test.state.samples.map(({ id }) => id)).to.deep.equal(ids);
    const [first = '', ...others] = ids;
    const names = (): string[] => test.state.samples.map(({ label, kind }) => `${label} ${kind}`);
    const before = names();

    await test.teach.relabel([first], ' Tom ');
    expect(names()[0]).to.equal('Tom example');
    await test.teach.renameLabel('Chelsea', 'Kitty');
    expect(test.state.labels.map(({ name }) => name)).to.deep.equal(['Tom', 'Kitty']);
    await test.teach.remove(others);
    expect(test.state.samples.map(({ id }) => id)).to.deep.equal([first]);
    await test.teach.relabel([first], '');
    expect(test.state).to.deep.include({ background: 1, labels: [] });

    for (let change = 0; change < 4; change++) await test.teach.undo();
    expect(names()).to.deep.equal(before);
    expect(test.state.samples.map(({ id }) => id)).to.deep.equal(ids);
    expect(test.state.canUndo).to.equal(false);
    await test.teach.undo();
    expect(await rejection(test.teach.renameLabel('Chelsea', '  '))).to.equal('label-missing');
    expect(test.state.problem?.code).to.equal('label-missing');
    test.teach.dismissProblem();
    expect(test.state.problem).to.equal(undefined);
  });

  it('takes a whole recording back at once', async () => {
    await test.start();
    await test.record('cat', 'Chelsea', 2);
    await test.record('cat', 'Chelsea', 1);
    const bursts = new Set(test.state.samples.map(({ burst }) => burst));
    expect(bursts.size).to.equal(2);
    await test.teach.undo();
    expect(new Set(test.state.samples.map(({ burst }) => burst)).size).to.equal(1);
    await test.teach.undo();
    expect(test.state.samples).to.deep.equal([]);
  });

  it('says why it takes nothing: an object that stands still, and one that is gone', async () => {
    const still = turning(cat);
    test.show((context) => {
      still(context, 0.4);
    });
    await test.start();
    await test.teach.record({ kind: 'track', trackId: await test.track('cat') }, 'Chelsea');
    await until(() => test.state.recording?.refused === 'known-view', 'a known view', 10_000);
    expect(test.state.recording?.taken).to.equal(1);
    test.show((context) => {
      context.fillRect(0, 0, 640, 480);
    });
    await until(() => test.state.recording?.refused === 'out-of-sight', 'it is missed', 10_000);
    test.teach.stopRecording();
    await until(() => test.state.recording === undefined, 'the recording has ended');
    expect(test.state.samples).to.have.length(1);
  });

  it('of the room take pictures that differ, and everything in them says nothing', async () => {
    await test.start();
    await test.track('cat');
    test.teach.recordBackground();
    await until(() => test.state.background >= 2, 'two pictures of the room', 20_000);
    test.teach.stopRecording();
    await until(() => test.state.recording === undefined, 'the recording has ended');
    const { samples, labels } = test.state;
    expect(labels).to.deep.equal([]);
    expect(samples.every(({ kind, label }) => kind === 'negative' && label === '')).to.equal(true);
    expect(samples.some(({ base }) => base === 'cat')).to.equal(true);
    expect(samples.length).to.be.above(18);
  });

  it('stores “not that” as a negative of what it was called', async () => {
    await test.start();
    await test.teach.reject(await test.track('cat'));
    expect(test.state.samples.map(({ kind, label, base }) => [kind, label, base])).to.deep.equal([
      ['negative', 'cat', 'cat'],
    ]);
    expect(await rejection(test.teach.reject(9999))).to.equal('object-lost');
    expect(test.state.problem?.code).to.equal('object-lost');
  });

  it('takes a drawn box, and what is on show in a picture that stands still', async () => {
    await test.start();
    const trackId = await test.track('cat');
    test.session.stop();
    await test.teach.record({ kind: 'track', trackId }, 'Chelsea');
    await test.teach.record({ kind: 'box', bbox: [-20, 10, 120, 80] }, 'wall');
    const [one, other] = test.state.samples;
    expect(one).to.include({ label: 'Chelsea', base: 'cat' });
    expect(other).to.deep.include({ label: 'wall', bbox: [0, 10, 100, 80] });
    expect(other).not.to.have.property('base');
    const outside = test.teach.record({ kind: 'box', bbox: [700, 10, 50, 50] }, 'wall');
    expect(await rejection(outside)).to.equal('nothing-to-see');
    const nameless = test.teach.record({ kind: 'track', trackId }, ' ');
    expect(await rejection(nameless)).to.equal('label-missing');
    await test.session.open({ kind: 'none' });
    const blind = test.teach.record({ kind: 'track', trackId }, 'Chelsea');
    expect(await rejection(blind)).to.equal('nothing-to-see');
    expect(test.state.samples).to.have.length(2);
  });

  it('takes the best box of photographs, and counts what is none', async () => {
    await test.session.load({ backend: 'wasm', runtime: 'litert', model: 'coco-ssd' });
    const photo = await fixture('chelsea.jpg');
    const plain = new File([await canvasFile(64, 48)], 'red.png');
    const text = new File(['no picture'], 'notes.txt');
    const summary = await test.teach.addPictures(
      [photo, plain, text].map((file) => ({ file, label: 'Chelsea' })),
    );
    expect(summary).to.deep.equal({
      samples: 2,
      labels: 1,
      heads: 0,
      skipped: [{ reason: 'unsupported-file', count: 1 }],
    });
    const [one, other] = test.state.samples;
    expect(one).to.include({ base: 'cat', source: 'photo' });
    expect(other?.bbox).to.deep.equal([0, 0, 64, 48]);
    await test.teach.undo();
    expect(test.state.samples).to.deep.equal([]);
  });

  it('ends, and says so, when the disk is full; what was taken before is kept', async () => {
    await test.start();
    await test.teach.record({ kind: 'track', trackId: await test.track('cat') }, 'Chelsea');
    await until(() => test.state.samples.length >= 2, 'two examples', 20_000);
    const full = (): IDBRequest<IDBValidKey> => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    await replacing(IDBObjectStore.prototype, 'put', full, async () => {
      await until(() => test.state.problem?.code === 'storage-full', 'it is told', 10_000);
      expect(test.state.recording).to.equal(undefined);
    });
    const kept = test.state.samples.map(({ id }) => id);
    await delay(300);
    expect(test.state.samples.map(({ id }) => id)).to.deep.equal(kept);
    await test.dispose();
    test = new TaughtSession(turning(cat));
    await test.teach.open();
    expect(test.state.samples.map(({ id }) => id)).to.deep.equal(kept);
  });

  it('closes every copy of a frame, and makes none while nobody records', async () => {
    let copies = 0;
    let closed = 0;
    const original = Object.getOwnPropertyDescriptor(VideoFrame.prototype, 'clone');
    const clone = function (this: VideoFrame): VideoFrame {
      copies++;
      const copy = (original?.value as VideoFrame['clone']).call(this);
      const close = copy.close.bind(copy);
      copy.close = () => {
        if (copy.format !== null) closed++;
        close();
      };
      return copy;
    };
    await replacing(VideoFrame.prototype, 'clone', clone, async () => {
      await test.start();
      await test.track('cat');
      expect(copies).to.equal(0);
      await test.record('cat', 'Chelsea', 3);
      const taken = copies;
      expect(taken).to.be.above(2);
      await until(() => closed === taken, 'all copies are closed');
      const { length } = test.results;
      await until(() => test.results.length > length + 3, 'frames go on');
      expect(copies).to.equal(taken);
    });
  });
});
