import { expect } from 'chai';
import { EngineClient } from '../../../src/platform/engine-client.js';
import type { EngineClientOptions } from '../../../src/platform/engine-client.js';
import { frameThat, loadAs } from '../../support/colour-worker.js';
import { engineClients } from '../../support/engine-clients.js';
import { bitmap } from '../../support/files.js';
import { delay, rejected, rejection, until } from '../../support/promises.js';

describe('EngineClient: the life of a worker', () => {
  const { start, startMortal } = engineClients();

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
    const impatient: EngineClientOptions = { patience: { stall: { tick: 20, limit: () => 150 } } };

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
      const client = start({}, { patience: { stall: { tick: 20, limit } } });
      await client.load(loadAs('fine'));
      await client.detect(await bitmap('red'), 0, frameThat('late'));
      await client.detect(await bitmap('red'), 0, frameThat('late'));
      const [latency = 0] = asked.at(-1) ?? [];
      expect(latency).to.be.within(250, 900);
    });

    it('has other patience with a frame that waits for a load', async () => {
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

    it('ends an engine whose load makes no progress', async () => {
      const { client, deaths } = startMortal({}, { patience: { load: 150 } });
      const error = await rejected(client.load(loadAs('slow')));
      expect(error.code).to.equal('engine-stalled');
      expect(error.detail).to.contain('no progress of a load');
      expect(deaths).to.deep.equal(['engine-stalled']);
      expect(client.isStuckInCancelledLoad).to.equal(false);
    });

    it('waits for a load as long as it makes progress', async () => {
      const client = start({}, { patience: { load: 250 } });
      expect((await client.load(loadAs('creeps'))).model.id).to.equal('creeps');
      await delay(400);
      expect((await client.stats()).tensors, 'and for what comes after').to.equal(1);
    });

    it('ends an engine that does not let go of a cancelled load', async () => {
      const { client, deaths } = startMortal({}, { patience: { cancel: 150 } });
      const abort = new AbortController();
      const loading = client.load(loadAs('hangs'), { signal: abort.signal });
      await delay(50);
      abort.abort();
      expect(await rejection(loading)).to.equal('aborted');
      expect(deaths).to.deep.equal([]);
      await until(() => deaths.length > 0, 'the death', 1000);
      expect(deaths).to.deep.equal(['engine-stalled']);
      expect(client.isStuckInCancelledLoad).to.equal(true);
    });

    it('keeps an engine that does', async () => {
      const { client, deaths } = startMortal({}, { patience: { cancel: 150 } });
      const abort = new AbortController();
      const loading = client.load(loadAs('slow'), { signal: abort.signal });
      await delay(50);
      abort.abort();
      await rejection(loading);
      await delay(400);
      expect(deaths).to.deep.equal([]);
    });
  });

  describe('a lost device', () => {
    it('ends the engine where nobody says what became of it', async () => {
      const { client, deaths } = startMortal({}, { patience: { recovery: 150 } });
      await client.load(loadAs('fine'));
      await rejection(client.detect(await bitmap('red'), 0, frameThat('lose-in-silence')));
      const waiting = client.detect(await bitmap('red'), 0, frameThat('wait'));
      expect(await rejection(waiting)).to.equal('device-lost');
      expect(deaths).to.deep.equal(['device-lost']);
    });

    it('is waited for by frames too', async () => {
      const patience = { stall: { tick: 20, limit: () => 100 }, recovery: 500 };
      const client = start({}, { patience });
      await client.load(loadAs('fine'));
      await rejection(client.detect(await bitmap('red'), 0, frameThat('lose-in-silence')));
      const waiting = client.detect(await bitmap('red'), 0, frameThat('wait'));
      expect(await rejection(waiting)).to.equal('device-lost');
    });

    it('is forgotten once it is back, or loaded anew', async () => {
      const patience = { stall: { tick: 20, limit: () => 400 }, recovery: 200 };
      const { client, deaths } = startMortal({}, { patience });
      await client.load(loadAs('fine'));
      await rejection(client.detect(await bitmap('red'), 0, frameThat('lose')));
      await delay(500);
      await rejection(client.detect(await bitmap('red'), 0, frameThat('lose-in-silence')));
      await client.load(loadAs('fine'));
      await delay(500);
      expect(deaths).to.deep.equal([]);
      const hanging = client.detect(await bitmap('red'), 0, frameThat('hang'));
      expect(await rejection(hanging), 'frames are watched again').to.equal('engine-stalled');
    });
  });
});
