import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelEntry } from '../src/domain/model-manifest.js';
import { emitVariant } from './emit.js';
import { ModelCompileError } from './errors.js';
import type { Graph, GraphNode } from './graph/graph.js';
import type { Constant } from './graph/tensor.js';
import { readLabels } from './labels.js';
import type { CompilerManifest, Precision } from './manifest.js';
import { optimise, type OptimiseReport } from './optimise.js';
import { checkParity, worstPerOutput, type Deviation } from './parity.js';
import { loadPicture } from './pictures.js';
import { tfjsEvaluator, toArtifacts } from './tfjs/evaluator.js';
import { readGraphDef } from './tfjs/graph-def.js';
import { startRuntime, type Artifacts } from './tfjs/network.js';
import { decodeWeights } from './tfjs/weights.js';

/** What was measured while compiling; kept beside the result. */
export interface CompileReport {
  readonly graph: OptimiseReport;
  /** Largest deviation from the original per output, over all pictures. */
  readonly deviations: readonly Deviation[];
}

/**
 * Compiles one model into a folder: its files, `entry.json` (a `ModelEntry` with
 * one variant) and `report.json` (a `CompileReport`).
 *
 * @param root Root of the repository, which the pictures are relative to.
 * @throws ModelCompileError when the graph cannot be compiled, or its result
 *   differs from the original.
 */
export async function compileModel(
  manifest: CompilerManifest,
  original: Artifacts,
  precision: Precision,
  root: string,
  folder: string,
  log: (line: string) => void,
): Promise<void> {
  await startRuntime();
  const { graph, report } = optimiseOriginal(manifest, original);
  log(
    `${manifest.id}: ${report.nodesBefore} nodes became ${report.nodesAfter}, ` +
      `${report.operationsAfter} of them operations ` +
      `(${report.fusedConvolutions} fused convolutions)`,
  );
  const head = headOf(manifest);
  const labels = readLabels(manifest.labels, head.classCount);
  const compiled = compiledForms(graph);
  const pictures = await Promise.all(
    manifest.parity.pictures.map(({ path }) => loadPicture(join(root, path))),
  );
  const deviations = worstPerOutput(
    await checkParity(manifest, original, compiled, labels, pictures),
  );
  logParity(manifest.id, deviations, pictures.length, log);
  const { name, shape, scale, offset, resize } = manifest.input;
  const entry: ModelEntry = {
    id: manifest.id,
    name: manifest.name,
    licence: manifest.licence,
    origin: manifest.origin,
    input: { name, shape, scale, offset, resize },
    head,
    features: manifest.features,
    classFeatures: manifest.classFeatures,
    boxFeatures: manifest.boxFeatures,
    labels,
    variants: [await emitVariant(folder, manifest.id, precision, compiled[precision])],
  };
  const result: CompileReport = { graph: report, deviations };
  await writeFile(join(folder, 'entry.json'), JSON.stringify(entry));
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(result, null, 2)}\n`);
}

/**
 * The optimised graph of a model. `startRuntime` must have been awaited.
 *
 * @throws ModelCompileError when an output does not have the shape that the manifest promises.
 */
export function optimiseOriginal(
  manifest: CompilerManifest,
  original: Artifacts,
): { readonly graph: Graph; readonly report: OptimiseReport } {
  const { specs, data } = original.weights;
  const graph = readGraphDef(original.topology, decodeWeights(specs, data));
  const report = optimise(graph, manifest.input, manifest.outputs, tfjsEvaluator);
  const shapes = tfjsEvaluator.shapes(graph, graph.outputs);
  for (const [index, { name, shape }] of manifest.outputs.entries()) {
    const found = shapes[index] ?? [];
    if (found.join() !== shape.join()) {
      throw new ModelCompileError(
        `The output "${name}" of ${manifest.id} is [${found.join(', ')}], ` +
          `but its manifest promises [${shape.join(', ')}].`,
      );
    }
  }
  return { graph, report };
}

/** Both forms of an optimised graph, as TensorFlow.js loads them. */
export function compiledForms(graph: Graph): Readonly<Record<Precision, Artifacts>> {
  // Biases and anchors are few and every score hangs on them, so only weights of convolutions
  // and matrices are halved.
  const isWeight = (node: GraphNode, { shape }: Constant): boolean =>
    shape.length > 1 && !graph.isOutput(node.name);
  return { float32: toArtifacts(graph), float16: toArtifacts(graph, isWeight) };
}

function headOf({ id, head, outputs }: CompilerManifest): ModelEntry['head'] {
  const logits = outputs.find(({ name }) => name === head.logits);
  const [, anchorCount, classCount] = logits?.shape ?? [];
  if (anchorCount === undefined || classCount === undefined) {
    throw new ModelCompileError(
      `The manifest of ${id} should list "${head.logits}" as an output [1, anchors, classes].`,
    );
  }
  return { ...head, anchorCount, classCount };
}

function logParity(
  id: string,
  deviations: readonly Deviation[],
  pictures: number,
  log: (line: string) => void,
): void {
  for (const { precision, output, worst, tolerance } of deviations) {
    if (output !== 'scores' && output !== 'corners') continue;
    log(
      `${id}: ${precision} ${output} within ${worst.toExponential(1)} of the original ` +
        `on ${pictures} pictures (allowed ${tolerance})`,
    );
  }
}
