import { expect } from 'chai';
import { EngineClient } from '../../../src/platform/engine-client.js';
import type { EngineClientOptions } from '../../../src/platform/engine-client.js';
import type { LoadProgress } from '../../../src/protocol/index.js';
import {
  colourWorkerUrl,
  frameThat,
  livingColourWorkers,
  loadAs,
} from '../../support/colour-worker.js';
import type { ColourWorker } from '../../support/colour-worker.js';
import { delay, rejected, rejection, until } from '../../support/promises.js';

async function bitmap(colour: string, width = 12, height = 8): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return createImageBitmap(canvas);
}

describe('EngineClient', () => {
  let clients: EngineClient[] = [];

  function start(worker?: ColourWorker, options?: EngineClientOptions): EngineClient {
    const client = new EngineClient(colourWorkerUrl(worker), options);
    clients.push(client);
    return client;
  }

  /** A client and what it died of. */
  function startMortal(worker?: ColourWorker, options?: EngineClientOptions) {
    const client = start(worker, options);
    const deaths: string[] = [];
    client.onDeath((cause) => deaths.push(cause.code));
    return { client, deaths };
  }

  afterEach(async () => {
    for (const client of clients) client.terminate();
    clients = [];
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  describe('calls', () => {
    it('loads, with progress, and detects', async () => {
      const client = start();
      const progress: LoadProgress[] = [];
      const info = await client.load(loadAs('fine'), {
        onProgress: (step) => progress.push(step),
      });
      expect(info.model.name).to.equal('Mean colour');
      expect(progress.map((step) => step.fraction)).to.deep.equal([0.1, 0.5]);
      const result = await client.detect(await bitmap('rgb(10, 20, 30)'), 42, frameThat());
      expect(result.detections[0]?.class).to.equal('10,20,30');
      expect(result.frame).to.deep.equal({ width: 12, height: 8, timestamp: 42 });
      expect((await client.stats()).frames).to.equal(1);
      await client.dispose();
    });

    it('matches answers with calls, in whatever order they come', async () => {
      const client = start();
      const colours = ['1,0,0', '2,0,0', '3,0,0'];
      const answers = await Promise.all(
        colours.map(async (colour, index) =>
          client.detect(
            await bitmap(`rgb(${colour})`),
            index,
            frameThat(index === 0 ? 'late' : undefined),
          ),
        ),
      );
      expect(answers.map((answer) => answer.detections[0]?.class)).to.deep.equal(colours);
      expect(answers.map((answer) => answer.frame.timestamp)).to.deep.equal([0, 1, 2]);
    });

    it('hands frames over instead of copying them', async () => {
      const client = start();
      const frame = await bitmap('red');
      const answer = client.detect(frame, 0, frameThat());
      await answer;
      expect(frame.width).to.equal(0);
      const canvas = new OffscreenCanvas(20, 10);
      canvas.getContext('2d')?.fillRect(0, 0, 20, 10);
      const videoFrame = new VideoFrame(canvas, { timestamp: 0 });
      expect((await client.detect(videoFrame, 0, frameThat())).frame.width).to.equal(20);
      expect(videoFrame.format).to.equal(null);
    });

    it('rejects with the engine’s own code and detail', async () => {
      const client = start();
      const error = await rejected(client.load(loadAs('fails')));
      expect(error).to.include({ code: 'model-download-failed', detail: 'offline' });
    });

    it('rejects and closes a frame that cannot be sent', async () => {
      const client = start();
      const frame = await bitmap('red');
      frame.close();
      expect(await rejection(client.detect(frame, 0, frameThat()))).to.equal('internal');
      expect((await client.detect(await bitmap('red'), 0, frameThat())).detections).to.have.length(
        1,
      );
    });
  });

  describe('cancelling', () => {
    it('rejects at once and tells the engine', async () => {
      const client = start();
      const abort = new AbortController();
      const loading = client.load(loadAs('slow'), { signal: abort.signal });
      await delay(50);
      abort.abort();
      expect(await rejection(loading)).to.equal('aborted');
      expect((await client.load(loadAs('fine'))).model.id).to.equal('fine');
    });

    it('does not begin what was cancelled before, and closes the frame', async () => {
      const client = start();
      const frame = await bitmap('red');
      const signal = AbortSignal.abort();
      expect(await rejection(client.detect(frame, 0, frameThat(), { signal }))).to.equal('aborted');
      expect(frame.width).to.equal(0);
      expect((await client.stats()).frames).to.equal(0);
    });

    it('cancels while the worker is still starting, and closes the frame', async () => {
      const client = start({ hello: false });
      const frame = await bitmap('red');
      const abort = new AbortController();
      const detecting = client.detect(frame, 0, frameThat(), { signal: abort.signal });
      abort.abort();
      expect(await rejection(detecting)).to.equal('aborted');
      expect(frame.width).to.equal(0);
    });

    it('ignores the answer to a cancelled call', async () => {
      const client = start();
      const abort = new AbortController();
      const late = client.detect(await bitmap('red'), 0, frameThat('late'), {
        signal: abort.signal,
      });
      await delay(50);
      abort.abort();
      expect(await rejection(late)).to.equal('aborted');
      await delay(400);
      expect((await client.stats()).frames).to.equal(1);
    });
  });

  describe('starting', () => {
    it('refuses an engine of another version', async () => {
      const { client, deaths } = startMortal({ version: 99 });
      expect(await rejection(client.load(loadAs('fine')))).to.equal('protocol-mismatch');
      expect(deaths).to.deep.equal(['protocol-mismatch']);
    });

    it('says why the loader could not load the engine', async () => {
      const client = start({ startFailed: 'chunk 7 is missing' });
      const error = await rejected(client.load(loadAs('fine')));
      expect(error).to.include({ code: 'engine-start-failed', detail: 'chunk 7 is missing' });
    });

    it('notices a script that throws', async () => {
      const { client, deaths } = startMortal({ prelude: 'throw new Error("broken");' });
      const error = await rejected(client.load(loadAs('fine')));
      expect(error.code).to.equal('engine-start-failed');
      expect(error.detail).to.contain('broken');
      expect(deaths).to.deep.equal(['engine-start-failed']);
    });

    it('notices a script that does not exist', async () => {
      const client = new EngineClient(new URL('/no-such-worker.js', location.href).href);
      expect(await rejection(client.load(loadAs('fine')))).to.equal('engine-start-failed');
      client.terminate();
    });

    it('notices a script that may not be run at all', async () => {
      const client = new EngineClient('https://elsewhere.invalid/worker.js');
      expect(await rejection(client.load(loadAs('fine')))).to.equal('engine-start-failed');
      client.terminate();
    });

    it('waits for hello only so long', async () => {
      const client = start({ hello: false, lock: false }, { helloTimeout: 100 });
      const error = await rejected(client.stats());
      expect(error).to.include({ code: 'engine-start-failed', detail: 'no hello within 100 ms' });
    });
  });

  describe('death', () => {
    it('is noticed within a second when the worker closes itself, and rejects everything', async () => {
      const { client, deaths } = startMortal();
      await client.load(loadAs('fine'));
      const waiting = client.detect(await bitmap('red'), 0, frameThat('wait'));
      const began = performance.now();
      const dying = client.detect(await bitmap('red'), 0, frameThat('close'));
      expect(await rejection(dying)).to.equal('engine-died');
      expect(await rejection(waiting)).to.equal('engine-died');
      expect(performance.now() - began).to.be.below(1000);
      expect(deaths).to.deep.equal(['engine-died']);
    });

    it('is noticed while nothing is asked of the engine', async () => {
      const { client, deaths } = startMortal({ prelude: 'setTimeout(() => self.close(), 200);' });
      await client.load(loadAs('fine'));
      await until(() => deaths.length > 0, 'death is noticed', 1000);
      expect(await rejection(client.stats())).to.equal('engine-died');
    });

    it('follows an error outside of any call', async () => {
      const { client, deaths } = startMortal();
      const error = await rejected(client.detect(await bitmap('red'), 0, frameThat('throw')));
      expect(error.code).to.equal('engine-died');
      expect(error.detail).to.contain('outside of any call');
      expect(deaths).to.deep.equal(['engine-died']);
    });

    it('rejects later calls and closes their frames', async () => {
      const { client } = startMortal();
      await rejection(client.detect(await bitmap('red'), 0, frameThat('close')));
      const frame = await bitmap('red');
      expect(await rejection(client.detect(frame, 0, frameThat()))).to.equal('engine-died');
      expect(frame.width).to.equal(0);
    });

    it('is not announced when the owner ends the worker', async () => {
      const { client, deaths } = startMortal();
      await client.load(loadAs('fine'));
      const waiting = client.detect(await bitmap('red'), 0, frameThat('wait'));
      await delay(50);
      client.terminate();
      expect(await rejection(waiting)).to.equal('aborted');
      await delay(100);
      expect(deaths).to.deep.equal([]);
    });
  });

  describe('stalls', () => {
    const impatient: EngineClientOptions = { stall: { tick: 20, limit: () => 150 } };

    it('ends an engine that does not answer a frame', async () => {
      const { client, deaths } = startMortal({}, impatient);
      await client.load(loadAs('fine'));
      const error = await rejected(client.detect(await bitmap('red'), 0, frameThat('hang')));
      expect(error.code).to.equal('engine-stalled');
      expect(deaths).to.deep.equal(['engine-stalled']);
    });

    it('works without Web Locks too', async () => {
      const { client, deaths } = startMortal({ lock: false }, { ...impatient, locks: undefined });
      expect(await rejection(client.detect(await bitmap('red'), 0, frameThat('close')))).to.equal(
        'engine-stalled',
      );
      expect(deaths).to.deep.equal(['engine-stalled']);
    });

    it('derives its patience from the latencies of the last answers', async () => {
      const asked: number[][] = [];
      const limit = (latencies: readonly number[]) => {
        asked.push([...latencies]);
        return 1000;
      };
      const client = start({}, { stall: { tick: 20, limit } });
      await client.load(loadAs('fine'));
      await client.detect(await bitmap('red'), 0, frameThat('late'));
      await client.detect(await bitmap('red'), 0, frameThat('late'));
      const [latency = 0] = asked.at(-1) ?? [];
      expect(latency).to.be.within(250, 900);
    });

    it('has all patience with a load, however long it takes', async () => {
      const { client, deaths } = startMortal({}, impatient);
      const abort = new AbortController();
      const loading = client.load(loadAs('slow'), { signal: abort.signal });
      const frame = client.detect(await bitmap('red'), 0, frameThat('late'));
      await delay(400);
      expect(deaths).to.deep.equal([]);
      abort.abort();
      expect(await rejection(loading)).to.equal('aborted');
      await frame;
    });

    it('does not wait for a cancelled frame', async () => {
      const { client, deaths } = startMortal({}, impatient);
      const abort = new AbortController();
      const frame = client.detect(await bitmap('red'), 0, frameThat('wait'), {
        signal: abort.signal,
      });
      await delay(50);
      abort.abort();
      await rejection(frame);
      await delay(300);
      expect(deaths).to.deep.equal([]);
    });
  });

  it('passes notices on', async () => {
    const client = start();
    const kinds: string[] = [];
    const unsubscribe = client.onNotice((notice) => kinds.push(notice.kind));
    await client.load(loadAs('fine'));
    await rejection(client.detect(await bitmap('red'), 0, frameThat('lose')));
    await until(() => kinds.length === 2, 'two notices');
    expect(kinds).to.deep.equal(['device-lost', 'recovered']);
    unsubscribe();
  });

  it('two live on one page without disturbing each other', async () => {
    const one = startMortal();
    const two = startMortal();
    await Promise.all([one.client.load(loadAs('one-fine')), two.client.load(loadAs('two-fine'))]);
    expect(await livingColourWorkers()).to.equal(2);
    await rejection(one.client.detect(await bitmap('red'), 0, frameThat('close')));
    const result = await two.client.detect(await bitmap('rgb(0, 9, 0)'), 0, frameThat());
    expect(result.detections[0]?.class).to.equal('0,9,0');
    expect(one.deaths).to.deep.equal(['engine-died']);
    expect(two.deaths).to.deep.equal([]);
  });
});
