import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LiteVariant, ModelEntry } from '../src/domain/model-manifest.js';
import { emitConstant, emitLiteVariant, emitTfjsVariant } from './emit.js';
import { ModelCompileError } from './errors.js';
import type { Graph, GraphNode } from './graph/graph.js';
import type { Constant } from './graph/tensor.js';
import { readLabels } from './labels.js';
import type { CompilerManifest, Precision } from './manifest.js';
import { optimise, type OptimiseReport } from './optimise.js';
import { checkParity, worstPerOutput, type Deviation } from './parity.js';
import { loadPicture, type Picture } from './pictures.js';
import { makeSelfTest } from './self-test.js';
import { tfjsEvaluator, toArtifacts } from './tfjs/evaluator.js';
import { readGraphDef } from './tfjs/graph-def.js';
import { startRuntime, type Artifacts } from './tfjs/network.js';
import { decodeWeights } from './tfjs/weights.js';
import { compileTflite } from './tflite/compile-tflite.js';
import { proveTflite, type LiteDeviation } from './tflite/prove.js';

/** What was measured while compiling; kept beside the result. */
export interface CompileReport {
  readonly graph: OptimiseReport;
  /** Largest deviation from the original per output, over all pictures. */
  readonly deviations: readonly Deviation[];
  /** Those of the TensorFlow Lite forms from the graph, on each picture. */
  readonly liteDeviations: readonly LiteDeviation[];
}

/**
 * Compiles one model into a folder: its files, `entry.json` (a `ModelEntry` with a
 * variant per runtime and precision) and `report.json` (a `CompileReport`).
 *
 * @param precision Of the variant for TensorFlow.js.
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
  const lite = await compileLite(manifest, graph, pictures, folder, log);
  const { name, shape, scale, offset, resize } = manifest.input;
  const entry: ModelEntry = {
    id: manifest.id,
    name: manifest.name,
    licence: manifest.licence,
    origin: manifest.origin,
    input: { name, shape, scale, offset, resize },
    head,
    features: manifest.features,
    regions: manifest.regions,
    classFeatures: manifest.classFeatures,
    classShapes: manifest.classFeatures.map(
      (feature) => manifest.outputs.find(({ name }) => name === feature)?.shape ?? [],
    ),
    boxFeatures: manifest.boxFeatures,
    labels,
    variants: [
      ...lite.variants,
      await emitTfjsVariant(folder, manifest.id, precision, compiled[precision]),
    ],
    selfTest: await makeSelfTest(
      manifest,
      head,
      labels,
      graph,
      join(root, manifest.parity.pictures[0]?.path ?? ''),
      folder,
    ),
  };
  const result: CompileReport = { graph: report, deviations, liteDeviations: lite.deviations };
  await writeFile(join(folder, 'entry.json'), JSON.stringify(entry));
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(result, null, 2)}\n`);
}

/** The forms for LiteRT, proven, where the manifest asks for them. */
async function compileLite(
  manifest: CompilerManifest,
  graph: Graph,
  pictures: readonly Picture[],
  folder: string,
  log: (line: string) => void,
): Promise<{
  readonly variants: readonly LiteVariant[];
  readonly deviations: readonly LiteDeviation[];
}> {
  const { id, head, tflite } = manifest;
  if (tflite === undefined) return { variants: [], deviations: [] };
  const forms = compileTflite(manifest, graph, pictures);
  const deviations = await proveTflite(manifest, graph, forms, pictures, tflite.tolerance);
  const [anchors] = tfjsEvaluator.values(graph, [head.anchors]);
  if (anchors?.dtype !== 'float32') {
    throw new ModelCompileError(`The anchors "${head.anchors}" of ${id} are no constant numbers.`);
  }
  const constant = await emitConstant(folder, id, head.anchors, anchors);
  const variants: LiteVariant[] = [];
  for (const form of forms) {
    variants.push(await emitLiteVariant(folder, id, form, [constant]));
    const scores = deviations
      .filter(({ precision, output }) => precision === form.precision && output === 'scores')
      .map(({ value }) => value);
    log(
      `${id}: TensorFlow Lite ${form.precision} scores within ` +
        `${Math.max(...scores).toExponential(1)} of the graph on ${pictures.length} pictures`,
    );
  }
  return { variants, deviations };
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
