import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LiteVariant, ModelEntry, ModelIndex } from '../../../src/domain/model-manifest.js';
import { distDir, root } from '../../../tools/root.js';
import { GIVEN_MODEL, mediapipeModel, type ArmSpec, type BenchArm } from '../arms.js';
import type { ExtraFolders } from '../instrument-site.js';
import { toMediapipeTask } from './mediapipe/task.js';
import { floatNetwork } from './network.js';
import { toOnnx } from './onnx/lower.js';
import { writeOnnx } from './onnx/write.js';
import { NO_LABEL, ONNX_MODEL, RIVAL_FOLDERS, RIVALS_PATH } from './paths.js';

const require = createRequire(import.meta.url);

/**
 * Writes the models that the arms ask for.
 *
 * @param given Path of the user's own model for MediaPipe.
 * @returns Folders to serve: the models, and the other runtimes as they are published.
 */
export async function prepareRivals(
  arms: readonly BenchArm[],
  given: string | undefined,
): Promise<ExtraFolders> {
  const models = join(root, '.cache/bench/rivals');
  await mkdir(models, { recursive: true });
  for (const { spec } of arms) await prepareModel(spec, models, given);
  return {
    [RIVALS_PATH + RIVAL_FOLDERS.models]: models,
    // Its main file lies beside all others.
    [RIVALS_PATH + RIVAL_FOLDERS.onnxruntime]: dirname(require.resolve('onnxruntime-web')),
    [RIVALS_PATH + RIVAL_FOLDERS.mediapipe]: dirname(require.resolve('@mediapipe/tasks-vision')),
  };
}

async function prepareModel(
  spec: ArmSpec,
  folder: string,
  given: string | undefined,
): Promise<void> {
  if (spec.kind === 'onnxruntime') {
    const { model } = await floatNetwork();
    await writeFile(join(folder, ONNX_MODEL), await writeOnnx(toOnnx(model)));
  }
  if (spec.kind !== 'mediapipe') return;
  const target = join(folder, spec.model);
  if (spec.model === GIVEN_MODEL && given !== undefined) await copyFile(given, target);
  else await writeFile(target, await ownTask(spec.model));
}

/**
 * The very file that Sightline runs in LiteRT, with what MediaPipe has to know about it.
 *
 * @param name One of `mediapipeModel`.
 */
export async function ownTask(name: string): Promise<Uint8Array> {
  const index = JSON.parse(await readFile(modelPath('index.json'), 'utf8')) as ModelIndex;
  for (const entry of index.models) {
    for (const variant of entry.variants) {
      if (variant.runtime === 'tflite' && mediapipeModel(variant.precision) === name) {
        return taskOf(entry, variant);
      }
    }
  }
  throw new Error(`nothing was built that "${name}" could be made of`);
}

async function taskOf(entry: ModelEntry, variant: LiteVariant): Promise<Uint8Array> {
  const { head, input, labels } = entry;
  const anchors = variant.constants.find(({ name }) => name === head.anchors);
  if (anchors === undefined) throw new Error('the anchors were not built');
  const bytes = Uint8Array.from(await readFile(modelPath(anchors.file.path)));
  const parts = [variant.detect, ...variant.weights].map(({ path }) => readFile(modelPath(path)));
  return toMediapipeTask(
    Buffer.concat(await Promise.all(parts)),
    { input, head, anchors: new Float32Array(bytes.buffer) },
    labels.map((label, column) => label ?? (column === 0 ? NO_LABEL : `no label ${column}`)),
  );
}

function modelPath(path: string): string {
  return join(distDir, 'models', path);
}
