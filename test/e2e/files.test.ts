import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import {
  animatedGif,
  demoClip,
  fixture,
  pngOfSize,
  truncated,
  type TestFile,
} from '../support/pictures.js';
import { startSite, type Site } from '../support/site.js';

/** Lets go of a file over the page, or pastes it. */
async function hand(app: App, type: 'drop' | 'paste', file: TestFile): Promise<void> {
  const { name, mimeType } = file;
  await app.page.evaluate(
    ({ type, name, mimeType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: mimeType }));
      const init = { bubbles: true, cancelable: true, composed: true };
      const event =
        type === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: data })
          : new ClipboardEvent('paste', { ...init, clipboardData: data });
      document.querySelector('sightline-app')?.dispatchEvent(event);
    },
    { type, name, mimeType, base64: file.buffer.toString('base64') },
  );
}

describe('Files', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
  });

  after(async () => {
    await Promise.all([browser.close(), site.close()]);
  });

  async function pick(app: App, file: TestFile): Promise<void> {
    await app.page.locator('input[type=file]').setInputFiles({ ...file });
  }

  it('picked as a photo are detected, and kept as a PNG with boxes', async () => {
    const app = await openApp(browser, site.url, 'backend=wasm');
    const detected = app.frames(1);
    await pick(app, await fixture('chelsea'));
    assert.equal((await detected)[0]?.class, 'cat');
    assert.equal((await app.state()).source.phase, 'open');
    await app.page.keyboard.press('s');
    const download = app.page.waitForEvent('download');
    await app.page.getByRole('button', { name: /save|download/i }).click();
    const path = await (await download).path();
    const { width, height, format } = await sharp(path).metadata();
    assert.deepEqual({ width, height, format }, { width: 451, height: 300, format: 'png' });
    const [kept, plain] = await Promise.all([
      sharp(path).removeAlpha().raw().toBuffer(),
      sharp((await fixture('chelsea')).buffer)
        .raw()
        .toBuffer(),
    ]);
    const changed = kept.filter(
      (value, index) => Math.abs(value - (plain[index] ?? 0)) > 40,
    ).length;
    assert.ok(changed > 1000, 'a box is drawn on it');
    assert.ok(changed < kept.length / 4, 'the picture is still there');
    app.assertClean();
    await app.close();
  });

  it('dropped and pasted are detected as well', async () => {
    const app = await openApp(browser, site.url, 'backend=wasm');
    const dropped = app.frames(1);
    await hand(app, 'drop', await fixture('chelsea'));
    assert.equal((await dropped)[0]?.class, 'cat');
    const pasted = app.frames(1);
    await hand(app, 'paste', await fixture('grace_hopper'));
    assert.ok((await pasted).some((detection) => detection.class === 'person'));
    await app.close();
  });

  it('may be videos', async () => {
    const app = await openApp(browser, site.url, 'backend=wasm');
    const detected = app.frames(5);
    await pick(app, await demoClip());
    await detected;
    const { source } = await app.state();
    assert.equal(source.phase === 'open' && source.info.kind, 'video');
    await app.close();
  });

  it('may be animated GIFs, which play', async () => {
    const app = await openApp(browser, site.url, 'backend=wasm');
    const seen = new Set<string>();
    await pick(app, await animatedGif());
    for (let frame = 0; frame < 40 && seen.size < 2; frame++) {
      const [best] = await app.frames(1);
      if (best?.class === 'cat' || best?.class === 'cup') seen.add(best.class);
    }
    assert.deepEqual([...seen].sort(), ['cat', 'cup']);
    await app.close();
  });

  it('that cannot be used are told, and the picture before goes on', async () => {
    const app = await openApp(browser, site.url, 'source=demo&backend=wasm');
    await app.frames(2);
    const text = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') };
    const cases: readonly (readonly [TestFile, string | RegExp])[] = [
      [truncated(await fixture('chelsea'), 900), 'This photo cannot be read'],
      [pngOfSize(20_000, 20_000), 'This picture is too large'],
      [pngOfSize(0, 0), /This picture is empty|This photo cannot be read/],
      [truncated(await demoClip(), 3000), /This video (cannot be played|has no picture)/],
      [text, 'This file is neither a photo nor a video'],
    ];
    for (const [file, title] of cases) {
      await pick(app, file);
      await app.problem(title);
      const { source } = await app.state();
      assert.equal(source.phase === 'open' && source.info.kind, 'demo', String(title));
      await app.frames(2);
      await app.page.getByRole('button', { name: /dismiss/i }).click();
      assert.equal((await app.state()).problem, undefined);
    }
    await app.close();
  });
});
