import { version } from '@tensorflow/tfjs-core/dist/version.js';
import { variantFiles, type ModelEntry } from '../../domain/model-manifest.js';
import { adapterInfo, describeAdapter, requestAdapter } from './adapter-info.js';

/**
 * All that decides what is fastest here, as one string: a remembered
 * probe is void as soon as it changes (another GPU, browser, core count,
 * isolation, model or TensorFlow.js).
 */
export async function probeKey({ variants }: ModelEntry): Promise<string> {
  const adapter = await requestAdapter();
  return [
    version,
    ...variants.map((variant) => variantFiles(variant)[0]?.sha256.slice(0, 12)),
    adapter ? describeAdapter(adapterInfo(adapter)) : 'no WebGPU',
    navigator.hardwareConcurrency,
    crossOriginIsolated ? 'isolated' : 'not isolated',
    navigator.userAgent,
  ].join(' | ');
}
