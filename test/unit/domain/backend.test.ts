import { expect } from 'chai';
import fc from 'fast-check';
import {
  EXECUTORS,
  chooseExecutor,
  isSoftwareRenderer,
  isWorthProbing,
  permittedExecutors,
  sameExecutor,
  type BackendName,
  type Executor,
  type ProbeTiming,
  type RuntimeName,
} from '../../../src/domain/backend.js';

function timing(runtime: RuntimeName, backend: BackendName, milliseconds: number): ProbeTiming {
  return { runtime, backend, milliseconds };
}

describe('chooseExecutor', () => {
  it('chooses nothing from nothing', () => {
    expect(chooseExecutor([])).to.equal(undefined);
  });

  it('chooses the fastest', () => {
    expect(
      chooseExecutor([
        timing('tfjs', 'webgpu', 90),
        timing('litert', 'wasm', 40),
        timing('tfjs', 'cpu', 900),
      ]),
    ).to.deep.equal({ runtime: 'litert', backend: 'wasm' });
  });

  it('prefers a GPU that is nearly as fast as the CPU', () => {
    const wasm = timing('litert', 'wasm', 40);
    expect(chooseExecutor([wasm, timing('tfjs', 'webgl', 49)])).to.include({ backend: 'webgl' });
    expect(chooseExecutor([wasm, timing('tfjs', 'webgl', 51)])).to.include({ backend: 'wasm' });
  });

  it('takes the order of preference where two are equal', () => {
    expect(
      chooseExecutor([timing('tfjs', 'webgpu', 20), timing('litert', 'webgpu', 20)]),
    ).to.include({ runtime: 'litert' });
  });

  it('chooses the same whatever the order, and never one that is much slower than another', () => {
    const timings = fc
      .subarray([...EXECUTORS], { minLength: 1 })
      .chain((executors) =>
        fc.tuple(
          ...executors.map((executor) =>
            fc
              .double({ min: 1, max: 1000, noNaN: true })
              .map((milliseconds): ProbeTiming => ({ ...executor, milliseconds })),
          ),
        ),
      );
    fc.assert(
      fc.property(timings, (list) => {
        const winner = chooseExecutor(list);
        expect(chooseExecutor(list.toReversed())).to.deep.equal(winner);
        const isWinner = (each: Executor): boolean =>
          winner !== undefined && sameExecutor(each, winner);
        const time = list.find(isWinner)?.milliseconds ?? Infinity;
        const best = Math.min(...list.map(({ milliseconds }) => milliseconds));
        expect(time).to.be.at.most(best * 1.25 + 1e-9);
      }),
    );
  });
});

describe('isWorthProbing', () => {
  const tried = (candidate: Executor, timings: readonly ProbeTiming[]): boolean =>
    isWorthProbing(candidate, timings);

  it('tries everything at first but plain JavaScript last', () => {
    for (const executor of EXECUTORS) expect(tried(executor, [])).to.equal(true);
    expect(tried({ runtime: 'tfjs', backend: 'cpu' }, [timing('tfjs', 'wasm', 300)])).to.equal(
      false,
    );
  });

  it('leaves a second runtime alone where the first works, and WebGL beside WebGPU', () => {
    const webgpu = timing('litert', 'webgpu', 30);
    expect(tried({ runtime: 'tfjs', backend: 'webgpu' }, [webgpu])).to.equal(false);
    expect(tried({ runtime: 'tfjs', backend: 'webgl' }, [webgpu])).to.equal(false);
    expect(tried({ runtime: 'litert', backend: 'wasm' }, [webgpu])).to.equal(true);
  });

  it('stops when one is faster than any camera', () => {
    const webgpu = timing('litert', 'webgpu', 8);
    expect(tried({ runtime: 'litert', backend: 'wasm' }, [webgpu])).to.equal(false);
  });
});

describe('permittedExecutors', () => {
  it('keeps to what a person chose', () => {
    expect(permittedExecutors('auto', 'auto')).to.deep.equal(EXECUTORS);
    expect(permittedExecutors('wasm', 'auto')).to.deep.equal([
      { runtime: 'litert', backend: 'wasm' },
      { runtime: 'tfjs', backend: 'wasm' },
    ]);
    expect(permittedExecutors('webgl', 'litert')).to.deep.equal([]);
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
