import '@tensorflow/tfjs-backend-webgpu/dist/flags_webgpu.js';
import { registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { SightlineError } from '../../domain/errors.js';
import { adapterInfo, describeAdapter, isSoftwareAdapter, requestAdapter } from './adapter-info.js';
import type { BackendEnvironment, OpenBackend } from './backend.js';
import './kernels-webgpu.js';

/** An open WebGPU backend, with what custom shaders need. */
export interface OpenWebgpuBackend extends OpenBackend {
  readonly name: 'webgpu';
  readonly device: GPUDevice;
  readonly backend: WebGPUBackend;
}

/**
 * Opens WebGPU on a device of our own, so that its loss is ours to notice:
 * tfjs-backend-webgpu 4.22 does not handle a lost device at all.
 */
export async function openWebgpu(environment: BackendEnvironment): Promise<OpenWebgpuBackend> {
  const adapter = await requestAdapter();
  if (!adapter) throw new SightlineError('backend-unavailable', 'WebGPU: no adapter');
  const info = adapterInfo(adapter);
  const software = isSoftwareAdapter(info);
  if (software && !environment.allowSoftware) {
    throw new SightlineError('backend-unavailable', 'WebGPU: only a software adapter');
  }
  const device = await adapter.requestDevice(deviceDescriptor(adapter));
  const backend = new WebGPUBackend(device, info);
  registerBackend('webgpu', () => backend);
  if (!(await setBackend('webgpu'))) {
    removeBackend('webgpu');
    device.destroy();
    throw new SightlineError('backend-unavailable', 'WebGPU: the backend did not start');
  }
  const watch = watchDevice(device);
  return {
    name: 'webgpu',
    adapter: describeAdapter(info),
    software,
    device,
    backend,
    lost: watch.lost,
    gpuBytes: () => backend.memory().numBytesAllocatedInGPU,
    dispose: () => {
      watch.stop();
      removeBackend('webgpu');
      device.destroy();
    },
  };
}

/**
 * A device is as good as lost when it reports an error that nobody asked for:
 * WebGPU drops the faulty commands silently, and the network would go on with
 * the pixels of an earlier frame.
 */
function watchDevice(device: GPUDevice): { lost: Promise<string>; stop: () => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const lost = new Promise<string>((resolve) => {
    void device.lost.then(({ reason, message }) => {
      if (!signal.aborted) resolve(`${reason} ${message}`.trim());
    });
    device.addEventListener(
      'uncapturederror',
      ({ error }) => {
        resolve(error.message);
      },
      { signal },
    );
  });
  return {
    lost,
    stop: () => {
      controller.abort();
    },
  };
}

function deviceDescriptor(adapter: GPUAdapter): GPUDeviceDescriptor {
  const { limits } = adapter;
  return {
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  };
}
