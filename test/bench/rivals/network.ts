import { join } from 'node:path';
import { optimiseOriginal } from '../../../models/compile-model.js';
import type { Graph } from '../../../models/graph/graph.js';
import { readManifest, type CompilerManifest } from '../../../models/manifest.js';
import { fetchPackage } from '../../../models/source/fetch-package.js';
import { loadOriginal } from '../../../models/source/load-original.js';
import { tfjsEvaluator } from '../../../models/tfjs/evaluator.js';
import { startRuntime } from '../../../models/tfjs/network.js';
import { detectionOutputs } from '../../../models/tflite/compile-tflite.js';
import { lowerGraph } from '../../../models/tflite/lower.js';
import type { LiteModel } from '../../../models/tflite/model.js';
import { root } from '../../../tools/root.js';

/** The network that Sightline runs, before anything is halved or quantised. */
export interface FloatNetwork {
  readonly manifest: CompilerManifest;
  readonly graph: Graph;
  /** The part that detects, its outputs the logits and the box encodings. */
  readonly model: LiteModel;
}

/** Compiles coco-ssd's published weights as the build does, up to float32. */
export async function floatNetwork(): Promise<FloatNetwork> {
  const manifest = await readManifest(join(root, 'models/coco-ssd/manifest.json'));
  const packages = join(root, '.cache/packages');
  const archive = await fetchPackage(manifest.source, packages, () => undefined);
  await startRuntime();
  const original = await loadOriginal(archive, manifest.source.topology);
  const { graph } = optimiseOriginal(manifest, original);
  return { manifest, graph, model: lowerGraph(graph, detectionOutputs(manifest), tfjsEvaluator) };
}
