import type * as onnxruntime from 'onnxruntime-web';
import { toCandidates } from '../../../src/domain/candidates.js';
import { DEFAULT_DETECTION_OPTIONS } from '../../../src/domain/detection.js';
import { nonMaxSuppression } from '../../../src/domain/non-max-suppression.js';
import { selectSsdCandidates } from '../../../src/domain/ssd.js';
import type { ArmSpec } from '../arms.js';
import { ONNX_MODEL, RIVAL_FOLDERS } from '../rivals/paths.js';
import { readAnchors, readModelEntry } from './model-entry.js';
import type { PageArm, PageUrls } from './page-arm.js';
import { toPlanes } from './planes.js';

/** The published build that has a provider and nothing else. */
const BUILDS = { wasm: 'ort.wasm.min.mjs', webgpu: 'ort.webgpu.min.mjs' } as const;

/**
 * The very float32 weights in ONNX Runtime, on the page's thread, with its own
 * defaults: a canvas resizes the picture, and Sightline's own functions turn
 * the raw outputs into boxes.
 */
export async function openOnnxruntime(
  { provider }: ArmSpec & { readonly kind: 'onnxruntime' },
  urls: PageUrls,
): Promise<PageArm> {
  const folder = new URL(RIVAL_FOLDERS.onnxruntime, urls.rivals).href;
  const { InferenceSession, Tensor, env } = (await import(
    new URL(BUILDS[provider], folder).href
  )) as typeof onnxruntime;
  env.wasm.wasmPaths = folder;
  const session = await InferenceSession.create(
    new URL(RIVAL_FOLDERS.models + ONNX_MODEL, urls.rivals).href,
    { executionProviders: [provider] },
  );
  const entry = await readModelEntry(urls);
  const { head, labels, input } = entry;
  const anchors = await readAnchors(entry, urls);
  const permitted = Uint8Array.from(labels, (label) => (label === null ? 0 : 1));
  const [, height, width] = input.shape;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('onnxruntime-web: no canvas');
  const detect: PageArm['detect'] = async (picture) => {
    context.drawImage(picture, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const planes = toPlanes(data, 4, input.scale, input.offset);
    const image = new Tensor('float32', planes, [1, 3, height, width]);
    const outputs = await session.run({ [input.name]: image });
    const [logits, boxes] = [head.logits, head.boxEncodings].map(
      (name) => outputs[name]?.data as Float32Array,
    );
    if (!logits || !boxes) throw new Error('onnxruntime-web: no outputs');
    const rows = selectSsdCandidates(head, logits, boxes, anchors, permitted);
    const candidates = toCandidates(rows, labels, picture.width, picture.height);
    return nonMaxSuppression(candidates, DEFAULT_DETECTION_OPTIONS);
  };
  await detect(document.createElement('canvas'));
  const version = env.versions.web ?? '';
  return {
    adapter: `onnxruntime-web ${version}, ${provider}, ${env.wasm.numThreads ?? 0} threads`,
    detect,
    counts: () => Promise.resolve(globalThis.probeCounts()),
    assertIntact: () => {
      // It falls back to WebAssembly without a word.
      if (provider === 'webgpu' && globalThis.probeCounts().dispatches === 0) {
        throw new Error('onnxruntime-web does not run on WebGPU');
      }
    },
    close: () => session.release(),
  };
}
