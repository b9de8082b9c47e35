import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  modelFiles,
  type ModelEntry,
  type ModelIndex,
  type ModelVariant,
} from '../../src/domain/model-manifest.js';
import { compileModels } from '../../models/compile-models.js';
import { distDir, root } from '../../tools/root.js';

/** Forms of the models that are not what the site takes by itself. */
export type ModelForm = 'tfjs-float32' | 'litert-float16';

/** Where a form is served, with slashes at both ends. */
export function modelFormPath(form: ModelForm): string {
  return `/models-${form}/`;
}

const MAKERS: Record<ModelForm, (outDir: string, log: (line: string) => void) => Promise<unknown>> =
  {
    // Weights that are not rounded: not shipped, but they tell what the rounding costs.
    'tfjs-float32': (outDir, log) => compileModels({ outDir, log, precision: 'float32' }),
    // On WebAssembly LiteRT takes int8 where it is there.
    'litert-float16': (outDir) =>
      copyVariants(
        outDir,
        ({ runtime, precision }) => runtime === 'tflite' && precision === 'float16',
      ),
  };

/** Makes a form, and says which folder holds it. */
export async function makeModelForm(form: ModelForm, log: (line: string) => void): Promise<string> {
  const outDir = join(root, '.cache/accuracy', `models-${form}`);
  await MAKERS[form](outDir, log);
  return outDir;
}

/** The built site's models without the variants that are not wanted. */
async function copyVariants(
  outDir: string,
  isWanted: (variant: ModelVariant) => boolean,
): Promise<void> {
  const from = join(distDir, 'models');
  const index = JSON.parse(await readFile(join(from, 'index.json'), 'utf8')) as ModelIndex;
  const models = index.models.map((model): ModelEntry => ({
    ...model,
    variants: model.variants.filter(isWanted),
  }));
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  for (const { path } of models.flatMap(modelFiles)) {
    await copyFile(join(from, path), join(outDir, path));
  }
  await writeFile(join(outDir, 'index.json'), JSON.stringify({ ...index, models }));
}
