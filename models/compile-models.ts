import { copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  MODEL_INDEX_VERSION,
  modelFiles,
  type ModelEntry,
  type ModelFile,
  type ModelIndex,
} from '../src/domain/model-manifest.js';
import { buildOnce, contentKey, exists, removeStale, replaceFolder } from './cache.js';
import { sha256 } from './emit.js';
import { ModelCompileError } from './errors.js';
import { labelFile } from './labels.js';
import { readManifest, type CompilerManifest, type Precision } from './manifest.js';

export interface CompileOptions {
  /** Folder for `index.json` and the files it names. It is replaced as a whole. */
  readonly outDir: string;
  /** Receives lines of progress. */
  readonly log: (line: string) => void;
  /** `float16` unless said otherwise, which is what is shipped. */
  readonly precision?: Precision;
  /** Compile even what the cache holds. */
  readonly force?: boolean;
  /** Paths of manifests; all of `models/<id>/manifest.json` when absent. */
  readonly manifests?: readonly string[];
  /** Folder for archives and compiled models; `.cache` in the repository when absent. */
  readonly cacheDir?: string;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);

/** Files outside this folder that the compiler's result depends on. */
const DOMAIN_SOURCES = [
  'candidates.ts',
  'cut-bytes.ts',
  'detector-head/layout.ts',
  'float16.ts',
  'legacy-resize.ts',
  'model-manifest.ts',
  'ssd.ts',
];
const RUNTIME_PACKAGES = [
  '@litertjs/core',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-converter',
  '@tensorflow/tfjs-backend-wasm',
];

/**
 * Compiles the models for the engine, each proven against its original, or takes
 * them from the cache when nothing that they depend on has changed. `outDir` is
 * only touched when all models are ready.
 *
 * @returns What was written to `index.json`.
 * @throws ModelCompileError with a message that says what to do.
 */
export async function compileModels(options: CompileOptions): Promise<ModelIndex> {
  const { log, precision = 'float16', force = false } = options;
  const cacheDir = options.cacheDir ?? join(ROOT, '.cache');
  const outDir = resolve(options.outDir);
  await requireReplaceable(outDir);
  const files: { readonly from: string; readonly file: ModelFile }[] = [];
  const models: ModelEntry[] = [];
  for (const path of options.manifests ?? (await allManifests())) {
    const manifest = await readManifest(path);
    const folder = await compiledFolder(path, manifest, precision, cacheDir, force, log);
    const entry = await readEntry(folder);
    models.push(entry);
    for (const file of modelFiles(entry)) files.push({ from: join(folder, file.path), file });
  }
  const index: ModelIndex = { version: MODEL_INDEX_VERSION, models };
  const json = `${JSON.stringify(index, null, 2)}\n`;
  const shown = relative(process.cwd(), outDir);
  if (await isUpToDate(outDir, json, files)) {
    log(`${shown}: up to date`);
    return index;
  }
  await replaceFolder(outDir, async (folder) => {
    for (const { from, file } of files) await copyFile(from, join(folder, file.path));
    await writeFile(join(folder, 'index.json'), json);
  });
  const bytes = files.reduce((sum, { file }) => sum + file.bytes, 0);
  log(`${shown}: ${files.length} files, ${(bytes / 1e6).toFixed(2)} MB`);
  return index;
}

/** The folder in the cache that holds a model in its present form, filled if it is not there. */
async function compiledFolder(
  path: string,
  manifest: CompilerManifest,
  precision: Precision,
  cacheDir: string,
  force: boolean,
  log: (line: string) => void,
): Promise<string> {
  const models = join(cacheDir, 'models');
  const prefix = `${manifest.id}.${precision}.`;
  const name = prefix + (await keyOf(path, manifest));
  const folder = join(models, name);
  if (force || !(await isIntact(folder))) await rm(folder, { recursive: true, force: true });
  const built = await buildOnce(folder, async (temporary) => {
    // Loaded only when needed: TensorFlow.js alone takes longer to start than all of a cached run.
    const [{ fetchPackage }, { loadOriginal }, { compileModel }] = await Promise.all([
      import('./source/fetch-package.js'),
      import('./source/load-original.js'),
      import('./compile-model.js'),
    ]);
    const archive = await fetchPackage(manifest.source, join(cacheDir, 'packages'), log);
    const original = await loadOriginal(archive, manifest.source.topology);
    await compileModel(manifest, original, precision, ROOT, temporary, log);
  });
  if (!built) log(`${manifest.id}: unchanged, taken from the cache`);
  const isOldForm = (other: string): boolean =>
    other !== name && /^[0-9a-f]{32}$/.test(other.replace(prefix, ''));
  await removeStale(models, isOldForm);
  return folder;
}

/** Everything that decides what the compiled model is, and whether it is right. */
async function keyOf(path: string, manifest: CompilerManifest): Promise<string> {
  const require = createRequire(import.meta.url);
  const versions = RUNTIME_PACKAGES.map((name) => {
    const { version } = require(`${name}/package.json`) as { version: string };
    return `${name}@${version}`;
  });
  const sources = (await readdir(HERE, { recursive: true }))
    .filter((file) => file.endsWith('.ts'))
    .sort();
  return contentKey(
    [...versions, ...sources],
    [
      path,
      ...sources.map((file) => join(HERE, file)),
      ...DOMAIN_SOURCES.map((file) => join(ROOT, 'src/domain', file)),
      labelFile(manifest.labels.module),
      ...manifest.parity.pictures.map((picture) => join(ROOT, picture.path)),
    ],
  );
}

async function allManifests(): Promise<readonly string[]> {
  const folders = (await readdir(HERE)).map((name) => join(HERE, name, 'manifest.json'));
  const found = await Promise.all(folders.map(exists));
  return folders.filter((_, index) => found[index]).sort();
}

async function readEntry(folder: string): Promise<ModelEntry> {
  return JSON.parse(await readFile(join(folder, 'entry.json'), 'utf8')) as ModelEntry;
}

/** Whether a cached model is all there, byte by byte. */
async function isIntact(folder: string): Promise<boolean> {
  try {
    for (const file of modelFiles(await readEntry(folder))) {
      if (sha256(await readFile(join(folder, file.path))) !== file.sha256) return false;
    }
    return true;
  } catch {
    return false;
  }
}

async function isUpToDate(
  outDir: string,
  json: string,
  files: readonly { readonly file: ModelFile }[],
): Promise<boolean> {
  try {
    const sizes = await Promise.all(
      files.map(async ({ file }) => (await stat(join(outDir, file.path))).size === file.bytes),
    );
    return sizes.every(Boolean) && (await readFile(join(outDir, 'index.json'), 'utf8')) === json;
  } catch {
    return false;
  }
}

/** Guards against replacing a folder that holds something else than compiled models. */
async function requireReplaceable(outDir: string): Promise<void> {
  const present = await readdir(outDir).catch((): string[] => []);
  if (present.length === 0 || present.includes('index.json')) return;
  throw new ModelCompileError(
    `${outDir} holds files, but no index.json of compiled models. ` +
      `Choose another folder: this one would be replaced as a whole.`,
  );
}
