import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parseAccuracyOptions } from '../../accuracy/command.js';
import { readDataSet } from '../../accuracy/data-set.js';

const COCO = {
  images: [
    { id: 9, file_name: 'nine.jpg' },
    { id: 2, file_name: 'two.jpg' },
  ],
  categories: [{ id: 17, name: 'cat' }],
  annotations: [
    { image_id: 9, category_id: 17, bbox: [1, 2, 30, 40], area: 700, iscrowd: 0 },
    { image_id: 9, category_id: 17, bbox: [0, 0, 10, 10], iscrowd: 1 },
  ],
};

describe('readDataSet', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-coco-'));
    await mkdir(join(folder, 'images'));
    await writeFile(join(folder, 'images/nine.jpg'), '');
    await writeFile(join(folder, 'two.jpg'), '');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = (content: unknown): Promise<void> =>
    writeFile(join(folder, 'annotations.json'), JSON.stringify(content));

  it('gives pictures by id, with categories by name', async () => {
    await write(COCO);
    assert.deepEqual(await readDataSet(folder), [
      { id: 2, path: 'two.jpg', truths: [] },
      {
        id: 9,
        path: 'images/nine.jpg',
        truths: [
          { bbox: [1, 2, 30, 40], class: 'cat', area: 700, isCrowd: false },
          { bbox: [0, 0, 10, 10], class: 'cat', area: 100, isCrowd: true },
        ],
      },
    ]);
  });

  it('says what is missing', async () => {
    await assert.rejects(readDataSet(folder), /There is no .*annotations\.json/);
    await write({ images: [] });
    await assert.rejects(readDataSet(folder), /COCO form/);
    await write({ ...COCO, categories: [] });
    await assert.rejects(readDataSet(folder), /category 17/);
    await write({ ...COCO, images: [...COCO.images, { id: 3, file_name: 'three.jpg' }] });
    await assert.rejects(readDataSet(folder), /no photograph three\.jpg/);
  });
});

describe('parseAccuracyOptions', () => {
  it('takes a folder and arms by name', () => {
    const { folder, arms } = parseAccuracyOptions(['some/where', '--arms', 'stock,tfjs-float16']);
    assert.equal(folder, 'some/where');
    assert.deepEqual(
      arms.map(({ id }) => id),
      ['stock', 'tfjs-float16'],
    );
  });

  it('explains what it does not understand', () => {
    for (const wrong of [[], ['a', 'b'], ['a', '--arms', 'none'], ['a', '--pictures', '0']]) {
      assert.throws(() => parseAccuracyOptions(wrong), /Usage: npm run accuracy/);
    }
  });
});
