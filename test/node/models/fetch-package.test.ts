import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IntegrityError, ModelCompileError } from '../../../models/errors.js';
import type { PackagePin } from '../../../models/manifest.js';
import { fetchPackage } from '../../../models/source/fetch-package.js';
import { loadOriginal } from '../../../models/source/load-original.js';
import {
  integrityOf,
  packArchive,
  startRegistry,
  useRegistry,
  type Registry,
} from './support/registry.js';

const MODEL = {
  modelTopology: { node: [] },
  weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: [] }],
};
const FILES = {
  'package.json': JSON.stringify({ name: 'tiny-model', version: '1.2.3' }),
  'model/model.json': JSON.stringify(MODEL),
  'model/a.bin': Uint8Array.of(1, 2),
  'model/b.bin': Uint8Array.of(3),
};

describe('fetchPackage', () => {
  const ignore = (): void => undefined;
  let folder: string;
  let cache: string;
  let archive: Buffer;
  let pin: PackagePin;
  let registry: Registry;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fetch-package-'));
    cache = join(folder, 'cache');
    archive = await packArchive(join(folder, 'packed'), FILES);
    pin = { package: 'tiny-model', version: '1.2.3', integrity: integrityOf(archive) };
    registry = await startRegistry(pin.package, pin.version, archive);
    useRegistry(registry.url, join(folder, 'npm'));
  });

  afterEach(async () => {
    registry.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('fetches once and answers from the cache from then on', async () => {
    assert.deepEqual(Buffer.from(await fetchPackage(pin, cache, ignore)), archive);
    registry.close();
    assert.deepEqual(Buffer.from(await fetchPackage(pin, cache, ignore)), archive);
    assert.equal(registry.downloads, 1);
    assert.deepEqual(await readdir(cache), ['tiny-model@1.2.3.tgz']);
  });

  test('an altered archive is refused with both hashes and leaves nothing behind', async () => {
    const altered = await packArchive(join(folder, 'altered'), { ...FILES, 'extra.js': 'evil()' });
    registry.serve(altered);
    await assert.rejects(fetchPackage(pin, cache, ignore), (failure: unknown) => {
      assert.ok(failure instanceof IntegrityError);
      assert.equal(failure.expected, pin.integrity);
      assert.equal(failure.found, integrityOf(altered));
      assert.match(failure.message, /tiny-model@1\.2\.3/);
      assert.ok(failure.message.includes(pin.integrity));
      assert.ok(failure.message.includes(integrityOf(altered)));
      return true;
    });
    assert.deepEqual(await readdir(cache), []);
  });

  test('an unreachable registry is named with its error and leaves nothing behind', async () => {
    registry.close();
    await assert.rejects(fetchPackage(pin, cache, ignore), (failure: unknown) => {
      assert.ok(failure instanceof ModelCompileError);
      assert.match(failure.message, /tiny-model@1\.2\.3 could not be fetched/);
      assert.match(failure.message, /ECONNREFUSED/);
      assert.match(failure.message, /npm config get registry/);
      return true;
    });
    assert.deepEqual(await readdir(cache), []);
  });

  test('a damaged copy in the cache is fetched again', async () => {
    await fetchPackage(pin, cache, ignore);
    await writeFile(join(cache, 'tiny-model@1.2.3.tgz'), archive.subarray(0, 100));
    const lines: string[] = [];
    const bytes = await fetchPackage(pin, cache, (line) => lines.push(line));
    assert.deepEqual(Buffer.from(bytes), archive);
    assert.match(lines.join('\n'), /damaged/);
  });

  test('the model comes out of the archive with its shards in order', async () => {
    const { topology, weights } = await loadOriginal(archive, 'package/model/model.json');
    assert.deepEqual(topology, MODEL.modelTopology);
    assert.deepEqual(weights.data, Uint8Array.of(1, 2, 3));
  });

  test('a file that the archive lacks is named', async () => {
    const { 'model/model.json': model, 'model/a.bin': shard } = FILES;
    const some = { 'model/model.json': model, 'model/a.bin': shard };
    const partial = await packArchive(join(folder, 'partial'), some);
    await assert.rejects(loadOriginal(partial, 'package/model/model.json'), {
      name: 'ModelCompileError',
      message: /package\/model\/b\.bin/,
    });
  });
});
