import { expect } from 'chai';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import { loadOptions } from '../../support/engine-fixtures.js';

const NOWHERE = new URL('/nowhere/', location.href).href;

describe('The choice of a backend', function () {
  this.timeout(240_000);
  const engine = new DetectionEngine();

  afterEach(() => engine.dispose());

  it('never falls on a software rasteriser by itself', async () => {
    const info = await engine.load(loadOptions('auto'));
    expect(info).to.include({ backend: 'wasm', runtime: 'litert', reason: 'probed' });
    expect(info.model.precision).to.equal('int8');
    const wasm = { runtime: 'litert', backend: 'wasm' };
    expect(info.probe?.winner).to.deep.equal(wasm);
    expect(info.probe?.timings.map(({ runtime, backend }) => ({ runtime, backend }))).to.deep.equal(
      [wasm],
    );
    expect(info.failures.find(({ backend }) => backend === 'webgpu')?.reason).to.match(/software/);
  });

  it('remembers what it found, for this machine only', async () => {
    const first = await engine.load(loadOptions('auto'));
    const second = await engine.load(loadOptions('auto', { remembered: first.probe }));
    expect(second.reason).to.equal('remembered');
    if (!first.probe) throw new Error('no record');
    const foreign = {
      ...first.probe,
      key: 'another machine',
      winner: { runtime: 'tfjs', backend: 'cpu' },
    } as const;
    const third = await engine.load(loadOptions('auto', { remembered: foreign }));
    expect(third.reason).to.equal('probed');
    expect(third.backend).to.equal('wasm');
  });

  it('probes again when the remembered backend does not work any more', async () => {
    const { probe } = await engine.load(loadOptions('auto'));
    if (!probe) throw new Error('no record');
    const stale = { ...probe, winner: { runtime: 'litert', backend: 'webgpu' } } as const;
    const info = await engine.load(loadOptions('auto', { remembered: stale }));
    expect(info.reason).to.equal('probed');
    expect(info.backend).to.equal('wasm');
  });

  it('fails plainly when the asked-for backend cannot be had', async () => {
    const failure = await engine
      .load(loadOptions('wasm', { wasmUrl: NOWHERE, liteRtUrl: NOWHERE }))
      .catch((e: unknown) => e);
    expect(failure).to.have.property('code', 'backend-unavailable');
    const info = await engine.load(loadOptions('wasm'));
    expect(info.backend).to.equal('wasm');
  });

  it('takes TensorFlow.js over where LiteRT cannot be had, and says why', async () => {
    const info = await engine.load(loadOptions('wasm', { liteRtUrl: NOWHERE }));
    expect(info).to.include({ backend: 'wasm', runtime: 'tfjs', reason: 'requested' });
    expect(info.failures).to.have.length(1);
    expect(info.failures[0]).to.include({ backend: 'wasm', runtime: 'litert' });
    expect(info.failures[0]?.reason).to.include('LiteRT');
  });

  it('does not use what sees something else in the picture with the known answer', async () => {
    const fetchFile = window.fetch.bind(window);
    window.fetch = async (input, init) => {
      const response = await fetchFile(input, init);
      if (!response.url.endsWith('/index.json')) return response;
      return new Response((await response.text()).replace('"label": "cat"', '"label": "zebra"'));
    };
    try {
      const failure = await engine.load(loadOptions('wasm')).catch((e: unknown) => e);
      expect(failure).to.have.property('code', 'backend-unavailable');
      // Both runtimes were tried, and both see what is there.
      expect(failure)
        .to.have.property('detail')
        .that.matches(/litert.*taken for cat.*tfjs.*taken for cat/);
    } finally {
      window.fetch = fetchFile;
    }
    expect((await engine.load(loadOptions('wasm'))).runtime).to.equal('litert');
  });

  it('keeps to the runtime that a person asked for', async () => {
    const info = await engine.load(loadOptions('auto', { runtime: 'tfjs' }));
    expect(info).to.include({ backend: 'wasm', runtime: 'tfjs' });
    const failure = await engine
      .load(loadOptions('wasm', { runtime: 'litert', liteRtUrl: NOWHERE }))
      .catch((e: unknown) => e);
    expect(failure).to.have.property('code', 'backend-unavailable');
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
