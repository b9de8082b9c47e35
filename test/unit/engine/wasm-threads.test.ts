import { expect } from 'chai';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

/** Pretends that this machine has so many cores. */
function withCores(cores: number): () => void {
  const prototype = Object.getOwnPropertyDescriptor(Navigator.prototype, 'hardwareConcurrency');
  if (!prototype) throw new Error('no hardwareConcurrency');
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
  return () => {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  };
}

describe('WASM threads', function () {
  this.timeout(60_000);

  it('are used where the page is isolated and has the cores', async () => {
    const restore = withCores(4);
    const engine = new DetectionEngine();
    try {
      const info = await engine.load(loadOptions('wasm'));
      expect(info.adapter).to.equal('SIMD, 2 threads');
      const { detections } = await engine.detect(
        await photograph('chelsea'),
        0,
        detectionOptions(),
      );
      expect(detections[0]?.class).to.equal('cat');
    } finally {
      restore();
      await engine.dispose();
    }
  });

  it('are left alone on two cores', async () => {
    const restore = withCores(2);
    const engine = new DetectionEngine();
    try {
      expect((await engine.load(loadOptions('wasm'))).adapter).to.equal('SIMD, 1 thread');
    } finally {
      restore();
      await engine.dispose();
    }
  });
});
