import { expect } from 'chai';
import { intersectionOverUnion, type BBox } from '../../../src/domain/geometry.js';
import type { NegativeIndex } from '../../../src/domain/negatives.js';
import { beacon, emptyRoom } from '../../support/beacon.js';
import { photograph } from '../../support/engine-fixtures.js';
import { rejection, until } from '../../support/promises.js';
import { destroyTeaching, TaughtSession } from '../../support/taught-session.js';

describe('Labelling', function () {
  this.timeout(180_000);
  let room: ImageBitmap;
  let cat: ImageBitmap;
  let thing: ImageBitmap;
  let test: TaughtSession;

  before(async () => {
    [room, cat] = await Promise.all([photograph('coffee'), photograph('chelsea')]);
    const index = (await (await fetch('/negatives/index.json')).json()) as NegativeIndex;
    const { path } = index.pictures.find(({ shows }) => shows.includes('multimeter')) ?? {};
    thing = await createImageBitmap(await (await fetch(`/negatives/${path ?? ''}`)).blob());
    await destroyTeaching();
  });

  beforeEach(() => {
    test = new TaughtSession(emptyRoom(room));
  });

  afterEach(async () => {
    await test.dispose();
    await destroyTeaching();
  });

  /** Puts a thing that COCO does not know into the room. */
  function put(x: number, y: number, height: number): BBox {
    const width = (height * thing.width) / thing.height;
    test.show((context, time) => {
      emptyRoom(room)(context, time);
      context.drawImage(thing, x, y, width, height);
    });
    return [x, y, width, height];
  }

  async function looked(times: number): Promise<void> {
    const seen = test.results.length;
    await until(() => test.results.length > seen + times, 'it is looked at', 20_000);
  }

  it('proposes boxes that fit, on the picture on show and on stored ones', async () => {
    test.show((context) => {
      context.drawImage(cat, 0, 0, context.canvas.width, context.canvas.height);
    });
    await test.start();
    await looked(2);
    const found = test.results.at(-1)?.detections.find((each) => each.class === 'cat')?.bbox;
    const proposals = await test.teach.labelling.propose();
    expect(proposals.length).to.be.within(1, 6);
    const best = proposals[0]?.bbox ?? [0, 0, 0, 0];
    expect(intersectionOverUnion(best, found ?? [0, 0, 0, 0])).to.be.above(0.8);
    const scores = proposals.map(({ score }) => score);
    expect(scores).to.deep.equal(scores.toSorted((a, b) => b - a));

    await test.teach.record({ kind: 'box', bbox: [40, 30, 50, 60] }, 'cat');
    const [sample] = test.state.samples;
    const stored = await test.teach.labelling.proposeFor(sample?.id ?? '');
    expect(intersectionOverUnion(stored[0]?.bbox ?? [0, 0, 0, 0], best)).to.be.above(0.8);
  });

  it('puts the box of a sample right, and takes that back', async () => {
    await test.start();
    await looked(1);
    await test.teach.record({ kind: 'box', bbox: [40, 30, 50, 60] }, 'mug');
    const [before] = test.state.samples;
    await test.teach.labelling.moveBox(before?.id ?? '', [600, 400, 100, 100]);
    const [after, ...others] = test.state.samples;
    expect(others).to.deep.equal([]);
    expect(after).to.include({ label: 'mug', pictureId: before?.pictureId, kind: 'example' });
    // What lies outside of the picture is cut off.
    expect(after?.bbox).to.deep.equal([600, 400, 40, 80]);
    const opened = await test.teach.labelling.openPicture(after?.id ?? '');
    expect(opened?.size).to.deep.equal({ width: 640, height: 480 });
    expect(await rejection(test.teach.labelling.moveBox('gone', [0, 0, 9, 9]))).to.equal(
      'corrupt-image',
    );
    await test.teach.undo();
    expect(test.state.samples).to.deep.equal([before]);
  });

  it('carries one drawn box through a recording, and stores what is confirmed', async () => {
    const first = put(60, 60, 160);
    await test.start();
    await looked(1);
    await test.teach.labelling.carry(first, 'multimeter');
    const fits: number[] = [];
    for (let step = 1; step <= 16; step++) {
      const size = 160 + 50 * Math.sin(step / 4);
      const bbox = put(60 + 20 * step, 60 + 40 * Math.sin(step / 3), size);
      await looked(2);
      fits.push(intersectionOverUnion(test.teach.labelling.carried ?? [0, 0, 0, 0], bbox));
    }
    expect(Math.min(...fits), fits.join()).to.be.above(0.5);

    test.show(emptyRoom(room));
    await until(() => test.state.carrying?.trouble === 'out-of-sight', 'it is lost', 20_000);
    expect(test.teach.labelling.carried).to.equal(undefined);
    const count = test.state.carrying?.views.length ?? 0;
    expect(count).to.be.within(4, 20);
    expect(test.state.samples).to.deep.equal([]);

    test.teach.labelling.stopCarrying();
    expect(test.state.carrying?.phase).to.equal('review');
    const [wrong, ...right] = test.state.carrying?.views ?? [];
    expect((await createImageBitmap(wrong?.crop ?? new Blob())).width).to.be.above(20);
    await test.teach.labelling.keepViews(right.map(({ id }) => id));
    expect(test.state.carrying).to.equal(undefined);
    expect(test.state.samples).to.have.length(count - 1);
    expect(new Set(test.state.samples.map(({ pictureId }) => pictureId)).size).to.equal(count - 1);
    expect(new Set(test.state.samples.map(({ burst }) => burst)).size).to.equal(1);
    await test.teach.undo();
    expect(test.state.samples).to.deep.equal([]);
  });

  it('never takes the same view twice, and says why', async () => {
    const { scene, bbox } = beacon(200, 100, 200, room);
    test.show(scene);
    await test.start();
    await looked(1);
    await test.teach.labelling.carry(bbox, 'beacon');
    await until(() => test.state.carrying?.trouble === 'known-view', 'it is refused', 20_000);
    await looked(8);
    expect(test.state.carrying?.views).to.have.length(1);
    await test.teach.labelling.keepViews([]);
    expect(test.state.samples).to.deep.equal([]);
    expect(test.state.carrying).to.equal(undefined);
  });

  it('asks about what it is not sure of, stores the answers and learns from them', async () => {
    await test.start();
    for (let step = 0; step < 4; step++) {
      const bbox = put(60 + 90 * step, 40 + 40 * (step % 3), 190 + 30 * (step % 2));
      await looked(2);
      await test.teach.record({ kind: 'box', bbox }, 'multimeter');
    }
    await test.teach.finder.learn('multimeter');
    const id = test.state.finds[0]?.id ?? '';
    await test.teach.finder.setThreshold(id, 0.05);
    put(250, 120, 200);
    const score = (): number | undefined =>
      test.results.at(-1)?.detections.find((each) => each.class === 'multimeter')?.score;
    await until(() => score() !== undefined, 'it is found', 30_000);
    expect(test.state.questions).to.deep.equal([]);

    // Now its score is near what it must be.
    await test.teach.finder.setThreshold(id, (score() ?? 0) - 0.01);
    test.teach.labelling.setAsking(true);
    await until(() => test.state.questions.length > 0, 'it asks', 30_000);
    const [question] = test.state.questions;
    expect(question).to.include({ label: 'multimeter' });
    expect(test.state.samples).to.have.length(4);
    const opened = await test.teach.labelling.openPicture(question?.id ?? '');
    expect(intersectionOverUnion(opened?.bbox ?? [0, 0, 0, 0], put(250, 120, 200))).to.be.above(
      0.5,
    );

    await test.teach.labelling.answer(question?.id ?? '', 'no');
    const [answer] = test.state.samples.slice(4);
    expect(answer).to.include({ label: 'multimeter', kind: 'negative' });
    expect(test.state.questions.some(({ id }) => id === question?.id)).to.equal(false);
    await test.teach.undo();
    expect(test.state.samples).to.have.length(4);
    await until(() => test.state.finding.phase === 'looking', 'it learns anew', 30_000);
    test.teach.finder.cancel();
    test.teach.labelling.setAsking(false);
    expect(test.state.questions).to.deep.equal([]);
  });

  it('says that a plain wall cannot be followed', async () => {
    test.show(emptyRoom('#787060'));
    await test.start();
    await looked(2);
    const carrying = test.teach.labelling.carry([200, 100, 200, 200], 'wall');
    expect(await rejection(carrying)).to.equal('nothing-to-follow');
    expect(test.state.carrying).to.equal(undefined);
  });
});
