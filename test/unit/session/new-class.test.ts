import { expect } from 'chai';
import { intersectionOverUnion, type BBox } from '../../../src/domain/geometry.js';
import type { TrackedDetection } from '../../../src/domain/tracking/track.js';
import { NegativePack } from '../../../src/platform/negative-pack.js';
import { ViewStore } from '../../../src/platform/view-store.js';
import { NOTHING_LENT } from '../../../src/session/lent.js';
import { readFinds } from '../../../src/session/teach/files/read-heads.js';
import { beacon, emptyRoom } from '../../support/beacon.js';
import { photograph } from '../../support/engine-fixtures.js';
import { rejection, until } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';
import { DATABASES, destroyTeaching, TaughtSession, URLS } from '../../support/taught-session.js';

const LABEL = 'beacon';

describe('Finding what the detector does not know', function () {
  this.timeout(240_000);
  let rooms: (ImageBitmap | string)[];
  let test: TaughtSession;

  before(async () => {
    const photographs = await Promise.all(['coffee', 'astronaut'].map(photograph));
    rooms = [...photographs, '#787060', '#d8d4c8', '#203040'];
    await destroyTeaching();
  });

  beforeEach(() => {
    test = new TaughtSession(emptyRoom('#787060'));
  });

  afterEach(async () => {
    await test.dispose();
    await destroyTeaching();
  });

  /** Shows it somewhere. */
  function show(index: number): BBox {
    const size = 150 + 40 * (index % 4);
    const x = 40 + ((index * 137) % (560 - size));
    const y = 20 + ((index * 71) % (440 - size));
    const { scene, bbox } = beacon(x, y, size, rooms[index % rooms.length] ?? '#787060');
    test.show(scene);
    return bbox;
  }

  /** Waits until what is shown now has been looked at. */
  async function looked(): Promise<void> {
    const seen = test.results.length;
    await until(() => test.results.length > seen + 2, 'it is looked at', 20_000);
  }

  async function draw(count: number): Promise<void> {
    await test.start();
    for (let index = 0; index < count; index++) {
      const bbox = show(index);
      await looked();
      await test.teach.record({ kind: 'box', bbox }, LABEL);
      await until(() => test.state.samples.length === index + 1, 'the box is kept', 20_000);
    }
  }

  function found(): TrackedDetection | undefined {
    return test.results.at(-1)?.detections.find((each) => each.class === LABEL);
  }

  it('is learnt from drawn boxes, found live, and goes on to be found after a reload', async () => {
    await draw(8);
    await test.teach.finder.learn(LABEL);
    const { finding, finds } = test.state;
    expect(finding).to.include({ phase: 'done', label: LABEL, end: 'completed' });
    expect(finds).to.have.length(1);
    expect(finds[0]).to.include({ label: LABEL, isOn: true, isOutdated: false });
    const report = finds[0]?.report;
    // Each box was drawn on its own, so each can be held back.
    expect(report).to.include({ pictures: 8, objects: 8 });
    expect(report?.ap50).to.be.above(0.5);
    expect(report?.unrelated).to.be.above(30);
    const previews = test.states.flatMap(({ finding: state }) =>
      state.phase === 'training' && state.preview !== undefined ? state.preview : [],
    );
    expect(previews).to.not.be.empty;
    const [previewed] = previews.at(-1)?.pictures ?? [];
    expect(test.state.samples.map(({ pictureId }) => pictureId)).to.include(previewed?.pictureId);
    expect(await test.teach.picture(previewed?.pictureId ?? '')).to.be.instanceOf(Blob);
    const phases = new Set(test.states.map((state) => state.finding.phase));
    expect([...phases]).to.deep.equal(['idle', 'looking', 'training', 'done']);

    // Learning again remembers what was seen, and looks at nothing twice.
    const views = await ViewStore.open(`${DATABASES.heads}-views`);
    const seen = await views.count();
    expect(seen).to.be.above(8 * 5);
    await test.teach.finder.learn(LABEL);
    expect(await views.count()).to.equal(seen);

    const bbox = show(13);
    await looked();
    await until(() => found() !== undefined, 'it is found', 20_000);
    expect(intersectionOverUnion(found()?.bbox ?? [0, 0, 0, 0], bbox)).to.be.above(0.5);
    test.show(emptyRoom(rooms[1] ?? ''));
    await until(() => found() === undefined, 'it is not found where it is not', 20_000);
    await looked();
    expect(found()).to.equal(undefined);

    const file = await test.teach.export('heads');
    expect(file.blob.size).to.be.within(10_000, 80_000);
    const project = await test.teach.export('project');

    await test.session.dispose();
    test = new TaughtSession(emptyRoom('#203040'), { wakes: true });
    // Where it was found before: whether it is found elsewhere, each training decides anew.
    show(13);
    await test.start();
    await until(() => found() !== undefined, 'it is found again', 20_000);
    const [kept] = test.state.finds;
    if (kept === undefined) throw new Error('it is not kept');
    expect(kept.report).to.deep.equal(report);
    await test.teach.finder.setOn(kept.id, false);
    await until(() => found() === undefined, 'it is switched off', 20_000);
    await test.teach.finder.setThreshold(kept.id, 2);
    expect(test.state.finds[0]?.threshold).to.equal(1);
    await test.teach.finder.remove(kept.id);
    expect(test.state.finds).to.deep.equal([]);

    // On another device, from the file alone; and again with everything, which changes nothing.
    await test.teach.clear();
    await until(async () => (await views.count()) === 0, 'what was seen is forgotten');
    views.close();
    await until(() => found() === undefined, 'nothing is left of it', 20_000);
    // A page may bring it along, which stores nothing.
    test.session.lent = { heads: [], finds: await readFinds(file.blob) };
    await until(() => found() !== undefined, 'what is lent is found', 20_000);
    expect(test.state.finds).to.deep.equal([]);
    test.session.lent = NOTHING_LENT;
    await until(() => found() === undefined, 'it is not lent any more', 20_000);
    const heads = new File([file.blob], file.name);
    expect(await test.teach.import(heads)).to.include({ samples: 0, labels: 1, heads: 1 });
    expect(test.state.finds[0]?.report).to.deep.equal(report);
    // Without its examples there is nothing to learn it anew from.
    expect(test.state.finds[0]?.isOutdated).to.equal(false);
    await until(() => found() !== undefined, 'what came in is found', 20_000);
    const all = await test.teach.import(new File([project.blob], project.name));
    expect(all).to.include({ samples: 8, heads: 0 });
    expect(test.state.finds).to.have.length(1);
  });

  it('has looked at what it learns from before it is asked to', async () => {
    await draw(2);
    const views = await ViewStore.open(`${DATABASES.heads}-views`);
    const negatives = (await new NegativePack(URLS.negativesUrl).pictures()).length;
    const all = 2 * 10 + negatives * 2;
    await until(async () => (await views.count()) === all, 'all was looked at', 60_000);
    await test.teach.finder.learn(LABEL);
    expect(await views.count()).to.equal(all);
    expect(test.state.finds).to.have.length(1);
    // What was seen in a picture goes with it.
    await test.teach.remove(test.state.samples.map(({ id }) => id));
    await until(async () => (await views.count()) === negatives * 2, 'it is forgotten', 20_000);
    views.close();
  });

  it('goes on finding with what it has when the trainer dies, or nothing can be stored', async () => {
    await draw(3);
    await test.teach.finder.learn(LABEL);
    const { finds } = test.state;

    const workers: Worker[] = [];
    class WatchedWorker extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
    }
    await replacing(globalThis, 'Worker', WatchedWorker, async () => {
      const learning = rejection(test.teach.finder.learn(LABEL));
      await until(() => test.state.finding.phase === 'training', 'it learns', 60_000);
      for (const worker of workers) worker.terminate();
      expect(await learning).to.equal('engine-died');
    });
    expect(test.state.finds).to.deep.equal(finds);
    expect(test.state.finding).to.deep.equal({ phase: 'idle' });

    const { prototype } = IDBObjectStore;
    const put = Object.getOwnPropertyDescriptor(prototype, 'put')?.value as typeof prototype.put;
    function fullForClasses(this: IDBObjectStore, ...call: Parameters<typeof put>): IDBRequest {
      if (this.name === 'classes') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, call);
    }
    await replacing(prototype, 'put', fullForClasses, async () => {
      expect(await rejection(test.teach.finder.learn(LABEL))).to.equal('storage-full');
    });
    expect(test.state.problem?.code).to.equal('storage-full');
    expect(test.state.finds).to.deep.equal(finds);

    // One that is cancelled changes nothing either.
    const cancelled = test.teach.finder.learn(LABEL);
    await until(() => test.state.finding.phase === 'training', 'it learns again', 60_000);
    test.teach.finder.cancel();
    await cancelled;
    expect(test.state.finds).to.deep.equal(finds);
    expect(test.state.finding).to.deep.equal({ phase: 'idle' });
    show(1);
    await until(() => found() !== undefined, 'it is still found', 20_000);
  });

  it('keeps what it has when it is cancelled, and says what is missing', async () => {
    await draw(2);
    expect(await rejection(test.teach.finder.learn('nothing of it'))).to.equal('too-few-examples');
    expect(test.state.problem?.code).to.equal('too-few-examples');
    expect(test.state.finding).to.deep.equal({ phase: 'idle' });
    expect(test.state.samples).to.have.length(2);

    const learning = test.teach.finder.learn(LABEL);
    await until(() => test.state.finding.phase === 'training', 'it learns', 120_000);
    test.teach.finder.cancel();
    await learning;
    expect(test.state.finding).to.include({ phase: 'done', end: 'cancelled' });
    expect(test.state.finds).to.have.length(1);

    // Another box, and what was learnt is no longer all there is to know.
    await test.teach.record({ kind: 'box', bbox: show(5) }, LABEL);
    await until(() => test.state.finds[0]?.isOutdated === true, 'it is outdated', 20_000);
    await test.teach.renameLabel(LABEL, 'lighthouse');
    expect(test.state.finds[0]?.label).to.equal('lighthouse');
    await test.teach.clear();
    expect(test.state.finds).to.deep.equal([]);
  });
});
