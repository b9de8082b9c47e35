import { expect } from 'chai';
import { teachClass, type TeachClassInput } from '../../../src/domain/detector-head/teach-class.js';
import { randomNumbers } from '../../../src/domain/random.js';
import type { Sample } from '../../../src/domain/sample.js';
import { HeadStore } from '../../../src/platform/head-store.js';
import { SampleStore } from '../../../src/platform/sample-store.js';
import { NewClasses } from '../../../src/session/new-class/new-classes.js';
import { closedState } from '../../../src/session/teach/closed-state.js';
import { SampleBook } from '../../../src/session/teach/sample-book.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../src/domain/teach/settings.js';
import { TeachStore } from '../../../src/session/teach/teach-store.js';
import { anchorScene, SMALL_NETWORK } from '../../support/anchor-scenes.js';
import { rejection } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

const NAME = 'several-classes-test';
const random = randomNumbers(3);

/** A network that sees the same small scene in every picture; how it is trained on is real. */
const engine = {
  anchors: (frame: unknown) => {
    (frame as ImageBitmap).close();
    const { features, logits, boxes } = anchorScene('new', random.below(9), 0, random).view;
    return Promise.resolve({ network: SMALL_NETWORK, features, logits, boxes });
  },
};
const trainer = {
  teachClass: (request: TeachClassInput) =>
    teachClass({ ...request, options: { ...request.options, steps: 5 } }),
};
const negatives = {
  pictures: () => Promise.resolve([]),
  open: () => Promise.reject(new Error('there are none')),
};

describe('Several classes that were taught', function () {
  this.timeout(60_000);
  let samples: SampleStore;
  let heads: HeadStore<unknown, unknown>;
  let teach: TeachStore;
  let book: SampleBook;
  let classes: NewClasses;
  let picture: Blob;
  let ids = 0;

  before(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext('2d')?.fillRect(0, 0, 9, 9);
    picture = await canvas.convertToBlob();
  });

  async function open(): Promise<void> {
    [samples, heads] = await Promise.all([SampleStore.open(NAME), HeadStore.open(`${NAME}-heads`)]);
    teach = new TeachStore(closedState(DEFAULT_TEACH_SETTINGS));
    book = new SampleBook(samples, teach);
    classes = new NewClasses({
      store: heads,
      teach,
      engine,
      trainer,
      negatives,
      model: () => 'coco-ssd',
      eyes: () => 'coco-ssd int8',
      views: () => Promise.resolve(undefined),
      lookAgain: () => undefined,
    });
    await book.read();
    await classes.read();
  }

  function close(): void {
    classes.dispose();
    samples.close();
    heads.close();
  }

  beforeEach(open);

  afterEach(async () => {
    close();
    await SampleStore.destroy(NAME);
    await HeadStore.destroy(`${NAME}-heads`);
  });

  async function draw(label: string, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const id = String(++ids);
      const sample: Sample = {
        id,
        pictureId: `p${id}`,
        bbox: [4, 4, 24, 24],
        kind: 'example',
        label,
        source: 'camera',
        burst: `b${id}`,
        time: ids,
      };
      const stored = { id: `p${id}`, blob: picture, width: 64, height: 48 };
      await book.add({ picture: stored, samples: [sample], features: [] });
    }
  }

  const live = (): string[] => classes.live.map(({ label }) => label);
  const taught = (label: string) =>
    classes.travelling.find((find) => find.taught.label === label)?.taught;
  const idOf = (label: string): string => taught(label)?.id ?? '';

  it('are learnt anew, switched off and taken away alone, and stay so over a reload', async () => {
    await draw('mug', 2);
    await draw('fork', 3);
    // The second is asked for while the first is being learnt: it has its turn.
    await Promise.all([classes.learn('mug', book), classes.learn('fork', book)]);
    expect(live()).to.deep.equal(['mug', 'fork']);
    const [mug, fork] = [taught('mug'), taught('fork')];
    expect(mug?.column.weights).to.not.deep.equal(fork?.column.weights);

    await draw('fork', 2);
    await classes.learn('fork', book);
    expect(taught('mug')).to.equal(mug);
    expect(taught('fork')).to.include({ id: fork?.id });
    expect(taught('fork')?.column.weights).to.not.deep.equal(fork?.column.weights);

    await classes.setOn(idOf('mug'), false);
    await classes.setThreshold(idOf('fork'), 0.4);
    expect(live()).to.deep.equal(['fork']);
    const before = classes.travelling;
    close();
    await open();
    expect(live()).to.deep.equal(['fork']);
    expect(classes.travelling).to.deep.equal(before);
    expect(taught('mug')).to.deep.equal(mug);

    await classes.remove(idOf('fork'));
    expect(live()).to.deep.equal([]);
    await classes.setOn(idOf('mug'), true);
    expect(classes.live).to.deep.equal([mug]);
    expect(teach.state.finds.map(({ label }) => label)).to.deep.equal(['mug']);
  });

  it('do not come back when they are taken away while they wait for their turn', async () => {
    await draw('mug', 2);
    await draw('fork', 2);
    await Promise.all([classes.learn('mug', book), classes.learn('fork', book)]);
    const turns = [classes.learn('mug', book), classes.learn('fork', book)];
    await classes.remove(idOf('fork'));
    await Promise.all(turns);
    expect(live()).to.deep.equal(['mug']);
  });

  it('lose none of them where one more cannot be stored', async () => {
    await draw('mug', 1);
    await draw('fork', 1);
    await classes.learn('mug', book);
    const { prototype } = IDBObjectStore;
    const put = Object.getOwnPropertyDescriptor(prototype, 'put')?.value as typeof prototype.put;
    function fullForClasses(this: IDBObjectStore, ...call: Parameters<typeof put>): IDBRequest {
      if (this.name === 'classes') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, call);
    }
    await replacing(prototype, 'put', fullForClasses, async () => {
      const mug = rejection(classes.learn('mug', book));
      // What goes wrong with one is no reason not to try the next.
      const fork = rejection(classes.learn('fork', book));
      expect([await mug, await fork]).to.deep.equal(['storage-full', 'storage-full']);
    });
    expect(live()).to.deep.equal(['mug']);
    await classes.learn('fork', book);
    expect(live()).to.deep.equal(['mug', 'fork']);
  });
});
