import { expect } from 'chai';
import { ProbeMemory } from '../../../src/session/probe-memory.js';
import type { SessionState } from '../../../src/session/types.js';
import { canvasFile } from '../../support/files.js';
import { memoryStore } from '../../support/memory-store.js';
import { delay, rejected, rejection, until } from '../../support/promises.js';
import { settings } from '../../support/session.js';
import { sessionTests } from '../../support/session-tests.js';

describe('DetectSession: the engine', () => {
  const create = sessionTests();

  const failure = (state: SessionState) =>
    state.engine.phase === 'failed' ? state.engine.error.code : undefined;

  describe('loading', () => {
    it('tells the progress and then what is running', async () => {
      const test = create();
      expect(test.state.engine).to.deep.equal({ phase: 'idle' });
      const loading = test.session.load(settings('fine', 'wasm'));
      expect(test.state.engine.phase).to.equal('loading');
      const info = await loading;
      expect(info).to.include({ backend: 'wasm' });
      expect(test.state.engine).to.deep.equal({ phase: 'ready', info });
      const fractions = test.states.flatMap((state) =>
        state.engine.phase === 'loading' ? [state.engine.progress.fraction] : [],
      );
      expect(fractions).to.deep.equal([0, 0.1, 0.5]);
    });

    it('loads the same only once, other settings anew', async () => {
      const test = create();
      const [one, two] = await Promise.all([
        test.session.load(settings()),
        test.session.load(settings()),
      ]);
      expect(two).to.equal(one);
      expect(await test.session.load(settings())).to.equal(one);
      expect((await test.session.load(settings('fine', 'wasm'))).adapter).to.equal('load 2');
    });

    it('has the newest call win', async () => {
      const test = create();
      const first = test.session.load(settings('slow'));
      await until(() => test.states.length > 2, 'the first load is under way');
      const second = test.session.load(settings('second-fine'));
      expect(await rejection(first)).to.equal('aborted');
      expect((await second).model.id).to.equal('second-fine');
      expect(test.enginePhases).to.deep.equal(['loading', 'ready']);
    });

    it('can be cancelled, and loaded again', async () => {
      const test = create();
      const loading = test.session.load(settings('slow'));
      await delay(50);
      test.session.cancelLoad();
      expect(await rejection(loading)).to.equal('aborted');
      expect(test.state.engine).to.deep.equal({ phase: 'idle' });
      await test.session.load(settings());
    });

    it('says why it failed, and can be tried again', async () => {
      const test = create();
      const error = await rejected(test.session.load(settings('fails')));
      expect(error.code).to.equal('model-download-failed');
      expect(test.state.engine).to.deep.equal({ phase: 'failed', error });
      await test.session.load(settings('fine'));
      expect(test.enginePhases).to.deep.equal(['loading', 'failed', 'loading', 'ready']);
    });

    it('says when the worker died in it', async () => {
      const test = create();
      expect(await rejection(test.session.load(settings('dies')))).to.equal('engine-died');
      expect(failure(test.state)).to.equal('engine-died');
      await test.session.load(settings());
    });

    it('remembers the probe for the next session', async () => {
      const probes = new ProbeMemory(memoryStore());
      const first = create({ probes });
      expect((await first.session.load(settings('probed'))).reason).to.equal('probed');
      const second = create({ probes });
      expect((await second.session.load(settings('probed'))).reason).to.equal('remembered');
      const asked = create({ probes });
      expect((await asked.session.load(settings('probed', 'wasm'))).reason).to.equal('probed');
    });

    it('ignores a remembered probe that makes no sense', () => {
      const store = memoryStore();
      const probes = new ProbeMemory(store);
      for (const record of [null, {}, { key: 'k', winner: 'abacus', timings: [] }]) {
        store.write('probe', record);
        expect(probes.recall()).to.equal(undefined);
      }
      store.write('probe', { key: 'k', winner: 'wasm', timings: [{ backend: 'wasm' }] });
      expect(probes.recall()).to.equal(undefined);
    });
  });

  describe('starting', () => {
    it('loads by itself', async () => {
      const test = create();
      await test.session.start();
      expect(test.state.engine.phase).to.equal('ready');
      expect(test.state.running).to.equal(true);
    });

    it('goes on by itself when a load that failed is tried again', async () => {
      const test = create();
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      await rejection(test.session.load(settings('fails')));
      expect(await rejection(test.session.start())).to.equal('model-download-failed');
      expect(test.state.running).to.equal(true);
      await test.session.load(settings('fine'));
      await until(() => test.results.length === 1, 'a result');
    });

    it('does not run when the load is cancelled', async () => {
      const test = create();
      const loading = rejection(test.session.load(settings('slow')));
      const starting = rejection(test.session.start());
      await delay(50);
      test.session.cancelLoad();
      expect([await loading, await starting]).to.deep.equal(['aborted', 'aborted']);
      expect(test.state.running).to.equal(false);
    });

    it('waits for the load that replaces another', async () => {
      const test = create();
      const replaced = rejection(test.session.load(settings('slow')));
      const starting = test.session.start();
      await delay(50);
      await test.session.load(settings('fine'));
      await starting;
      expect(await replaced).to.equal('aborted');
      expect(test.state).to.include({ running: true });
    });
  });
});
