import { expect } from 'chai';
import { openDB } from 'idb';
import { HeadStore, type StoredClass } from '../../../src/platform/head-store.js';
import { rejection } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

const NAME = 'head-store-test';

function stored(id: string, created: number): StoredClass {
  return {
    id,
    taught: {
      id,
      label: `thing ${id}`,
      model: 'coco-ssd',
      column: { base: 17, weights: Float32Array.of(1, 2, 3) },
      verifier: { weights: Float32Array.of(4, 5), bias: 0.5 },
      threshold: 0.7,
      created,
    },
    isOn: true,
    learntThreshold: 0.7,
    trainedOn: 'digest',
  };
}

describe('HeadStore', () => {
  let store: HeadStore<unknown, unknown> | undefined;

  afterEach(async () => {
    store?.close();
    await HeadStore.destroy(NAME);
  });

  it('keeps what is found over a reload, oldest first, and what is being learnt', async () => {
    store = await HeadStore.open(NAME);
    await store.putClasses([stored('b', 2), stored('a', 1), stored('c', 3)]);
    await store.putFinding('mug');
    store.close();
    store = await HeadStore.open(NAME);
    expect(await store.classes()).to.deep.equal([stored('a', 1), stored('b', 2), stored('c', 3)]);
    expect(await store.finding()).to.equal('mug');
    await store.removeClass('b');
    await store.putFinding(undefined);
    expect((await store.classes()).map(({ id }) => id)).to.deep.equal(['a', 'c']);
    expect(await store.finding()).to.equal(undefined);
    await store.clear();
    expect(await store.classes()).to.deep.equal([]);
  });

  it('keeps the heads of a device that has the version before', async () => {
    const before = await openDB(NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('heads', { keyPath: 'id' });
        fresh.createObjectStore('training');
        fresh.createObjectStore('bundled');
      },
    });
    await before.put('heads', { id: 'h', head: { created: 1 }, isOn: true });
    before.close();
    store = await HeadStore.open(NAME);
    expect((await store.all()).map(({ id }) => id)).to.deep.equal(['h']);
    expect(await store.classes()).to.deep.equal([]);
  });

  it('says that there is no room, and loses nothing', async () => {
    const opened = (store = await HeadStore.open(NAME));
    await opened.putClasses([stored('a', 1)]);
    const full = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    await replacing(IDBObjectStore.prototype, 'put', full, async () => {
      expect(await rejection(opened.putClasses([stored('b', 2)]))).to.equal('storage-full');
    });
    expect((await opened.classes()).map(({ id }) => id)).to.deep.equal(['a']);
  });
});
