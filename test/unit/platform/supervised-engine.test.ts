import { expect } from 'chai';
import { RestartBudget } from '../../../src/domain/restart-budget.js';
import { EngineClient } from '../../../src/platform/engine-client.js';
import { SupervisedEngine } from '../../../src/platform/supervised-engine.js';
import type { EngineEvent } from '../../../src/platform/supervised-engine.js';
import {
  colourWorkerUrl,
  frameThat,
  livingColourWorkers,
  loadAs,
} from '../../support/colour-worker.js';
import { delay, rejected, rejection, until } from '../../support/promises.js';

function frame(): VideoFrame {
  const canvas = new OffscreenCanvas(4, 4);
  canvas.getContext('2d')?.fillRect(0, 0, 4, 4);
  return new VideoFrame(canvas, { timestamp: 0 });
}

describe('SupervisedEngine', () => {
  let engine: SupervisedEngine;
  let events: EngineEvent[];
  /** Worker scripts of the next starts; the last one for all that follow. */
  let scripts: string[];
  let starts: number;

  const patience = { cancel: 150, recovery: 300 };

  const kinds = () => events.map((event) => event.kind);

  function supervise(...preludes: string[]): void {
    scripts = preludes.map((prelude) => colourWorkerUrl({ prelude }));
    starts = 0;
    events = [];
    engine = new SupervisedEngine(
      () => new EngineClient(scripts[Math.min(starts++, scripts.length - 1)] ?? '', { patience }),
      new RestartBudget({ maxDeaths: 3, period: 10_000, firstDelay: 50 }),
    );
    engine.onEvent((event) => events.push(event));
  }

  beforeEach(() => {
    supervise('');
  });

  afterEach(async () => {
    engine.terminate();
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  it('starts no worker before it is loaded', async () => {
    expect(starts).to.equal(0);
    const unused = frame();
    expect(await rejection(engine.detect(unused, 0, frameThat()))).to.equal('not-loaded');
    expect(unused.format).to.equal(null);
    await engine.load(loadAs('fine'));
    await engine.load(loadAs('fine'));
    expect(starts).to.equal(1);
  });

  it('replaces a dead worker, loads again what it had, and goes on', async () => {
    await engine.load(loadAs('one-fine', { backend: 'wasm' }));
    expect(await rejection(engine.detect(frame(), 0, frameThat('close')))).to.equal('engine-died');
    // Made during the replacement: it waits.
    const result = await engine.detect(frame(), 7, frameThat());
    expect(result.frame.timestamp).to.equal(7);
    expect(kinds()).to.deep.equal(['died', 'restarted']);
    const restarted = events[1];
    expect(restarted?.kind === 'restarted' && restarted.info).to.include({ backend: 'wasm' });
    expect(engine.restarts).to.equal(1);
    expect(await livingColourWorkers()).to.equal(1);
  });

  it('replaces a worker that dies while it is idle', async () => {
    supervise('setTimeout(() => self.close(), 200);', '');
    await engine.load(loadAs('fine'));
    await until(() => engine.restarts === 1, 'a restart', 2000);
    await engine.detect(frame(), 0, frameThat());
  });

  it('spares the new worker the probe', async () => {
    await engine.load(loadAs('probed'));
    await rejection(engine.detect(frame(), 0, frameThat('close')));
    await until(() => engine.restarts === 1, 'a restart');
    const restarted = events.find((event) => event.kind === 'restarted');
    expect(restarted?.info.reason).to.equal('remembered');
  });

  it('gives up after the third death within the period, until it is loaded again', async () => {
    await engine.load(loadAs('fine'));
    for (let death = 0; death < 3; death++) {
      expect(await rejection(engine.detect(frame(), 0, frameThat('close')))).to.equal(
        'engine-died',
      );
    }
    await until(() => kinds().includes('gave-up'), 'giving up');
    expect(kinds()).to.deep.equal(['died', 'restarted', 'died', 'restarted', 'gave-up']);
    expect(await rejection(engine.detect(frame(), 0, frameThat()))).to.equal('not-loaded');
    await engine.load(loadAs('fine'));
    await engine.detect(frame(), 0, frameThat());
  });

  it('tries again when the new worker does not start', async () => {
    supervise('', 'throw new Error("broken");', '');
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('close')));
    await until(() => engine.restarts === 1, 'a restart');
    expect(kinds()).to.deep.equal(['died', 'died', 'restarted']);
    expect(starts).to.equal(3);
  });

  it('tells those who wait when it gives up', async () => {
    supervise('', 'throw new Error("broken");');
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('close')));
    expect(await rejection(engine.detect(frame(), 0, frameThat()))).to.equal('engine-start-failed');
    expect(kinds()).to.deep.equal(['died', 'died', 'gave-up']);
  });

  it('has nothing to restore when a worker dies in a load', async () => {
    await engine.load(loadAs('fine'));
    expect(await rejection(engine.load(loadAs('dies')))).to.equal('engine-died');
    await delay(100);
    expect(kinds()).to.deep.equal([]);
    expect(starts).to.equal(1);
    await engine.load(loadAs('fine'));
    expect(starts).to.equal(2);
  });

  it('a load replaces a replacement under way', async () => {
    await engine.load(loadAs('one-fine'));
    await rejection(engine.detect(frame(), 0, frameThat('close')));
    const waiting = rejection(engine.detect(frame(), 0, frameThat()));
    const info = await engine.load(loadAs('two-fine'));
    expect(info.model.id).to.equal('two-fine');
    expect(await waiting).to.equal('aborted');
    await until(async () => (await livingColourWorkers()) === 1, 'only the new worker lives');
    expect(kinds()).to.not.include('restarted');
  });

  it('passes a lost and regained device on', async () => {
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('lose')));
    await until(() => events.length === 2, 'two notices');
    expect(kinds()).to.deep.equal(['device-lost', 'recovered']);
    expect(engine.restarts).to.equal(0);
  });

  it('starts a new worker where the device is lost for good', async () => {
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('lose-for-good')));
    await until(() => engine.restarts === 1, 'a restart');
    expect(kinds()).to.deep.equal(['device-lost', 'died', 'restarted']);
    await engine.detect(frame(), 0, frameThat());
  });

  it('starts a new worker where nobody says what became of a lost device', async () => {
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('lose-in-silence')));
    await until(() => engine.restarts === 1, 'a restart');
    expect(kinds()).to.deep.equal(['device-lost', 'died', 'restarted']);
    const died = events[1];
    expect(died?.kind === 'died' && died.cause.code).to.equal('device-lost');
    await engine.detect(frame(), 0, frameThat());
  });

  it('tells a load that waits why the device is lost for good', async () => {
    await engine.load(loadAs('fine'));
    const loading = rejected(engine.load(loadAs('slow')));
    await rejection(engine.detect(frame(), 0, frameThat('lose-for-good')));
    expect(await loading).to.include({ code: 'device-lost', detail: 'no device' });
    await engine.load(loadAs('fine'));
    expect(starts).to.equal(2);
  });

  describe('a cancelled load that hangs in the worker', () => {
    async function cancelHanging(): Promise<void> {
      const abort = new AbortController();
      const loading = rejection(engine.load(loadAs('hangs'), { signal: abort.signal }));
      await delay(100);
      abort.abort();
      expect(await loading).to.equal('aborted');
    }

    it('does not hold up the next one', async () => {
      await cancelHanging();
      const info = await engine.load(loadAs('two-fine'));
      expect(info.model.id).to.equal('two-fine');
      expect(starts).to.equal(2);
      expect(kinds(), 'nobody has to be told').to.deep.equal([]);
      await engine.detect(frame(), 0, frameThat());
    });

    it('is ended though nobody loads again', async () => {
      await cancelHanging();
      await until(async () => (await livingColourWorkers()) === 0, 'the worker is gone');
      expect(starts).to.equal(1);
    });

    it('may be followed by another one', async () => {
      await cancelHanging();
      await cancelHanging();
      await engine.load(loadAs('fine'));
    });

    it('does not bring back a load that was cancelled while it waited', async () => {
      await cancelHanging();
      const abort = new AbortController();
      const waiting = rejection(engine.load(loadAs('fine'), { signal: abort.signal }));
      await delay(20);
      abort.abort();
      expect(await waiting).to.equal('aborted');
      await delay(400);
      expect(starts).to.equal(1);
    });
  });

  it('starts no worker for a load that is cancelled already', async () => {
    const signal = AbortSignal.abort();
    expect(await rejection(engine.load(loadAs('fine'), { signal }))).to.equal('aborted');
    expect(starts).to.equal(0);
  });

  it('can be cancelled while it waits for a replacement', async () => {
    supervise('', 'self.postMessage = () => undefined;');
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('close')));
    const abort = new AbortController();
    const waiting = frame();
    const detecting = engine.detect(waiting, 0, frameThat(), { signal: abort.signal });
    abort.abort();
    expect(await rejection(detecting)).to.equal('aborted');
    expect(waiting.format).to.equal(null);
  });

  it('stays dead after it was ended', async () => {
    await engine.load(loadAs('fine'));
    await rejection(engine.detect(frame(), 0, frameThat('close')));
    engine.terminate();
    await delay(200);
    expect(kinds()).to.deep.equal(['died']);
    expect(await livingColourWorkers()).to.equal(0);
    expect(await rejection(engine.stats())).to.equal('not-loaded');
  });
});
