import type { ModelEntry, ModelIndex } from '../../../src/domain/model-manifest.js';
import type { PageUrls } from './page-arm.js';

/** What the built site says about coco-ssd. */
export async function readModelEntry(urls: PageUrls): Promise<ModelEntry> {
  const response = await fetch(new URL('models/index.json', urls.element));
  const { models } = (await response.json()) as ModelIndex;
  const entry = models.find(({ id }) => id === 'coco-ssd');
  if (entry === undefined) throw new Error('the site has no coco-ssd');
  return entry;
}

/** The anchors of its head, `anchorCount * 4` (centre y, centre x, height, width). */
export async function readAnchors(entry: ModelEntry, urls: PageUrls): Promise<Float32Array> {
  const constants = entry.variants.flatMap((variant) =>
    variant.runtime === 'tflite' ? variant.constants : [],
  );
  const anchors = constants.find(({ name }) => name === entry.head.anchors);
  if (anchors === undefined) throw new Error('the site has no anchors');
  const response = await fetch(new URL(`models/${anchors.file.path}`, urls.element));
  return new Float32Array(await response.arrayBuffer());
}
