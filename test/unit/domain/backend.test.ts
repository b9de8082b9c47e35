import { expect } from 'chai';
import fc from 'fast-check';
import { BACKENDS, chooseBackend, isSoftwareRenderer } from '../../../src/domain/backend.js';

describe('chooseBackend', () => {
  it('chooses nothing from nothing', () => {
    expect(chooseBackend([])).to.equal(undefined);
  });

  it('chooses the fastest', () => {
    expect(
      chooseBackend([
        { backend: 'webgpu', milliseconds: 90 },
        { backend: 'wasm', milliseconds: 40 },
        { backend: 'cpu', milliseconds: 900 },
      ]),
    ).to.equal('wasm');
  });

  it('prefers a GPU that is nearly as fast as the CPU', () => {
    const wasm = { backend: 'wasm', milliseconds: 40 } as const;
    expect(chooseBackend([wasm, { backend: 'webgl', milliseconds: 49 }])).to.equal('webgl');
    expect(chooseBackend([wasm, { backend: 'webgl', milliseconds: 51 }])).to.equal('wasm');
  });

  it('takes the order of preference where two are equal', () => {
    expect(
      chooseBackend([
        { backend: 'webgl', milliseconds: 20 },
        { backend: 'webgpu', milliseconds: 20 },
      ]),
    ).to.equal('webgpu');
  });

  it('chooses the same whatever the order, and never one that is much slower than another', () => {
    const timings = fc.uniqueArray(
      fc.record({
        backend: fc.constantFrom(...BACKENDS),
        milliseconds: fc.double({ min: 1, max: 1000, noNaN: true }),
      }),
      { selector: (timing) => timing.backend, minLength: 1 },
    );
    fc.assert(
      fc.property(timings, (list) => {
        const winner = chooseBackend(list);
        expect(chooseBackend([...list].reverse())).to.equal(winner);
        const time = list.find((timing) => timing.backend === winner)?.milliseconds ?? Infinity;
        const best = Math.min(...list.map((timing) => timing.milliseconds));
        expect(time).to.be.at.most(best * 1.25 + 1e-9);
      }),
    );
  });
});

describe('isSoftwareRenderer', () => {
  for (const name of [
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'Microsoft Basic Render Driver',
    'Apple Software Renderer',
    'Google SwiftShader',
    'Microsoft Corporation WARP',
  ]) {
    it(`says yes to ${name}`, () => {
      expect(isSoftwareRenderer(name)).to.equal(true);
    });
  }

  for (const name of [
    'Apple M1',
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'Adreno (TM) 640',
    'Mali-G78',
    'Intel(R) Iris(R) Xe Graphics',
    '',
  ]) {
    it(`says no to ${name === '' ? 'an unknown one' : name}`, () => {
      expect(isSoftwareRenderer(name)).to.equal(false);
    });
  }
});
