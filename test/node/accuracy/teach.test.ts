import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { UNKNOWN } from '../../../src/domain/head.js';
import { parseAccuracyOptions } from '../../accuracy/command.js';
import { drawExamples, usableLabels } from '../../accuracy/teach/draw.js';
import { judgeHead } from '../../accuracy/teach/judge.js';
import type { TestAnswer } from '../../accuracy/teach/page/teach-page.js';
import { readThings, type Thing } from '../../accuracy/teach/things.js';

describe('readThings', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-teach-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const put = async (...paths: string[]): Promise<void> => {
    for (const path of paths) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), '');
    }
  };

  it('takes folders named after what they show, whatever part of the set they are', async () => {
    await put('train/hat/a.jpg', 'test/hat/b.PNG', 'train/shoe/c.jpeg', 'test/d.jpg', 'hat/x.txt');
    const things = await readThings(folder);
    assert.deepEqual(
      things.map(({ label }) => label),
      ['hat', 'hat', 'shoe'],
    );
    assert.ok(things.every(({ bbox }) => bbox === undefined));
  });

  it('takes the boxes of a folder in COCO form, but no crowds and nothing tiny', async () => {
    await put('images/one.jpg');
    const box = (bbox: number[], iscrowd = 0) => ({ image_id: 1, category_id: 3, bbox, iscrowd });
    await writeFile(
      join(folder, 'annotations.json'),
      JSON.stringify({
        images: [{ id: 1, file_name: 'one.jpg' }],
        categories: [{ id: 3, name: 'raccoon' }],
        annotations: [box([1, 2, 50, 60]), box([1, 2, 50, 10]), box([1, 2, 50, 60], 1)],
      }),
    );
    const things = await readThings(folder);
    assert.equal(things.length, 1);
    assert.deepEqual(things[0]?.bbox, [1, 2, 50, 60]);
    assert.equal(things[0].label, 'raccoon');
  });

  it('says what is expected where there is neither', async () => {
    await assert.rejects(readThings(folder), /annotations\.json/);
  });
});

describe('Draws of examples', () => {
  const things = ['cup', 'mug'].flatMap((label) =>
    Array.from({ length: 40 }, (_, index): Thing => {
      // Two things share a photograph, also across labels.
      const path = `${String(Math.floor(index / 2))}.jpg`;
      return { id: `${label}${String(index)}`, label, path, bbox: undefined };
    }),
  );

  it('have as many of each label, and no photograph on both sides', () => {
    const { examples, tests } = drawExamples(things, ['cup', 'mug'], 10, 1);
    for (const label of ['cup', 'mug']) {
      assert.equal(examples.filter((thing) => thing.label === label).length, 10);
    }
    const taught = new Set(examples.map(({ path }) => path));
    assert.ok(tests.length > 0 && tests.every(({ path }) => !taught.has(path)));
  });

  it('follow from the seed', () => {
    const draw = (seed: number): string[] =>
      drawExamples(things, ['cup', 'mug'], 10, seed).examples.map(({ id }) => id);
    assert.deepEqual(draw(1), draw(1));
    assert.notDeepEqual(draw(1), draw(2));
  });

  it('leave labels alone that have too few things', () => {
    const few = things.filter(({ label }, index) => label === 'cup' || index < 45);
    assert.deepEqual(usableLabels(few, 10), ['cup']);
  });
});

describe('judgeHead', () => {
  const labels = ['cup', 'mug', UNKNOWN];
  const thing = (id: string, label: string): Thing => ({ id, label, path: id, bbox: undefined });
  const answer = (id: string, label: string, ...probabilities: number[]): TestAnswer => ({
    id,
    label,
    confidence: Math.max(...probabilities),
    probabilities,
  });

  it('counts silence at a known thing as a mistake, and at a stranger as right', () => {
    const answers = [
      answer('a', 'cup', 0.9, 0.05, 0.05),
      answer('b', UNKNOWN, 0.4, 0.1, 0.5),
      answer('c', 'mug', 0.2, 0.7, 0.1),
      answer('s', UNKNOWN, 0.1, 0.1, 0.8),
      answer('t', 'mug', 0.1, 0.5, 0.4),
    ];
    const figures = judgeHead(
      { labels, answers },
      [thing('a', 'cup'), thing('b', 'cup'), thing('c', 'cup')],
      [thing('s', 'dog'), thing('t', 'dog')],
    );
    assert.equal(figures.accuracy, 1 / 3);
    assert.equal(figures.closedAccuracy, 2 / 3);
    assert.equal(figures.rejected, 1 / 2);
    assert.ok(Math.abs((figures.auroc ?? 0) - 5 / 6) < 1e-9);
  });
});

describe('npm run accuracy -- --teach', () => {
  it('takes sets, joined ones, and how to draw', () => {
    const { teach } = parseAccuracyOptions([
      '--teach',
      '/a/one',
      '/b/two+/c/three',
      '--seeds',
      '5',
    ]);
    assert.deepEqual(
      teach?.sets.map(({ title, folders }) => [title, folders.length]),
      [
        ['one', 1],
        ['two+three', 2],
      ],
    );
    assert.equal(teach.seeds, 5);
    assert.equal(teach.examples, 10);
    assert.throws(() => parseAccuracyOptions(['--teach', '/a', '--examples', 'x']), /whole number/);
  });
});
