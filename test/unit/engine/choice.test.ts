import { expect } from 'chai';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import { loadOptions } from '../../support/engine-fixtures.js';

describe('The choice of a backend', function () {
  this.timeout(240_000);
  const engine = new DetectionEngine();

  afterEach(() => engine.dispose());

  it('never falls on a software rasteriser by itself', async () => {
    const info = await engine.load(loadOptions('auto'));
    expect(info.backend).to.equal('wasm');
    expect(info.reason).to.equal('probed');
    expect(info.probe?.winner).to.equal('wasm');
    expect(info.probe?.timings.map(({ backend }) => backend)).to.deep.equal(['wasm']);
    expect(info.failures.find(({ backend }) => backend === 'webgpu')?.reason).to.match(/software/);
  });

  it('remembers what it found, for this machine only', async () => {
    const first = await engine.load(loadOptions('auto'));
    const second = await engine.load(loadOptions('auto', { remembered: first.probe }));
    expect(second.reason).to.equal('remembered');
    if (!first.probe) throw new Error('no record');
    const foreign = { ...first.probe, key: 'another machine', winner: 'cpu' as const };
    const third = await engine.load(loadOptions('auto', { remembered: foreign }));
    expect(third.reason).to.equal('probed');
    expect(third.backend).to.equal('wasm');
  });

  it('probes again when the remembered backend does not work any more', async () => {
    const { probe } = await engine.load(loadOptions('auto'));
    if (!probe) throw new Error('no record');
    const stale = { ...probe, winner: 'webgpu' as const };
    const info = await engine.load(loadOptions('auto', { remembered: stale }));
    expect(info.reason).to.equal('probed');
    expect(info.backend).to.equal('wasm');
  });

  it('fails plainly when the asked-for backend cannot be had', async () => {
    const failure = await engine
      .load(loadOptions('wasm', { wasmUrl: new URL('/nowhere/', location.href).href }))
      .catch((e: unknown) => e);
    expect(failure).to.have.property('code', 'backend-unavailable');
    const info = await engine.load(loadOptions('wasm'));
    expect(info.backend).to.equal('wasm');
  });

  it('can be cancelled while loading and loaded again', async () => {
    const controller = new AbortController();
    const loading = engine.load(loadOptions('wasm'), {
      signal: controller.signal,
      onProgress: ({ stage }) => {
        if (stage === 'model') controller.abort();
      },
    });
    expect(await loading.catch((e: unknown) => e)).to.have.property('code', 'aborted');
    expect((await engine.stats()).backend).to.equal(undefined);
    expect((await engine.load(loadOptions('wasm'))).backend).to.equal('wasm');
  });
});
