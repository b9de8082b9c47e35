import { expect } from 'chai';
import {
  fileStem,
  isLargeFile,
  neededByUpdate,
  type ReleaseFile,
} from '../../../src/domain/offline-files.js';

function files(...urls: string[]): ReleaseFile[] {
  return urls.map((url) => ({ url, revision: null, integrity: `sha256-${url}`, bytes: 1 }));
}

describe('isLargeFile', () => {
  for (const url of [
    'models/coco-ssd.float16.weights-1.4e4efa7c4b231432.bin',
    'models/any-other/model.int8.0123456789abcdef.tflite',
    'engine/wasm-4.22.0/tfjs-backend-wasm-simd.wasm',
    'engine/some-runtime-2.5.3/runtime.js',
    'negatives/cat.c9758001c93499f8.webp',
  ]) {
    it(`is one: ${url}`, () => {
      expect(isLargeFile(url)).to.equal(true);
    });
  }

  for (const url of [
    'index.html',
    'models/index.json',
    'negatives/index.json',
    'engine/worker.js',
    'engine/engine-88186b7d.js',
    'assets/models-0a1b2c3d.js',
    'demo/demo.webm',
  ]) {
    it(`is none: ${url}`, () => {
      expect(isLargeFile(url)).to.equal(false);
    });
  }
});

describe('fileStem', () => {
  it('leaves out hashes and versions, and nothing else', () => {
    expect(fileStem('models/coco-ssd.float16.weights-1.4e4efa7c4b231432.bin')).to.equal(
      'models/coco-ssd.float16.weights-1.bin',
    );
    expect(fileStem('engine/wasm-4.22.0/tfjs-backend-wasm-simd.wasm')).to.equal(
      'engine/wasm/tfjs-backend-wasm-simd.wasm',
    );
    expect(fileStem('demo/demo.webm')).to.equal('demo/demo.webm');
  });
});

describe('neededByUpdate', () => {
  const release = files(
    'models/a.float16.weights-1.1111111111111111.bin',
    'models/a.int8.weights-1.2222222222222222.bin',
    'engine/wasm-5.0.0/x.wasm',
    'engine/wasm-5.0.0/x-threaded.wasm',
  );

  it('is nothing where nothing was stored', () => {
    expect(neededByUpdate([], release)).to.deep.equal([]);
  });

  it('is the new form of what was stored, and no other flavour', () => {
    const stored = ['models/a.float16.weights-1.ffffffffffffffff.bin', 'engine/wasm-4.22.0/x.wasm'];
    expect(neededByUpdate(stored, release).map(({ url }) => url)).to.deep.equal([
      'models/a.float16.weights-1.1111111111111111.bin',
      'engine/wasm-5.0.0/x.wasm',
    ]);
  });

  it('is everything where something stored has nothing like it any more', () => {
    expect(neededByUpdate(['models/b.float16.weights-1.ffffffffffffffff.bin'], release)).to.equal(
      release,
    );
  });
});
