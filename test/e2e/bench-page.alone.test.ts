import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { BenchReport } from '../../src/ui/bench/report.js';
import { startInstrumentSite } from '../bench/instrument-site.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';
import { visit } from '../support/visit.js';

describe('The page that measures a device', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
  });

  after(() => Promise.all([browser.close(), site.close()]));

  it('is reached from the details, compares what there is, and gives it as a file', async () => {
    const app = await openApp(browser, site.url);
    await app.page.keyboard.press('d');
    await app.page.getByRole('link', { name: 'How fast is this device?' }).click();
    const { page } = app;
    await page.getByRole('heading', { name: 'How fast is this device?' }).waitFor();
    await page.locator('sightline-bench').evaluate((element) => {
      (element as HTMLElement & { rounds: number }).rounds = 4;
    });
    await page.getByRole('button', { name: 'Measure' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Save JSON' }).waitFor({ timeout: 120_000 });
    await page.getByText('WebAssembly, LiteRT.js').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save JSON' }).click();
    const path = await (await download).path();
    const report = JSON.parse(await readFile(path, 'utf8')) as BenchReport;
    assert.equal(report.baseline, 'tfjs-wasm');
    const wasm = report.entries.find(({ id }) => id === 'litert-wasm');
    assert.ok(wasm?.kind === 'measured');
    assert.equal(wasm.milliseconds.length, 4);
    assert.ok((wasm.ratio?.value ?? 0) > 0);
    assert.deepEqual(wasm.differences, []);
    // There is no GPU in this browser: said, and no reason to stop.
    assert.equal(report.entries.find(({ id }) => id === 'tfjs-webgpu')?.kind, 'failed');
    app.assertClean();
    await app.close();
  });

  it('can be cancelled', async () => {
    const { page, close } = await visit(browser, `${site.url}bench.html`);
    await page.getByRole('button', { name: 'Measure' }).click();
    await page.getByText('Measuring').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The measurement was cancelled.').waitFor();
    await page.getByRole('button', { name: 'Measure' }).waitFor();
    await close();
  });

  it('has stock coco-ssd beside it where the instruments serve it', async () => {
    const instruments = await startInstrumentSite();
    try {
      const { page, close } = await visit(browser, `${instruments.url}bench.html?stock=wasm`);
      await page.locator('sightline-bench').evaluate((element) => {
        (element as HTMLElement & { rounds: number }).rounds = 4;
      });
      await page.getByRole('button', { name: 'Measure' }).click();
      await page.getByRole('button', { name: 'Save JSON' }).waitFor({ timeout: 180_000 });
      const stock = page.getByRole('listitem').filter({ hasText: 'Stock coco-ssd' });
      await stock.getByText('the measure').waitFor();
      const ours = page.getByRole('listitem').filter({ hasText: 'WebAssembly, LiteRT.js' });
      await ours.getByText(/×/).waitFor();
      await stock.getByText('same boxes').or(ours.getByText('same boxes')).first().waitFor();
      await close();
    } finally {
      await instruments.close();
    }
  });
});
