import { expect } from 'chai';
import { eventId } from '../../../../src/domain/watch/event-pictures.js';
import type { RuleFired } from '../../../../src/domain/watch/events.js';
import { EventStore } from '../../../../src/platform/event-store.js';
import { EventPictures } from '../../../../src/session/watch/event-pictures.js';
import { deferred } from '../../../../src/platform/deferred.js';
import { replacing } from '../../../support/replace.js';

const NAME = 'event-pictures-session-test';
const STILL = new Blob(['still'], { type: 'image/jpeg' });
const CLIP = new Blob(['clip'], { type: 'video/mp4' });

function fired(time: number): RuleFired {
  const rule = { id: 'r', name: 'Rule' };
  return {
    kind: 'rule-fired',
    time,
    timestamp: time,
    rule,
    reason: 'zone-entered',
    place: undefined,
    occasion: undefined,
    frame: { width: 100, height: 100 },
    count: undefined,
  };
}

describe('EventPictures', () => {
  let clip = deferred<Blob | undefined>();
  let pictures: EventPictures;
  const first = fired(Date.now() - 1000);
  const second = fired(Date.now());

  beforeEach(() => {
    clip = deferred();
    const source = { still: () => Promise.resolve(STILL), clip: () => clip.promise };
    pictures = new EventPictures(() => source, NAME);
  });

  afterEach(async () => {
    await pictures.close();
    await EventStore.destroy(NAME);
  });

  const kinds = async (event: RuleFired): Promise<string[]> =>
    (await pictures.of(event)).map(({ kind }) => kind).sort();

  it('keeps what a rule asks for with its event', async () => {
    const both = pictures.take(first, ['banner', 'snapshot', 'clip']);
    await pictures.take(second, ['snapshot']);
    clip.resolve(CLIP);
    await both;
    expect(await kinds(first)).to.deep.equal(['clip', 'snapshot']);
    expect(await kinds(second)).to.deep.equal(['snapshot']);
    expect([...(await pictures.events())]).to.have.members([first, second].map(eventId));
  });

  it('keeps no clip of an event that was deleted while it was taken', async () => {
    const both = [first, second].map((event) => pictures.take(event, ['clip']));
    pictures.letGo((event) => event.time === first.time);
    clip.resolve(CLIP);
    await Promise.all(both);
    expect(await kinds(first)).to.deep.equal([]);
    expect(await kinds(second)).to.deep.equal(['clip']);
  });

  it('makes room when the disk is full, and says so when there is none to be made', async () => {
    await pictures.take(first, ['snapshot']);
    const { value: original } = Object.getOwnPropertyDescriptor(
      IDBObjectStore.prototype,
      'put',
    ) as { value: (this: IDBObjectStore, picture: unknown) => IDBRequest<IDBValidKey> };
    let faults = 1;
    const putting = function (this: IDBObjectStore, picture: unknown): IDBRequest<IDBValidKey> {
      if (faults-- > 0) throw new DOMException('full', 'QuotaExceededError');
      return original.call(this, picture);
    };
    await replacing(IDBObjectStore.prototype, 'put', putting, async () => {
      await pictures.take(second, ['snapshot']);
      expect(pictures.problem).to.equal(undefined);
      expect(await kinds(first)).to.deep.equal([]);
      expect(await kinds(second)).to.deep.equal(['snapshot']);
      faults = 2;
      await pictures.take(first, ['snapshot']);
    });
    expect(pictures.problem?.code).to.equal('storage-full');
    await pictures.take(first, ['snapshot']);
    expect(pictures.problem).to.equal(undefined);
  });
});
