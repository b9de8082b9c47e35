import type * as vision from '@mediapipe/tasks-vision';
import { DEFAULT_DETECTION_OPTIONS, type Detection } from '../../../src/domain/detection.js';
import type { ArmSpec } from '../arms.js';
import { NO_LABEL, RIVAL_FOLDERS } from '../rivals/paths.js';
import type { PageArm, PageUrls } from './page-arm.js';

/** `ObjectDetector` of MediaPipe Tasks, on the page's thread, which is where its makers show it. */
export async function openMediapipe(
  { delegate, model }: ArmSpec & { readonly kind: 'mediapipe' },
  urls: PageUrls,
): Promise<PageArm> {
  const folder = new URL(RIVAL_FOLDERS.mediapipe, urls.rivals);
  const { ObjectDetector } = (await import(
    new URL('vision_bundle.mjs', folder).href
  )) as typeof vision;
  const { maxResults, scoreThreshold } = DEFAULT_DETECTION_OPTIONS;
  const response = await fetch(new URL(RIVAL_FOLDERS.models + model, urls.rivals));
  const detector = await ObjectDetector.createFromOptions(
    {
      wasmLoaderPath: new URL('wasm/vision_wasm_internal.js', folder).href,
      wasmBinaryPath: new URL('wasm/vision_wasm_internal.wasm', folder).href,
    },
    {
      baseOptions: { modelAssetBuffer: new Uint8Array(await response.arrayBuffer()), delegate },
      runningMode: 'IMAGE',
      maxResults,
      scoreThreshold,
      categoryDenylist: [NO_LABEL],
    },
  );
  return {
    adapter: `MediaPipe Tasks, ${delegate} delegate`,
    detect: (picture) => Promise.resolve(toDetections(detector.detect(picture))),
    counts: () => Promise.resolve(globalThis.probeCounts()),
    assertIntact: () => undefined,
    close: () => {
      detector.close();
      return Promise.resolve();
    },
  };
}

function toDetections({ detections }: vision.ObjectDetectorResult): Detection[] {
  return detections.flatMap(({ boundingBox, categories: [category] }) => {
    if (boundingBox === undefined || category === undefined) return [];
    const { originX, originY, width, height } = boundingBox;
    return {
      bbox: [originX, originY, width, height],
      class: category.categoryName,
      score: category.score,
    };
  });
}
