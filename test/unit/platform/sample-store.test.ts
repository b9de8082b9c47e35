import { expect } from 'chai';
import type { Sample } from '../../../src/domain/sample.js';
import { SampleStore, type StoredPicture } from '../../../src/platform/sample-store.js';
import { rejection } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

const NAME = 'sample-store-test';

function sample(id: string, overrides: Partial<Sample> = {}): Sample {
  return {
    id,
    pictureId: 'p1',
    bbox: [1, 2, 30, 40],
    kind: 'example',
    label: 'mug',
    source: 'camera',
    burst: 'b1',
    time: 1000,
    ...overrides,
  };
}

function picture(id = 'p1', text = 'pixels'): StoredPicture {
  return { id, blob: new Blob([text], { type: 'image/jpeg' }), width: 640, height: 480 };
}

const features = (sampleId: string, extractor = 'pool') => ({
  sampleId,
  extractor,
  values: Float32Array.of(1, 2, 3),
});

describe('SampleStore', () => {
  let store: SampleStore;

  beforeEach(async () => {
    store = await SampleStore.open(NAME);
  });

  afterEach(async () => {
    store.close();
    await SampleStore.destroy(NAME);
  });

  const ids = async () => (await store.all()).map(({ id }) => id);

  it('keeps samples, pictures and features over a reload, oldest first', async () => {
    await store.add(picture(), [sample('a', { time: 2000 })], [features('a')]);
    await store.add(picture('p2', 'others'), [sample('b', { pictureId: 'p2', time: 1500 })]);
    store.close();
    store = await SampleStore.open(NAME);
    expect(await store.all()).to.deep.equal([
      sample('b', { pictureId: 'p2', time: 1500 }),
      sample('a', { time: 2000 }),
    ]);
    const kept = await store.picture('p1');
    expect(kept).to.include({ width: 640, height: 480 });
    expect(await kept?.blob.text()).to.equal('pixels');
    expect(kept?.blob.type).to.equal('image/jpeg');
    expect(await store.features('pool')).to.deep.equal(new Map([['a', Float32Array.of(1, 2, 3)]]));
    expect(await store.features('another')).to.deep.equal(new Map());
  });

  it('relabels and takes it back', async () => {
    await store.add(picture(), [sample('a'), sample('b', { label: 'cup', time: 1001 })]);
    const undo = await store.relabel(['a', 'b', 'gone'], 'bowl', 'negative');
    expect((await store.all()).map(({ label, kind }) => `${label} ${kind}`)).to.deep.equal([
      'bowl negative',
      'bowl negative',
    ]);
    await undo();
    expect((await store.all()).map(({ label, kind }) => `${label} ${kind}`)).to.deep.equal([
      'mug example',
      'cup example',
    ]);
  });

  it('notes that a label was confirmed and takes it back', async () => {
    await store.add(picture(), [sample('a'), sample('b', { time: 1001 })]);
    const undo = await store.confirm(['b', 'gone']);
    expect((await store.all()).map(({ confirmed }) => confirmed)).to.deep.equal([undefined, true]);
    await undo();
    expect((await store.all()).map(({ confirmed }) => confirmed)).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('deletes a picture with its last sample only, and takes it back with all that belonged to it', async () => {
    await store.add(
      picture(),
      [sample('a'), sample('ab', { time: 1001 })],
      [features('a'), features('a', 'crop'), features('ab')],
    );
    await store.remove(['a']);
    expect(await store.picture('p1')).to.not.equal(undefined);
    expect([...(await store.features('pool')).keys()]).to.deep.equal(['ab']);
    expect((await store.features('crop')).size).to.equal(0);
    const undo = await store.remove(['ab']);
    expect(await store.picture('p1')).to.equal(undefined);
    await undo();
    await undo();
    expect(await ids()).to.deep.equal(['ab']);
    expect(await (await store.picture('p1'))?.blob.text()).to.equal('pixels');
    expect([...(await store.features('pool')).keys()]).to.deep.equal(['ab']);
  });

  it('takes an addition back', async () => {
    const undo = await store.add(picture(), [sample('a')], [features('a')]);
    await undo();
    expect(await ids()).to.deep.equal([]);
    expect(await store.picture('p1')).to.equal(undefined);
    expect((await store.features('pool')).size).to.equal(0);
  });

  it('takes no features of samples that are gone', async () => {
    await store.add(picture(), [sample('a')]);
    await store.putFeatures([features('a'), features('gone')]);
    expect([...(await store.features('pool')).keys()]).to.deep.equal(['a']);
  });

  it('tells of every change until it is not asked to any more', async () => {
    let changes = 0;
    const stop = store.onChange(() => changes++);
    await store.add(picture(), [sample('a')]);
    await store.relabel(['a'], 'cup', 'example');
    stop();
    await store.remove(['a']);
    expect(changes).to.equal(2);
  });

  it('loses nothing but what did not fit when the disk is full in the middle of it', async () => {
    await store.add(picture(), [sample('a')]);
    const put = Reflect.get(IDBObjectStore.prototype, 'put');
    let puts = 0;
    let code = '';
    await replacing(
      IDBObjectStore.prototype,
      'put',
      function full(this: IDBObjectStore, value: unknown) {
        puts++;
        // The picture and one sample still fit.
        if (puts > 2) throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value);
      },
      async () => {
        const samples = ['b', 'c', 'd'].map((id) => sample(id, { pictureId: 'p2' }));
        code = await rejection(store.add(picture('p2'), samples));
      },
    );
    expect(code).to.equal('storage-full');
    expect(puts).to.equal(3);
    expect(await ids()).to.deep.equal(['a']);
    expect(await store.picture('p2')).to.equal(undefined);
    await store.add(picture('p2'), [sample('b', { pictureId: 'p2' })]);
    expect(await ids()).to.deep.equal(['a', 'b']);
  });

  it('says that nothing can be stored where the browser forbids it', async () => {
    await replacing(
      IDBFactory.prototype,
      'open',
      () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
      async () => {
        expect(await rejection(SampleStore.open('forbidden'))).to.equal('storage-unavailable');
      },
    );
  });

  it('makes way for another tab that deletes everything, and says so afterwards', async () => {
    await store.add(picture(), [sample('a')]);
    await SampleStore.destroy(NAME);
    expect(await rejection(store.all())).to.equal('storage-unavailable');
    const other = await SampleStore.open(NAME);
    expect(await other.all()).to.deep.equal([]);
    other.close();
  });

  it('tells how much room there is', async () => {
    const { usage, quota } = await SampleStore.estimate();
    expect(usage).to.be.at.least(0);
    expect(quota).to.be.above(usage);
    expect(await SampleStore.persist()).to.be.a('boolean');
  });

  it('finds thousands of samples', async () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      sample(`s${String(index)}`, { time: index }),
    );
    await store.add(picture(), many);
    expect(await store.all()).to.have.length(3000);
    await store.remove(many.map(({ id }) => id));
    expect(await store.all()).to.deep.equal([]);
    expect(await store.picture('p1')).to.equal(undefined);
  });
});
