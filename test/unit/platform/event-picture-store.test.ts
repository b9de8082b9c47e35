import { expect } from 'chai';
import { openDB } from 'idb';
import { PICTURE_BOUNDS, pictureId } from '../../../src/domain/watch/event-pictures.js';
import type { EventPicture } from '../../../src/platform/event-database.js';
import { EventPictureStore } from '../../../src/platform/event-picture-store.js';
import { EventStore } from '../../../src/platform/event-store.js';

const NAME = 'event-pictures-test';
const NOW = Date.now();

function picture(eventId: string, time = NOW, text = 'pixels'): EventPicture {
  const blob = new Blob([text], { type: 'image/jpeg' });
  const id = pictureId(eventId, 'snapshot');
  return { id, eventId, time, kind: 'snapshot', blob, bytes: blob.size };
}

describe('EventPictureStore', () => {
  let store: EventPictureStore;
  let log: EventStore<{ time: number }>;

  beforeEach(async () => {
    store = await EventPictureStore.open(NAME);
    log = await EventStore.open(NAME);
  });

  afterEach(async () => {
    store.close();
    log.close();
    await EventStore.destroy(NAME);
  });

  it('gives back the pixels of an event, and one of each kind only', async () => {
    await store.put(picture('a', NOW, 'old'));
    await store.put(picture('a', NOW, 'new'));
    await store.put(picture('b'));
    const [found, ...rest] = await store.of('a');
    expect(rest).to.have.length(0);
    expect(await found?.blob.text()).to.equal('new');
    expect(await store.ids()).to.deep.equal(['a/snapshot', 'b/snapshot']);
  });

  it('lets go of what is too old', async () => {
    await store.put(picture('old', NOW - (PICTURE_BOUNDS.days + 1) * 86_400_000));
    await store.put(picture('new'));
    expect(await store.prune(NOW)).to.equal(1);
    expect(await store.ids()).to.deep.equal(['new/snapshot']);
  });

  it('goes with its events', async () => {
    await log.add([{ time: 1 }, { time: 2 }, { time: 3 }]);
    for (const time of [1, 2, 3]) await store.put(picture(String(time), time));
    await log.removeOldest(2);
    expect(await store.ids()).to.deep.equal(['3/snapshot']);
    await log.clear();
    expect(await store.ids()).to.deep.equal([]);
  });

  it('takes over a log from before there were pictures', async () => {
    store.close();
    log.close();
    await EventStore.destroy(NAME);
    const before = await openDB(NAME, 1, {
      upgrade: (database) => {
        database.createObjectStore('events', { autoIncrement: true }).createIndex('time', 'time');
      },
    });
    await before.add('events', { time: 7 });
    before.close();
    log = await EventStore.open(NAME);
    store = await EventPictureStore.open(NAME);
    expect(await log.newest(() => true, 5)).to.deep.equal([{ time: 7 }]);
    await store.put(picture('a'));
    expect(await store.ids()).to.have.length(1);
  });
});
