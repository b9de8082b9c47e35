import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { compileModels } from '../../../models/compile-models.js';
import { ParityError } from '../../../models/parity.js';
import { modelFiles, type ModelIndex } from '../../../src/domain/model-manifest.js';
import { startRegistry, useRegistry, type Registry } from './support/registry.js';
import { makeTinyDetector, type TinyDetector } from './support/tiny-detector.js';

describe('compileModels', () => {
  let folder: string;
  let outDir: string;
  let cacheDir: string;
  let detector: TinyDetector;
  let registry: Registry;
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'compile-models-'));
    outDir = join(folder, 'out/models');
    cacheDir = join(folder, 'cache');
    detector = await makeTinyDetector(join(folder, 'detector'));
    registry = await startRegistry('tiny-detector', '1.0.0', detector.archive);
    useRegistry(registry.url, join(folder, 'npm'));
    lines = [];
  });

  afterEach(async () => {
    registry.close();
    await rm(folder, { recursive: true, force: true });
  });

  function compile(options: { precision?: 'float32'; force?: boolean } = {}): Promise<ModelIndex> {
    const manifests = [detector.manifestPath];
    lines = [];
    const log = (line: string): void => {
      lines.push(line);
    };
    return compileModels({ outDir, cacheDir, manifests, log, ...options });
  }

  /** Rewrites the manifest with some parts replaced. */
  async function changeManifest(change: object): Promise<void> {
    await writeFile(detector.manifestPath, JSON.stringify({ ...detector.manifest, ...change }));
  }

  test('writes an index and the files it names, and nothing else', async () => {
    const index = await compile();
    assert.deepEqual(JSON.parse(await readFile(join(outDir, 'index.json'), 'utf8')), index);
    const [model] = index.models;
    assert.ok(model);
    assert.deepEqual(model.labels, [null, 'thing', 'other']);
    assert.deepEqual(model.head, {
      kind: 'ssd',
      logits: 'logits',
      boxEncodings: 'boxes',
      anchors: 'anchors',
      anchorCount: 48,
      classCount: 3,
      boxScales: [2, 2, 4, 4],
    });
    assert.deepEqual(Object.keys(model.input), ['name', 'shape', 'scale', 'offset', 'resize']);
    const files = modelFiles(model);
    for (const { path, bytes, sha256 } of files) {
      const content = await readFile(join(outDir, path));
      assert.equal(content.length, bytes);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256);
      assert.ok(path.includes(sha256.slice(0, 16)));
    }
    const names = files.map(({ path }) => path);
    assert.deepEqual((await readdir(outDir)).sort(), ['index.json', ...names].sort());
    assert.deepEqual(await readdir(join(folder, 'out')), ['models']);
    assert.match(lines.join('\n'), /3 fused convolutions/);
  });

  test('takes the second run from the cache, also without the output folder', async () => {
    const first = await compile();
    registry.close();
    assert.deepEqual(await compile(), first);
    assert.match(lines.join('\n'), /taken from the cache\n.*up to date/);
    await rm(outDir, { recursive: true });
    assert.deepEqual(await compile(), first);
    assert.match(lines.join('\n'), /taken from the cache\n.*3 files/);
    await compile({ force: true });
    assert.match(lines.join('\n'), /fused convolutions/);
  });

  test('compiles anew when the manifest changes, and keeps one form in the cache', async () => {
    const [before] = (await compile()).models;
    await changeManifest({ name: 'Renamed' });
    const [after] = (await compile()).models;
    assert.equal(after?.name, 'Renamed');
    assert.deepEqual(after.variants, before?.variants);
    assert.equal((await readdir(join(cacheDir, 'models'))).length, 1);
  });

  test('compiles anew what went bad in the cache', async () => {
    const first = await compile();
    const [form = ''] = await readdir(join(cacheDir, 'models'));
    const shard = first.models[0]?.variants[0]?.weights[0]?.path ?? '';
    await writeFile(join(cacheDir, 'models', form, shard), 'rubbish');
    assert.deepEqual(await compile(), first);
    assert.match(lines.join('\n'), /fused convolutions/);
  });

  test('makes a float32 variant beside the float16 one', async () => {
    const half = (await compile()).models[0]?.variants[0];
    const full = (await compile({ precision: 'float32' })).models[0]?.variants[0];
    assert.ok(half && full);
    assert.equal(half.precision, 'float16');
    assert.equal(full.precision, 'float32');
    assert.ok((half.weights[0]?.bytes ?? Infinity) < (full.weights[0]?.bytes ?? 0));
    assert.equal((await readdir(join(cacheDir, 'models'))).length, 2);
    assert.ok((await readdir(outDir)).every((name) => !name.includes('float16')));
  });

  test('stops at a deviation from the original and leaves everything as it was', async () => {
    await compile();
    const before = await readFile(join(outDir, 'index.json'), 'utf8');
    const { parity, head } = detector.manifest;
    await changeManifest({ head: { ...head, boxScales: [2, 2, 4, 4.01] } });
    await assert.rejects(compile(), (failure: unknown) => {
      assert.ok(failure instanceof ParityError);
      const [worst] = failure.deviations;
      assert.ok(worst);
      assert.equal(worst.output, 'corners');
      assert.equal(worst.picture, 'chelsea.jpg');
      assert.equal(worst.node, parity.corners);
      assert.ok(worst.worst > worst.tolerance);
      assert.match(
        failure.message,
        /tiny float32: corners differs by .* on chelsea\.jpg .*"corners"/,
      );
      return true;
    });
    assert.equal(await readFile(join(outDir, 'index.json'), 'utf8'), before);
    assert.equal((await readdir(join(cacheDir, 'models'))).length, 1);
  });

  test('stops when a picture does not show what the manifest says', async () => {
    const { parity } = detector.manifest;
    const pictures = [{ path: 'test/fixtures/chelsea.jpg', shows: 'other' }];
    await changeManifest({ parity: { ...parity, pictures } });
    await assert.rejects(compile(), /sees "thing" .* on chelsea\.jpg, where "other"/);
  });

  test('stops when an output has another shape than promised', async () => {
    const [logits, ...others] = detector.manifest.outputs;
    await changeManifest({ outputs: [{ ...logits, shape: [1, 48, 4] }, ...others] });
    await assert.rejects(compile(), /"logits" of tiny is \[1, 48, 3\].*promises \[1, 48, 4\]/);
  });

  test('names the field of a manifest that is wrong', async () => {
    const { source } = detector.manifest;
    await changeManifest({ source: { ...source, version: '--registry=evil' } });
    await assert.rejects(compile(), /manifest\.json › source › version should be/);
    await changeManifest({ features: undefined });
    await assert.rejects(compile(), /manifest\.json lacks "features"/);
  });

  test('does not replace a folder that holds something else', async () => {
    await mkdir(outDir, { recursive: true });
    await writeFile(join(outDir, 'thesis.txt'), 'years of work');
    await assert.rejects(compile(), /holds files, but no index\.json/);
    assert.equal(await readFile(join(outDir, 'thesis.txt'), 'utf8'), 'years of work');
  });
});
