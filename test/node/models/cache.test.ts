import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { buildOnce, contentKey, removeStale, replaceFolder } from '../../../models/cache.js';

let folder: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cache-'));
  target = join(folder, 'target');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function writer(text: string): (into: string) => Promise<void> {
  return (into) => writeFile(join(into, 'file'), text);
}

async function half(into: string): Promise<void> {
  await writer('half')(into);
  throw new Error('no space left');
}

describe('buildOnce', () => {
  test('builds what is missing and nothing twice', async () => {
    assert.ok(await buildOnce(target, writer('first')));
    assert.ok(!(await buildOnce(target, writer('second'))));
    assert.equal(await readFile(join(target, 'file'), 'utf8'), 'first');
  });

  test('leaves nothing of a build that fails', async () => {
    await assert.rejects(buildOnce(target, half), /no space left/);
    assert.deepEqual(await readdir(folder), []);
  });

  test('lets the first of two builds at once win', async () => {
    await Promise.all([buildOnce(target, writer('same')), buildOnce(target, writer('same'))]);
    assert.deepEqual(await readdir(folder), ['target']);
    assert.equal(await readFile(join(target, 'file'), 'utf8'), 'same');
  });
});

describe('replaceFolder', () => {
  test('swaps the old content for the new', async () => {
    await replaceFolder(target, writer('old'));
    await writeFile(join(target, 'left-over'), '');
    await replaceFolder(target, writer('new'));
    assert.deepEqual(await readdir(target), ['file']);
    assert.equal(await readFile(join(target, 'file'), 'utf8'), 'new');
    assert.deepEqual(await readdir(folder), ['target']);
  });

  test('keeps the old content when the new cannot be made', async () => {
    await replaceFolder(target, writer('old'));
    await assert.rejects(replaceFolder(target, half), /no space left/);
    assert.equal(await readFile(join(target, 'file'), 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['target']);
  });
});

describe('contentKey', () => {
  test('depends on every text and every byte, and on where one ends', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'content');
    const key = await contentKey(['a', 'b'], [file]);
    assert.match(key, /^[0-9a-f]{32}$/);
    assert.equal(await contentKey(['a', 'b'], [file]), key);
    assert.notEqual(await contentKey(['ab'], [file]), key);
    assert.notEqual(await contentKey(['a', 'b'], []), key);
    await writeFile(file, 'Content');
    assert.notEqual(await contentKey(['a', 'b'], [file]), key);
  });
});

test('removeStale removes what it is told to, folders included', async () => {
  await replaceFolder(join(folder, 'stale'), writer(''));
  await replaceFolder(join(folder, 'fresh'), writer(''));
  await removeStale(folder, (name) => name === 'stale');
  assert.deepEqual(await readdir(folder), ['fresh']);
});
