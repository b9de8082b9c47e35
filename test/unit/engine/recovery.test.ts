import { engine as tfEngine } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import {
  NoticeLog,
  detectionOptions,
  loadOptions,
  photograph,
} from '../../support/engine-fixtures.js';

/** Watches for the device that the engine makes, so that a test can take it away. */
function watchDevices(): { latest: () => GPUDevice; restore: () => void } {
  const prototype = GPUAdapter.prototype;
  const original = Object.getOwnPropertyDescriptor(prototype, 'requestDevice');
  if (!original) throw new Error('no requestDevice');
  const requestDevice = original.value as GPUAdapter['requestDevice'];
  let device: GPUDevice | undefined;
  prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    device = await requestDevice.call(this, descriptor);
    return device;
  };
  return {
    latest: () => {
      if (!device) throw new Error('no device was made');
      return device;
    },
    restore: () => Object.defineProperty(prototype, 'requestDevice', original),
  };
}

async function firstClass(engine: DetectionEngine): Promise<string | undefined> {
  const result = await engine.detect(await photograph('chelsea'), 0, detectionOptions());
  return result.detections[0]?.class;
}

describe('A lost device', function () {
  this.timeout(240_000);

  it('is what a device counts as that refuses a command', async () => {
    const devices = watchDevices();
    const log = new NoticeLog();
    const engine = new DetectionEngine(log.notify);
    const before = tfEngine().state.numTensors;
    try {
      await engine.load(loadOptions('webgpu'));
      const broken = devices.latest();
      // As after a driver's fault: nobody asks for this error, and nothing after it can be trusted.
      broken.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE });
      // The browser tells of it with the next thing that it hears from the device.
      await broken.queue.onSubmittedWorkDone();
      const notice = await log.next('recovered');
      expect(notice).to.have.nested.property('info.backend', 'webgpu');
      expect(log.notices[0]).to.have.property('detail').that.includes('GPUValidationError');
      expect(devices.latest()).not.to.equal(broken);
      expect(await firstClass(engine)).to.equal('cat');
    } finally {
      devices.restore();
      await engine.dispose();
    }
    expect(tfEngine().state.numTensors).to.equal(before);
  });

  it('is replaced on WebGPU, even in the middle of a frame', async () => {
    const devices = watchDevices();
    const log = new NoticeLog();
    const engine = new DetectionEngine(log.notify);
    const before = tfEngine().state.numTensors;
    try {
      await engine.load(loadOptions('webgpu'));
      const underWay = engine
        .detect(await photograph('chelsea'), 0, detectionOptions())
        .catch((e: unknown) => e);
      // One turn, so that the frame is on the device when it goes.
      await new Promise((resolve) => setTimeout(resolve, 50));
      devices.latest().destroy();
      expect(await underWay).to.have.property('code', 'device-lost');
      const notice = await log.next('recovered');
      expect(notice).to.have.nested.property('info.backend', 'webgpu');
      expect(log.notices[0]?.kind).to.equal('device-lost');
      expect(await firstClass(engine)).to.equal('cat');
      expect((await engine.stats()).recoveries).to.equal(1);
    } finally {
      devices.restore();
      await engine.dispose();
    }
    expect(tfEngine().state.numTensors).to.equal(before);
  });

  it('is replaced by another backend when it cannot be had again', async () => {
    const devices = watchDevices();
    const log = new NoticeLog();
    const engine = new DetectionEngine(log.notify);
    const requestAdapter = Object.getOwnPropertyDescriptor(GPU.prototype, 'requestAdapter');
    try {
      await engine.load(loadOptions('webgpu'));
      GPU.prototype.requestAdapter = () => Promise.resolve(null);
      devices.latest().destroy();
      const notice = await log.next('recovered');
      expect(notice).to.have.nested.property('info.backend', 'wasm');
      expect(notice).to.have.nested.property('info.reason', 'fallback');
      expect(notice).to.have.nested.property('info.failures[0].backend', 'webgpu');
      expect(await firstClass(engine)).to.equal('cat');
    } finally {
      if (requestAdapter) Object.defineProperty(GPU.prototype, 'requestAdapter', requestAdapter);
      devices.restore();
      await engine.dispose();
    }
  });

  it('is replaced on WebGL', async () => {
    const contexts: WebGL2RenderingContext[] = [];
    const original = Object.getOwnPropertyDescriptor(OffscreenCanvas.prototype, 'getContext');
    if (!original) throw new Error('no getContext');
    const getContext = original.value as (...parameters: unknown[]) => unknown;
    OffscreenCanvas.prototype.getContext = function (
      this: OffscreenCanvas,
      ...parameters: unknown[]
    ) {
      const context = getContext.apply(this, parameters);
      if (context instanceof WebGL2RenderingContext) contexts.push(context);
      return context;
    } as typeof OffscreenCanvas.prototype.getContext;
    const log = new NoticeLog();
    const engine = new DetectionEngine(log.notify);
    try {
      await engine.load(loadOptions('webgl'));
      contexts
        .filter((context) => !context.isContextLost())
        .forEach((context) => context.getExtension('WEBGL_lose_context')?.loseContext());
      const notice = await log.next('recovered');
      expect(notice).to.have.nested.property('info.backend', 'webgl');
      expect(await firstClass(engine)).to.equal('cat');
    } finally {
      Object.defineProperty(OffscreenCanvas.prototype, 'getContext', original);
      await engine.dispose();
    }
  });
});
