import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { syntheticHeart } from '../../src/domain/learn/heart-model.js';
import { useLessons } from '../support/lessons.js';

/** Cross-validation goes in slices, and frames are slow on a busy machine. */
const MEASURED_MS = 120_000;

describe("A table of one's own in the lessons", () => {
  const lessons = useLessons();

  it('is taken as it comes; what is wrong with it is told, and loses nothing', async (test) => {
    const { page } = lessons.here;
    await lessons.here.open('diagnosis');
    const choose = (name: string, text: string): Promise<void> =>
      page.locator('input[type=file][accept*=csv]').setInputFiles({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
    await choose('broken.csv', '"age,sick\n63,1\n41,0\n');
    await page
      .getByRole('alert')
      .getByText(/quotation mark.*What was there before/)
      .waitFor();
    const { header = [], rows } = syntheticHeart(400, 7);
    const lines = [header, ...rows].map((row) => row.join(';'));
    await choose('one-class.csv', lines.map((line) => line.replace(/;1$/, ';0')).join('\n'));
    await page
      .getByRole('alert')
      .getByText(/^This table cannot be used/)
      .waitFor();
    const many = Array.from({ length: 250 }, () => lines.slice(1)).flat();
    await choose('many.csv', [lines[0], ...many].join('\n'));
    await page.getByText('The file has 100,000 rows; 2,000 of them were drawn evenly.').waitFor();
    await page.getByText('Your table: many.csv.', { exact: false }).waitFor();
    const gaps = lines.map((line, index) => (index % 50 === 1 ? line.replace(/^\d+/, '?') : line));
    await choose('gaps.csv', gaps.join('\n'));
    await page.getByText('392 complete rows; 8 left out for missing values.').waitFor();
    // A column of one value is left out, a word among numbers counts as missing; both are told.
    const dull = lines.map((line, index) => `${index === 0 ? 'site' : 'here'};${line}`);
    dull[7] = dull[7]?.replace(/^here;\d+/, 'here;old') ?? '';
    await choose('dull.csv', dull.join('\n'));
    await page.getByText(/In “age”, 1 cell holds a word/).waitFor();
    await lessons.here.unfold();
    await page.getByText('What the columns are').click();
    await page
      .getByRole('row', { name: /^site/ })
      .getByText('the same everywhere, left out')
      .waitFor();
    await choose('gaps.csv', gaps.join('\n'));
    await page.getByText('392 complete rows; 8 left out for missing values.').waitFor();
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: /5-fold/ }).click();
    const told = await page
      .getByText(/^\s*Mean AUC 0\.\d+ ± 0\.\d+ over 5 parts/)
      .innerText({ timeout: MEASURED_MS });
    test.diagnostic(told);
    assert.ok(Number(/AUC (0\.\d+)/.exec(told)?.[1]) > 0.8, told);
    lessons.here.visited.assertClean();
  });
});
