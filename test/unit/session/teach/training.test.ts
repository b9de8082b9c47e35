import { expect } from 'chai';
import { UNKNOWN } from '../../../../src/domain/head.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../../src/domain/teach/settings.js';
import { cosineSimilarity } from '../../../../src/domain/quality/near-duplicate.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import type { Sample } from '../../../../src/domain/sample.js';
import { SampleStore } from '../../../../src/platform/sample-store.js';
import { extractorOf } from '../../../../src/session/teach/feature-rows.js';
import type { TrainingState } from '../../../../src/session/teach/types.js';
import { photograph } from '../../../support/engine-fixtures.js';
import { rejection, until } from '../../../support/promises.js';
import { turning, type Scene } from '../../../support/stage-source.js';
import { DATABASES, destroyTeaching, TaughtSession } from '../../../support/taught-session.js';

const BLUE = 'rgb(70, 110, 255)';
/** Rooms that differ: the same view twice would teach nothing. */
const WALLS = ['#787060', '#203040'];

/** The latest name of the object before the camera. */
function shown(test: TaughtSession): string | undefined {
  return test.results.at(-1)?.detections[0]?.class;
}

const MANY = 2500;

/** Stores samples that are much like those that there are, with features and one picture for all. */
async function multiply(count: number): Promise<void> {
  const store = await SampleStore.open(DATABASES.samples);
  const known = await store.all();
  const extractors = DEFAULT_TEACH_SETTINGS.maps.map((map) => extractorOf('coco-ssd', map));
  const tables = await Promise.all(extractors.map((extractor) => store.features(extractor)));
  const random = randomNumbers(1);
  const samples = Array.from({ length: count }, (_, index): Sample => {
    const like = known[index % known.length];
    if (like === undefined) throw new Error('there is no sample');
    return { ...like, id: `many-${String(index)}`, burst: `many-${String(index % 100)}` };
  });
  const picture = await store.picture(samples[0]?.pictureId ?? '');
  if (picture === undefined) throw new Error('there is no picture');
  const features = samples.flatMap(({ id }, index) =>
    tables.flatMap((table, at) => {
      const values = table.get(known[index % known.length]?.id ?? '');
      const near = values?.map((value) => value * (1 + 0.1 * random.normal()));
      const extractor = extractors[at] ?? '';
      return near === undefined ? [] : [{ sampleId: id, extractor, values: near }];
    }),
  );
  await store.add(picture, samples, features);
  store.close();
}

describe('Training heads', function () {
  this.timeout(240_000);
  let cat: ImageBitmap;
  let chelsea: Scene;
  let blue: Scene;
  let test: TaughtSession;

  before(async () => {
    cat = await photograph('chelsea');
    chelsea = turning(cat);
    // The same cat in another coat: two similar things for the detector, both a cat.
    blue = turning(cat, BLUE);
    await destroyTeaching();
  });

  beforeEach(() => {
    test = new TaughtSession(chelsea);
  });

  afterEach(async () => {
    await test.dispose();
    await destroyTeaching();
  });

  /** Two recordings of each of two cats. */
  async function teachBoth(count = 4): Promise<void> {
    await test.start();
    for (const wall of WALLS) {
      test.show(turning(cat, undefined, wall));
      await test.record('cat', 'Chelsea', count);
      test.show(turning(cat, BLUE, wall));
      await test.record('cat', 'Blue', count);
    }
  }

  async function trained(): Promise<Extract<TrainingState, { readonly phase: 'done' }>> {
    await test.teach.train();
    const { training } = test.state;
    if (training.phase !== 'done') throw new Error(`training is ${training.phase}`);
    return training;
  }

  it('tells two similar things apart, live, and goes on to do so after a reload', async () => {
    await teachBoth();
    const began = performance.now();
    const training = await trained();
    const took = performance.now() - began;
    expect(training.end).to.equal('completed');
    expect(training.steps).to.be.above(100);
    expect(training.curve.length).to.be.above(5);
    const [{ head, isOn, report } = { head: undefined, isOn: false, report: undefined }] =
      test.state.heads;
    expect(isOn).to.equal(true);
    expect(head?.labels).to.deep.equal(['Blue', 'Chelsea', UNKNOWN]);
    expect(head?.bases).to.deep.equal(['cat']);
    const { maps } = DEFAULT_TEACH_SETTINGS;
    expect(head?.source).to.deep.include({ model: 'coco-ssd', maps });
    expect(report?.heldBack).to.be.above(2);
    expect(report?.accuracy).to.be.above(0.7);
    expect(report?.unvalidated).to.deep.equal([]);
    expect(report?.confusion.labels).to.deep.equal(head?.labels);
    expect(report?.unknownAuroc).to.be.above(0.9);
    // Never more often than four times a second, give or take the first and the last.
    const steps = test.states.filter(
      (state, index) =>
        state.training.phase === 'training' && state.training !== test.states[index - 1]?.training,
    );
    expect(steps.length).to.be.below(took / 250 + 4);

    test.show(chelsea);
    await until(() => shown(test) === 'Chelsea', 'Chelsea is named', 15_000);
    test.show(blue);
    await until(() => shown(test) === 'Blue', 'the other one is named', 15_000);
    const [detection] = test.results.at(-1)?.steady ?? [];
    expect(detection?.taught).to.deep.include({ base: 'cat', label: 'Blue', headId: head?.id });
    expect(detection?.taught?.confidence).to.be.within(0.3, 1);
    await until(() => test.state.hints.length > 0 || !test.state.isOutdated, 'advice', 5000);
    expect(test.state.isOutdated).to.equal(false);

    // What a person stands by is to be learnt anew, which can be taken back.
    const id = test.state.samples.find(({ label }) => label === 'Blue')?.id ?? '';
    await test.teach.confirm([id]);
    await until(() => test.state.isOutdated, 'the head is outdated', 5000);
    expect(test.state.samples.filter(({ confirmed }) => confirmed)).to.have.length(1);
    await test.teach.undo();
    await until(() => !test.state.isOutdated, 'the head is what it was', 5000);

    // The parts of a box make up what the head sees of it.
    const source = head?.source ?? { model: '', maps: [], channels: [], normalisation: 'l2' };
    const whole = await test.teach.features(id, source);
    const parts = (await test.teach.patches(id, source, 5)) ?? [];
    expect(parts).to.have.length(25);
    const mean = parts[0]?.map((_, at) => parts.reduce((sum, row) => sum + (row[at] ?? 0) / 25, 0));
    expect(cosineSimilarity(mean ?? [], whole ?? [])).to.be.above(0.98);

    await test.dispose();
    test = new TaughtSession(chelsea, { wakes: true });
    await test.start();
    await until(() => shown(test) === 'Chelsea', 'Chelsea is named again', 15_000);
    // Samples are not even looked for.
    expect(test.state.phase).to.equal('closed');
    expect(test.state.heads[0]?.report).to.deep.equal(report);
    await test.teach.setHeadOn(head?.id ?? '', false);
    await until(() => shown(test) === 'cat', 'nobody names it', 15_000);
    expect(test.results.at(-1)?.detections[0]).not.to.have.property('taught');
    await test.teach.setHeadOn(head?.id ?? '', true);
    await until(() => shown(test) === 'Chelsea', 'it is named again', 15_000);
    await test.teach.renameLabel('Chelsea', 'Kitty');
    await until(() => shown(test) === 'Kitty', 'under its new name', 15_000);
    await test.teach.undo();
    await until(() => shown(test) === 'Chelsea', 'under its old name', 15_000);
    await test.teach.removeHead(head?.id ?? '');
    await until(() => shown(test) === 'cat', 'the head is gone', 15_000);
  });

  it('names things in single pictures, and lists take taught names', async () => {
    await teachBoth(3);
    await trained();
    test.show(chelsea);
    await until(() => shown(test) === 'Chelsea', 'Chelsea is named', 15_000);
    test.session.stop();
    const picture = test.stage?.element ?? document.createElement('canvas');
    const find = async (options: object): Promise<(string | undefined)[]> => {
      const { detections } = await test.session.detect(picture, options);
      return detections.map((found) => found.class);
    };
    expect(await find({})).to.include('Chelsea');
    expect(await find({ categoryAllowlist: ['Chelsea'] })).to.deep.equal(['Chelsea']);
    expect(await find({ categoryAllowlist: ['cat'] })).to.deep.equal(['Chelsea']);
    expect(await find({ categoryAllowlist: ['Blue'] })).to.deep.equal([]);
    expect(await find({ categoryAllowlist: ['dog'] })).to.deep.equal([]);
    expect(await find({ categoryDenylist: ['Chelsea'] })).not.to.include('Chelsea');
    // Another look at a picture that stands still keeps id and name.
    const before = test.results.at(-1)?.detections[0];
    const again = test.session.identify(await test.session.detect(picture, {}));
    expect(again.detections[0]).to.include({ class: 'Chelsea', trackId: before?.trackId });

    test.session.options = { ...test.session.options, categoryAllowlist: ['Blue'] };
    test.show(blue);
    await test.session.start();
    await until(() => shown(test) === 'Blue', 'the other one is found', 15_000);
    test.show(chelsea);
    await until(() => test.results.at(-1)?.detections.length === 0, 'only that one', 15_000);
  });

  it('learns one thing from the room without it', async () => {
    await test.start();
    await test.record('cat', 'Chelsea', 4);
    expect(await rejection(test.teach.train())).to.equal('too-few-labels');
    expect(test.state.problem?.code).to.equal('too-few-labels');
    expect(test.state.training).to.deep.equal({ phase: 'idle' });
    const samples = test.state.samples.length;
    test.show(blue);
    test.teach.recordBackground();
    await until(() => test.state.background >= 3, 'three pictures of the room', 20_000);
    test.teach.stopRecording();
    await until(() => test.state.recording === undefined, 'the recording has ended');
    expect(test.state.samples.length).to.be.above(samples + 20);
    await trained();
    expect(test.state.heads[0]?.head.labels).to.deep.equal(['Chelsea', UNKNOWN]);
    test.show(chelsea);
    await until(() => shown(test) === 'Chelsea', 'it is named', 15_000);
    test.show(blue);
    await until(
      () => test.results.at(-1)?.detections[0]?.taught?.label === UNKNOWN,
      'another cat is unknown',
      15_000,
    );
    expect(shown(test)).to.equal('cat');
  });

  it('says what is missing: examples, and views that differ', async () => {
    await test.start();
    test.session.stop();
    const still = (): Promise<void> =>
      test.teach.record({ kind: 'box', bbox: [100, 80, 300, 300] }, 'one');
    await still();
    await test.teach.record({ kind: 'box', bbox: [10, 10, 80, 80] }, 'other');
    expect(await rejection(test.teach.train())).to.equal('too-few-examples');
    await still();
    await test.teach.record({ kind: 'box', bbox: [300, 10, 80, 80] }, 'other');
    expect(await rejection(test.teach.train())).to.equal('examples-identical');
    expect(test.state.problem?.detail).to.equal('one');
    expect(test.state.samples).to.have.length(4);
    expect(test.state.heads).to.deep.equal([]);
  });

  it('leaves out samples whose picture is gone', async () => {
    await teachBoth(2);
    const [first] = test.state.samples;
    await until(() => test.results.length > 0, 'frames');
    const request = indexedDB.open('teaching-test-samples');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const change = request.result.transaction(['pictures', 'features'], 'readwrite');
    change.objectStore('pictures').clear();
    change.objectStore('features').clear();
    await new Promise((resolve) => (change.oncomplete = resolve));
    request.result.close();
    expect(await test.teach.thumbnail(first?.id ?? '')).to.equal(undefined);
    await test.dispose();
    test = new TaughtSession(chelsea);
    await test.start();
    await test.teach.open();
    expect(test.state.samples.length).to.be.above(4);
    expect(await rejection(test.teach.train())).to.equal('too-few-labels');
    // What is recorded now is enough.
    await test.record('cat', 'Chelsea', 2);
    test.show(blue);
    await test.record('cat', 'Blue', 2);
    await trained();
    expect(test.state.heads).to.have.length(1);
  });

  it('keeps the head from before when the numbers run away', async () => {
    await teachBoth(2);
    await trained();
    const [{ head } = { head: undefined }] = test.state.heads;
    test.teach.settings = {
      ...test.teach.settings,
      optimiser: 'gradient-descent',
      learningRate: 1e38,
      schedule: 'constant',
    };
    expect(await rejection(test.teach.train())).to.equal('training-diverged');
    expect(test.state.heads.map((entry) => entry.head)).to.deep.equal([head]);
    expect(test.state.training.phase).not.to.equal('training');
  });

  it('keeps the best when it is cancelled', async () => {
    await teachBoth(2);
    test.teach.settings = { ...test.teach.settings, epochs: 100_000 };
    const training = test.teach.train();
    await until(
      () => test.state.training.phase === 'training' && test.state.training.step > 10,
      'it is under way',
      30_000,
    );
    test.teach.cancelTraining();
    await training;
    expect(test.state.training).to.include({ phase: 'done', end: 'cancelled' });
    expect(test.state.heads).to.have.length(1);
  });

  it('loses nothing when it is cancelled before it has learnt anything', async () => {
    await teachBoth(2);
    const samples = test.state.samples.length;
    const training = test.teach.train();
    await until(() => test.state.training.phase === 'looking', 'it looks');
    test.teach.cancelTraining();
    await training;
    expect(test.state.training).to.deep.equal({ phase: 'idle' });
    expect(test.state.problem).to.equal(undefined);
    expect(test.state.samples).to.have.length(samples);
    expect(test.state.heads).to.deep.equal([]);
    await trained();
    expect(test.state.heads).to.have.length(1);
  });

  it('goes on after a reload in the middle of it', async () => {
    await teachBoth(2);
    test.teach.settings = { ...test.teach.settings, epochs: 100_000 };
    const training = test.teach.train().catch(() => undefined);
    await until(
      () => test.state.training.phase === 'training' && test.state.training.step > 10,
      'it is under way',
      30_000,
    );
    // A page that goes has its workers ended under it.
    await test.dispose();
    await training;
    test = new TaughtSession(chelsea);
    await test.start();
    await test.teach.open();
    expect(test.state.training).to.deep.equal({ phase: 'interrupted' });
    await trained();
    expect(test.state.heads).to.have.length(1);
    await test.dispose();
    test = new TaughtSession(chelsea);
    await test.teach.open();
    expect(test.state.training).to.deep.equal({ phase: 'idle' });
  });

  it('is cut off when its worker is killed, loses nothing, and goes on from there', async () => {
    const trainers: Worker[] = [];
    const Plain = globalThis.Worker;
    // Only to get hold of it.
    globalThis.Worker = class extends Plain {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        if (args[1]?.name === 'sightline-trainer') trainers.push(this);
      }
    };
    try {
      await teachBoth(2);
      const samples = test.state.samples.length;
      const usual = test.teach.settings;
      test.teach.settings = { ...usual, epochs: 100_000 };
      const failure = rejection(test.teach.train());
      await until(
        () => test.state.training.phase === 'training' && test.state.training.step > 10,
        'it is under way',
        30_000,
      );
      expect(trainers).to.have.length(1);
      trainers[0]?.terminate();
      expect(await failure).to.equal('training-cut-off');
      expect(test.state.training).to.deep.equal({ phase: 'interrupted' });
      expect(test.state.samples).to.have.length(samples);
      expect(test.state.heads).to.deep.equal([]);
      test.teach.settings = usual;
      await trained();
      expect(trainers).to.have.length(2);
      expect(test.state.heads).to.have.length(1);
    } finally {
      globalThis.Worker = Plain;
    }
  });

  it('learns from thousands of samples', async () => {
    await teachBoth(2);
    await test.dispose();
    await multiply(MANY);
    test = new TaughtSession(chelsea);
    await test.start();
    await test.teach.open();
    expect(test.state.samples.length).to.be.above(MANY);
    test.teach.settings = { ...test.teach.settings, epochs: 40, flip: false };
    await trained();
    expect(test.state.heads[0]?.report?.learnt).to.be.above(MANY);
    await until(() => shown(test) === 'Chelsea', 'it is named', 15_000);
  });

  it('forgets everything when it is told to', async () => {
    await teachBoth(2);
    await trained();
    await test.teach.clear();
    expect(test.state).to.deep.include({ samples: [], labels: [], heads: [], canUndo: false });
    expect(test.remembered.at(-1)).to.equal(false);
    await until(() => shown(test) === 'cat', 'nobody names it', 15_000);
  });
});
