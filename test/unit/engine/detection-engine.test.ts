import { engine as tfEngine, memory } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { EXECUTORS, type BackendName } from '../../../src/domain/backend.js';
import type { Detection } from '../../../src/domain/detection.js';
import { intersectionOverUnion } from '../../../src/domain/geometry.js';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import type { LoadProgress } from '../../../src/protocol/index.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

const PHOTOGRAPHS = ['chelsea', 'coffee', 'astronaut', 'grace_hopper'];

/** What stands on the photographs, by looking at them. */
const EXPECTED: Record<string, string> = {
  chelsea: 'cat',
  coffee: 'cup',
  astronaut: 'person',
  grace_hopper: 'person',
};

async function detections(engine: DetectionEngine, name: string): Promise<readonly Detection[]> {
  const result = await engine.detect(await photograph(name), 0, detectionOptions());
  return result.detections;
}

/** How close a precision has to come to float16 in TensorFlow.js. */
const TOLERANCES: Record<string, { readonly overlap: number; readonly score: number }> = {
  float16: { overlap: 0.97, score: 0.01 },
  int8: { overlap: 0.85, score: 0.12 },
};

/** Same classes in the same order, boxes and scores as close as asked. */
function expectAgreement(
  found: readonly Detection[],
  reference: readonly Detection[],
  precision = 'float16',
): void {
  const { overlap, score } = TOLERANCES[precision] ?? { overlap: 1, score: 0 };
  expect(found.map((detection) => detection.class)).to.deep.equal(
    reference.map((detection) => detection.class),
  );
  found.forEach((detection, index) => {
    const other = reference[index];
    if (!other) throw new Error('unreachable');
    expect(intersectionOverUnion(detection.bbox, other.bbox)).to.be.above(overlap);
    expect(detection.score).to.be.closeTo(other.score, score);
  });
}

describe('DetectionEngine', function () {
  this.timeout(240_000);

  for (const { runtime, backend } of EXECUTORS) {
    if (backend === 'cpu') continue;
    describe(`in ${runtime} on ${backend}`, () => {
      let precision: string;
      const engine = new DetectionEngine();
      const reference: Record<string, readonly Detection[]> = {};

      before(async () => {
        const wasm = new DetectionEngine();
        await wasm.load(loadOptions('wasm', { runtime: 'tfjs' }));
        for (const name of PHOTOGRAPHS) reference[name] = await detections(wasm, name);
        await wasm.dispose();
        const info = await engine.load(loadOptions(backend, { runtime }));
        expect(info).to.include({ runtime, backend, reason: 'requested' });
        expect(info.failures).to.deep.equal([]);
        ({ precision } = info.model);
        expect(info.adapter).not.to.equal('');
        expect(info.model.labels).to.have.length(80);
      });

      after(() => engine.dispose());

      it('finds what is on the photographs, as WASM does', async () => {
        const names = backend === 'webgpu' ? PHOTOGRAPHS.slice(0, 2) : PHOTOGRAPHS;
        for (const name of names) {
          const found = await detections(engine, name);
          expect(found[0]?.class, name).to.equal(EXPECTED[name]);
          expectAgreement(found, reference[name] ?? [], precision);
        }
      });

      it('reads video frames like pictures', async () => {
        const bitmap = await photograph('chelsea');
        const frame = new VideoFrame(bitmap, { timestamp: 7000 });
        bitmap.close();
        const result = await engine.detect(frame, 7, detectionOptions());
        expect(result.frame).to.deep.equal({ width: 451, height: 300, timestamp: 7 });
        expectAgreement(result.detections, reference['chelsea'] ?? [], precision);
        expect(frame.format, 'the frame is closed').to.equal(null);
      });

      it('honours allow and deny lists before it chooses a class', async () => {
        const denied = await engine.detect(
          await photograph('chelsea'),
          0,
          detectionOptions({ categoryDenylist: ['cat'], scoreThreshold: 0.001 }),
        );
        expect(denied.detections.map((detection) => detection.class)).not.to.include('cat');
        expect(denied.detections).not.to.be.empty;
        const allowed = await engine.detect(
          await photograph('chelsea'),
          0,
          detectionOptions({ categoryAllowlist: ['dog'], scoreThreshold: 0.001 }),
        );
        expect(new Set(allowed.detections.map((detection) => detection.class))).to.deep.equal(
          new Set(['dog']),
        );
        const nothing = await engine.detect(
          await photograph('chelsea'),
          0,
          detectionOptions({ categoryAllowlist: ['unicorn'], scoreThreshold: 0 }),
        );
        expect(nothing.detections).to.be.empty;
      });

      it('keeps the tensor count flat and reads back at most 4 KB', async () => {
        await detections(engine, 'coffee');
        const before = await engine.stats();
        const frames = backend === 'webgpu' ? 2 : 10;
        for (let frame = 0; frame < frames; frame++) {
          const result = await engine.detect(
            await photograph('coffee'),
            frame,
            detectionOptions({ maxResults: (frame % 5) + 1 }),
          );
          expect(result.readbackBytes).to.be.at.most(4096);
          expect(result.detections.length).to.be.at.most((frame % 5) + 1);
        }
        const after = await engine.stats();
        expect(after.tensors).to.equal(before.tensors);
        expect(after.tensorBytes).to.equal(before.tensorBytes);
        expect(after.frames).to.equal(before.frames + frames);
      });

      it('closes the frame and says why when something is wrong with it', async () => {
        const bitmap = await photograph('coffee');
        bitmap.close();
        const before = (await engine.stats()).tensors;
        const failure = await engine.detect(bitmap, 0, detectionOptions()).catch((e: unknown) => e);
        expect(failure).to.have.property('name', 'SightlineError');
        expect((await engine.stats()).tensors).to.equal(before);
        expect(await detections(engine, 'coffee')).not.to.be.empty;
      });
    });
  }

  it('reads video frames on WebGPU where external textures are missing', async () => {
    const original = Object.getOwnPropertyDescriptor(GPUDevice.prototype, 'importExternalTexture');
    if (!original) throw new Error('this browser has none to take away');
    Reflect.deleteProperty(GPUDevice.prototype, 'importExternalTexture');
    const engine = new DetectionEngine();
    try {
      await engine.load(loadOptions('webgpu'));
      const bitmap = await photograph('chelsea');
      const frame = new VideoFrame(bitmap, { timestamp: 0 });
      bitmap.close();
      const { detections } = await engine.detect(frame, 0, detectionOptions());
      expect(detections[0]?.class).to.equal('cat');
    } finally {
      Object.defineProperty(GPUDevice.prototype, 'importExternalTexture', original);
      await engine.dispose();
    }
  });

  it('loads where adapters tell nothing about themselves', async () => {
    const original = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'info');
    if (!original) throw new Error('this browser has none to take away');
    Reflect.deleteProperty(GPUAdapter.prototype, 'info');
    const engine = new DetectionEngine();
    try {
      const info = await engine.load(loadOptions('webgpu'));
      expect(info.adapter).to.equal('unnamed adapter');
    } finally {
      Object.defineProperty(GPUAdapter.prototype, 'info', original);
      await engine.dispose();
    }
  });

  it('works on the plain CPU as well', async () => {
    const engine = new DetectionEngine();
    await engine.load(loadOptions('cpu'));
    expect((await detections(engine, 'chelsea'))[0]?.class).to.equal('cat');
    await engine.dispose();
  });

  it('leaves no tensor behind when it is disposed', async () => {
    const engine = new DetectionEngine();
    const before = tfEngine().state.numTensors;
    await engine.load(loadOptions('wasm'));
    await detections(engine, 'coffee');
    expect(memory().numTensors).to.be.above(before);
    await engine.dispose();
    expect(tfEngine().state.numTensors).to.equal(before);
    const refused = await engine
      .detect(await photograph('coffee'), 0, detectionOptions())
      .catch((e: unknown) => e);
    expect(refused).to.have.property('code', 'not-loaded');
  });

  it('changes its backend on a running engine', async () => {
    const engine = new DetectionEngine();
    const before = tfEngine().state.numTensors;
    const found: BackendName[] = [];
    for (const backend of ['wasm', 'webgl', 'wasm'] as const) {
      await engine.load(loadOptions(backend));
      const result = await engine.detect(await photograph('chelsea'), 0, detectionOptions());
      expect(result.detections[0]?.class).to.equal('cat');
      found.push(result.backend);
    }
    expect(found).to.deep.equal(['wasm', 'webgl', 'wasm']);
    await engine.dispose();
    expect(tfEngine().state.numTensors).to.equal(before);
  });

  it('reports progress that never falls and ends at 1', async () => {
    const engine = new DetectionEngine();
    const seen: LoadProgress[] = [];
    await engine.load(loadOptions('wasm'), { onProgress: (progress) => seen.push(progress) });
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).to.deep.equal([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).to.equal(1);
    const bytes = seen.filter(({ loadedBytes }) => loadedBytes !== undefined);
    expect(bytes.at(-1)?.loadedBytes).to.equal(bytes.at(-1)?.totalBytes);
    await engine.dispose();
  });
});
