import { expect } from 'chai';
import { EngineClient } from '../../../src/platform/engine-client.js';
import { openFile } from '../../../src/platform/file-source.js';
import { SupervisedEngine } from '../../../src/platform/supervised-engine.js';
import type { SessionState } from '../../../src/session/types.js';
import { colourWorkerUrl, frameThat, livingColourWorkers } from '../../support/colour-worker.js';
import { canvasFile } from '../../support/files.js';
import { delay, rejection, until } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';
import type { TestSession } from '../../support/session.js';
import { settings } from '../../support/session.js';
import { sessionTests } from '../../support/session-tests.js';

describe('DetectSession: mishaps and single pictures', () => {
  const create = sessionTests();

  /** A session that is looking at a photo. */
  async function looking(): Promise<TestSession> {
    const test = create();
    await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
    await test.session.start();
    await until(() => test.results.length === 1, 'a result');
    return test;
  }

  const failure = (state: SessionState) =>
    state.engine.phase === 'failed' ? state.engine.error.code : undefined;

  describe('recovery', () => {
    it('goes on with a new worker when one dies', async () => {
      const test = await looking();
      test.session.options = frameThat('close');
      await until(() => test.state.engine.phase === 'recovering', 'the death is noticed', 1000);
      test.session.options = frameThat();
      await test.more();
      expect(test.enginePhases.slice(-3)).to.deep.equal(['ready', 'recovering', 'ready']);
      expect(test.session.stats.workerRestarts).to.equal(1);
      expect(test.state.problem).to.equal(undefined);
      const causes = test.states.flatMap(({ engine }) =>
        engine.phase === 'recovering' ? [engine.cause.code] : [],
      );
      expect(causes).to.include('engine-died');
    });

    it('gives up when workers keep dying, until it is loaded again', async () => {
      const test = await looking();
      test.session.options = frameThat('close');
      await until(() => failure(test.state) === 'engine-died', 'giving up', 8000);
      expect(test.state.running).to.equal(true);
      test.session.options = frameThat();
      await test.session.load(settings());
      await test.more();
    });

    it('waits for a lost device to come back', async () => {
      const test = await looking();
      test.session.options = frameThat('lose');
      await test.reaches('recovering');
      test.session.options = frameThat();
      await test.reaches('ready');
      await until(() => test.results.length === 2, 'a second result');
      expect(test.state.problem).to.equal(undefined);
      expect(test.session.stats.workerRestarts).to.equal(0);
    });

    it('keeps what is left of a lost backend until a person chooses anew', async () => {
      const test = create();
      await test.session.load(settings('fine', 'webgpu'));
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      await test.session.start();
      await test.more();
      test.session.options = frameThat('lose-to-wasm');
      await test.reaches('recovering');
      test.session.options = frameThat();
      await test.session.detect(new ImageData(2, 2));
      await test.reaches('ready');
      const left = { backend: 'wasm', adapter: 'load 1' };
      await test.session.detect(new ImageData(2, 2));
      await test.session.start();
      expect(await test.session.load(settings('fine', 'webgpu'))).to.include(left);
      expect(test.state.engine).to.have.property('info').that.includes(left);
      expect(test.enginePhases).to.deep.equal(['loading', 'ready', 'recovering', 'ready']);
      const chosen = await test.session.load(settings('fine', 'webgl'));
      expect(chosen).to.include({ backend: 'webgl', adapter: 'load 2' });
    });

    it('looks at a photo again when another backend has been loaded', async () => {
      const test = await looking();
      await test.session.load(settings('fine', 'wasm'));
      await until(() => test.results.length === 2, 'a second result');
    });
  });

  describe('frames that fail', () => {
    it('say so once, are tried again with ever longer pauses, and are forgotten at a success', async () => {
      let attempts = 0;
      const test = create({
        openSource: async (request, signal) => {
          if (request.kind !== 'file') throw new Error('files only');
          const source = await openFile(request.file, signal);
          const next = source.nextFrame.bind(source);
          source.nextFrame = async (until) => {
            const frame = await next(until);
            attempts++;
            return frame;
          };
          return source;
        },
      });
      let told = 0;
      test.session.onState(({ problem }) => {
        if (problem?.code === 'backend-failed') told++;
      });
      test.session.options = frameThat('fail');
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      await test.session.start();
      await delay(1000);
      expect(told).to.equal(1);
      // At 0, 100, 300 and 700 ms.
      expect(attempts).to.be.within(3, 4);
      test.session.options = frameThat();
      await test.more();
      expect(test.state.problem).to.equal(undefined);
    });

    it('can be dismissed', async () => {
      const test = await looking();
      test.session.options = frameThat('fail');
      await until(() => test.state.problem !== undefined, 'the problem');
      test.session.dismissProblem();
      expect(test.state.problem).to.equal(undefined);
    });
  });

  describe('single pictures', () => {
    it('are looked at without a source, and load the engine', async () => {
      const test = create();
      const canvas = new OffscreenCanvas(20, 10);
      canvas.getContext('2d')?.fillRect(0, 0, 20, 10);
      const result = await test.session.detect(canvas, { iouThreshold: 0.25 });
      expect(result.frame).to.include({ width: 20, height: 10 });
      expect(result.detections[0]).to.include({ class: '0,0,0', score: 0.25 });
      expect(test.results, 'results are about the source').to.deep.equal([]);
      expect(test.state.running).to.equal(false);
    });

    it('use the session’s options where nothing else is said', async () => {
      const test = create();
      test.session.options = { ...test.session.options, iouThreshold: 0.75 };
      const result = await test.session.detect(new ImageData(2, 2));
      expect(result.detections[0]?.score).to.equal(0.75);
    });

    it('are looked at beside a running source', async () => {
      const test = await looking();
      const bitmap = await createImageBitmap(new ImageData(3, 3));
      const result = await test.session.detect(bitmap);
      expect(result.frame.width).to.equal(3);
      expect(bitmap.width, 'the original stays with its owner').to.equal(3);
      bitmap.close();
    });

    it('can be cancelled while the engine loads', async () => {
      const test = create();
      const loading = rejection(test.session.load(settings('slow')));
      const abort = new AbortController();
      const detecting = test.session.detect(new ImageData(2, 2), {}, { signal: abort.signal });
      await delay(50);
      abort.abort();
      expect(await rejection(detecting)).to.equal('aborted');
      expect(test.state.engine.phase, 'the load goes on').to.equal('loading');
      test.session.cancelLoad();
      await loading;
    });

    it('are refused for what they are', async () => {
      const test = create();
      expect(await rejection(test.session.detect(new Blob(['text'])))).to.equal('unsupported-file');
      expect(test.state.problem).to.equal(undefined);
    });
  });

  it('ends with everything it started', async () => {
    const test = await looking();
    const pending = test.session.detect(new ImageData(2, 2), frameThat('wait'));
    await delay(50);
    await test.session.dispose();
    expect(await rejection(pending)).to.equal('aborted');
    await until(async () => (await livingColourWorkers()) === 0, 'the worker is gone');
    expect(await rejection(test.session.start())).to.equal('aborted');
    expect(await rejection(test.session.load(settings()))).to.equal('aborted');
    expect(await rejection(test.session.open({ kind: 'none' }))).to.equal('aborted');
    expect(await rejection(test.session.detect(new ImageData(2, 2)))).to.equal('aborted');
    expect(test.wakeLock.held).to.equal(false);
    await test.session.dispose();
  });

  it('starts nothing for a picture that was still being copied at the end', async () => {
    let starts = 0;
    const test = create({
      engine: new SupervisedEngine(() => {
        starts++;
        return new EngineClient(colourWorkerUrl());
      }),
    });
    const copies: ImageBitmap[] = [];
    const copy = async (picture: ImageBitmapSource) => {
      copies.push(await createBitmap(picture));
      return copies[0];
    };
    const createBitmap = window.createImageBitmap.bind(window);
    await replacing(window, 'createImageBitmap', copy as typeof createImageBitmap, async () => {
      const detecting = rejection(test.session.detect(new ImageData(2, 2)));
      await test.session.dispose();
      expect(await detecting).to.equal('aborted');
    });
    expect(starts).to.equal(0);
    expect(
      copies.map(({ width }) => width),
      'the copy is closed',
    ).to.deep.equal([0]);
  });

  it('starts nothing when it ends at the news of the load', async () => {
    let starts = 0;
    const test = create({
      engine: new SupervisedEngine(() => {
        starts++;
        return new EngineClient(colourWorkerUrl());
      }),
    });
    test.session.onState(() => void test.session.dispose());
    expect(await rejection(test.session.load(settings()))).to.equal('aborted');
    expect(starts).to.equal(0);
  });

  it('tells two sessions apart', async () => {
    const one = await looking();
    const two = await looking();
    one.session.options = frameThat('close');
    await one.reaches('recovering');
    expect(two.state.engine.phase).to.equal('ready');
    expect(two.session.stats.workerRestarts).to.equal(0);
    expect(one.state.engine).to.not.equal(two.state.engine);
  });
});
