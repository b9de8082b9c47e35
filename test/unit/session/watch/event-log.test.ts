import { expect } from 'chai';
import { LOG_BOUNDS, NO_FILTER } from '../../../../src/domain/watch/event-log.js';
import type { WatchEvent } from '../../../../src/domain/watch/events.js';
import { parseCoco } from '../../../../src/domain/data-set/coco.js';
import { eventId, pictureId } from '../../../../src/domain/watch/event-pictures.js';
import { EventPictureStore } from '../../../../src/platform/event-picture-store.js';
import { unpackZip } from '../../../../src/platform/zip-file.js';
import { exportEvents } from '../../../../src/session/watch/export-events.js';
import { EventStore } from '../../../../src/platform/event-store.js';
import { EventLog } from '../../../../src/session/watch/event-log.js';
import { replacing } from '../../../support/replace.js';

const NAME = 'event-log-test';

/** The nth event; `trackId` tells which. */
function entered(trackId: number, time = Date.now(), label = 'person'): WatchEvent {
  return {
    kind: 'zone-entered',
    zone: { id: 'z', name: 'Till' },
    time,
    timestamp: trackId,
    trackId,
    label,
    score: 0.9,
    bbox: [1, 2, 3, 4],
    frame: { width: 100, height: 100 },
  };
}

const many = (count: number, time?: number): WatchEvent[] =>
  Array.from({ length: count }, (_, index) => entered(index + 1, time));

describe('EventLog', () => {
  let log: EventLog;

  beforeEach(() => {
    log = new EventLog(NAME);
  });

  afterEach(async () => {
    await log.close();
    await EventStore.destroy(NAME);
  });

  const ids = (events: readonly WatchEvent[]): number[] =>
    events.map((event) => ('trackId' in event ? event.trackId : 0));

  it('keeps what it counts as kept, over a reload, newest first', async () => {
    log.add(many(3));
    expect(log.state).to.include({ kept: 0, waiting: 3 });
    await log.flush();
    expect(log.state).to.include({ kept: 3, waiting: 0 });
    // Nothing is closed or flushed any more, as in a crash.
    const after = new EventLog(NAME);
    await after.open();
    expect(after.state.kept).to.equal(3);
    expect(ids(await after.newest(NO_FILTER, 2))).to.deep.equal([3, 2]);
    await after.close();
  });

  it('takes ten thousand events at once, in order, and finds among them', async () => {
    for (let batch = 0; batch < 100; batch++) log.add(many(100, Date.now()));
    log.add([entered(7777, Date.now(), 'dog')]);
    const all = await log.newest(NO_FILTER, 20_000);
    expect(all).to.have.length(10_001);
    expect(ids(await log.newest({ kinds: ['zone-entered'], text: 'DOG till' }, 10))).to.deep.equal([
      7777,
    ]);
    expect(await log.newest({ ...NO_FILTER, kinds: ['zone-left'] }, 10)).to.deep.equal([]);
    expect(await log.newest({ kinds: [], text: 'dog cat' }, 10)).to.deep.equal([]);
  });

  it('lets go of what is older than its bounds, and tells', async () => {
    const old = Date.now() - (LOG_BOUNDS.days + 1) * 86_400_000;
    log.add([...many(5, old), ...many(2)]);
    await log.flush();
    expect(log.state).to.include({ kept: 2, pruned: 5 });
    expect(ids(await log.newest(NO_FILTER, 10))).to.deep.equal([2, 1]);
  });

  it('lets go of what is too old by its own time, when a clock was wrong among right ones', async () => {
    log.add([entered(1), entered(2, 1000), entered(3)]);
    await log.flush();
    expect(log.state).to.include({ kept: 2, pruned: 1 });
    expect(ids(await log.newest(NO_FILTER, 10))).to.deep.equal([3, 1]);
  });

  it('gives numbers about all that fit, and keeps up with what comes and goes', async () => {
    log.add([...many(300), entered(301, Date.now(), 'dog')]);
    const first = await log.look(NO_FILTER, 10);
    expect(first?.numbers.total).to.equal(301);
    expect(first?.listed.map(({ event }) => ids([event])[0])).to.deep.equal([
      301, 300, 299, 298, 297, 296, 295, 294, 293, 292,
    ]);
    log.add([entered(302)]);
    const dogs = { ...NO_FILTER, text: 'dog' };
    expect((await log.look(dogs, 10))?.numbers.total).to.equal(1);
    expect((await log.look(NO_FILTER, 10))?.numbers.total).to.equal(302);
    // Another page deletes.
    const other = new EventLog(NAME);
    await other.removeAll(dogs);
    await other.close();
    expect((await log.look(dogs, 10))?.numbers.total).to.equal(0);
    expect((await log.look(NO_FILTER, 10))?.numbers.total).to.equal(301);
  });

  it('really deletes one, a span of time and all, with their pictures and no others', async () => {
    log.add([entered(1, Date.now() - 9000), entered(2, Date.now() - 8000), entered(3)]);
    const all = (await log.look(NO_FILTER, 10))?.listed ?? [];
    const pictures = await EventPictureStore.open(NAME);
    for (const { event } of all) {
      const [id, blob] = [eventId(event), new Blob(['x'])];
      await pictures.put({
        id: pictureId(id, 'snapshot'),
        eventId: id,
        time: event.time,
        kind: 'snapshot',
        blob,
        bytes: 1,
      });
    }
    const [newest, second] = all;
    if (newest === undefined || second === undefined) throw new Error('they are not there');
    await log.remove([newest]);
    expect(log.state.kept).to.equal(2);
    expect(await pictures.of(eventId(newest.event))).to.deep.equal([]);
    expect(await pictures.ids()).to.have.length(2);
    await log.removeAll({ ...NO_FILTER, until: second.event.time });
    expect(ids(await log.newest(NO_FILTER, 10))).to.deep.equal([2]);
    expect(await pictures.ids()).to.deep.equal([pictureId(eventId(second.event), 'snapshot')]);
    await log.removeAll(NO_FILTER);
    expect(log.state.kept).to.equal(0);
    expect(await pictures.ids()).to.deep.equal([]);
    pictures.close();
  });

  it('writes a zip of COCO and snapshots that is read again, and JSON where there are none', async () => {
    log.add([entered(1), entered(2, Date.now() - 5)]);
    const events = await log.newest(NO_FILTER, 10);
    const plain = await exportEvents(events, 'coco', NAME);
    expect(plain.name).to.match(/\.coco\.json$/);
    expect(parseCoco(await plain.text()).images).to.have.length(2);
    const canvas = new OffscreenCanvas(50, 50);
    canvas.getContext('2d');
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
    const [event] = events;
    if (event === undefined) throw new Error('nothing is kept');
    const id = eventId(event);
    const pictures = await EventPictureStore.open(NAME);
    await pictures.put({
      id: pictureId(id, 'snapshot'),
      eventId: id,
      time: event.time,
      kind: 'snapshot',
      blob,
      bytes: blob.size,
    });
    pictures.close();
    const limits = { bytes: 1e6, fileBytes: 1e6, files: 10 };
    const zip = await unpackZip(await exportEvents(events, 'coco', NAME), limits, () => 'take');
    const { images } = parseCoco(new TextDecoder().decode(zip.get('annotations.json')));
    expect(images).to.have.length(1);
    expect(images[0]?.boxes).to.deep.equal([{ label: 'person', bbox: [0.5, 1, 1.5, 2] }]);
    expect(zip.get(images[0]?.fileName ?? '')?.length).to.equal(blob.size);
    expect(new TextDecoder().decode(zip.get('events.csv')).trim().split('\r\n')).to.have.length(3);
  });

  it('really deletes everything', async () => {
    log.add(many(10));
    await log.clear();
    expect(log.state.kept).to.equal(0);
    const store = await EventStore.open(NAME);
    expect(await store.count()).to.equal(0);
    store.close();
  });

  it('makes room when the disk is full, tells how much it let go, and loses nothing new', async () => {
    log.add(many(40));
    await log.flush();
    let isFull = true;
    const { value: original } = Object.getOwnPropertyDescriptor(
      IDBObjectStore.prototype,
      'add',
    ) as { value: (this: IDBObjectStore, event: unknown) => IDBRequest<IDBValidKey> };
    await replacing(
      IDBObjectStore.prototype,
      'add',
      function (this: IDBObjectStore, event: unknown) {
        if (isFull) {
          isFull = false;
          throw new DOMException('full', 'QuotaExceededError');
        }
        return original.call(this, event);
      },
      async () => {
        log.add([entered(99)]);
        await log.flush();
      },
    );
    expect(log.state).to.deep.include({ kept: 37, pruned: 4, waiting: 0 });
    expect(ids(await log.newest(NO_FILTER, 1))).to.deep.equal([99]);
  });

  it('keeps events waiting, and says why, while nothing can be written', async () => {
    await replacing(
      IDBObjectStore.prototype,
      'add',
      () => {
        throw new DOMException('broken', 'UnknownError');
      },
      async () => {
        log.add(many(3));
        await log.flush();
      },
    );
    expect(log.state).to.include({ waiting: 3, kept: 0 });
    expect(log.state.problem?.code).to.equal('storage-unavailable');
    await log.flush();
    expect(log.state).to.deep.include({ waiting: 0, kept: 3, problem: undefined });
  });
});
