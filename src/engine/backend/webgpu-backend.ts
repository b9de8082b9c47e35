import '@tensorflow/tfjs-backend-webgpu/dist/flags_webgpu.js';
import { registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { SightlineError } from '../../domain/errors.js';
import { adapterInfo, describeAdapter, isSoftwareAdapter, requestAdapter } from './adapter-info.js';
import { NEVER, type BackendEnvironment, type OpenBackend } from './backend.js';
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
    holder: 'webgpu',
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
 * Tells when a device is lost, unless we let go of it ourselves. A command that
 * the device refuses (no memory, a driver's fault) counts as well: nothing that
 * comes after it can be relied on.
 */
function watchDevice(device: GPUDevice): { lost: Promise<string>; stop: () => void } {
  let stopped = false;
  let refuse: (event: GPUUncapturedErrorEvent) => void = () => undefined;
  const refused = new Promise<string>((resolve) => {
    refuse = ({ error }) => {
      resolve(`${error.constructor.name} ${error.message}`);
    };
  });
  device.addEventListener('uncapturederror', refuse);
  const gone = device.lost.then(({ reason, message }) => `${reason} ${message}`.trim());
  return {
    lost: Promise.race([gone, refused]).then((reason) => (stopped ? NEVER : reason)),
    stop: () => {
      stopped = true;
      device.removeEventListener('uncapturederror', refuse);
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
