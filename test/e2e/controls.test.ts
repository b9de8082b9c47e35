import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { root } from '../../tools/root.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';

const SHOTS = join(root, '.cache/screenshots');

const SIZES = [
  { name: 'phone', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  { name: 'small-phone', viewport: { width: 320, height: 568 }, deviceScaleFactor: 2 },
  { name: 'landscape', viewport: { width: 844, height: 390 }, deviceScaleFactor: 2 },
  { name: 'tablet', viewport: { width: 820, height: 1180 }, deviceScaleFactor: 1 },
  { name: 'desktop', viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  { name: '4k', viewport: { width: 3840, height: 2160 }, deviceScaleFactor: 1 },
] as const;

/** Smallest side of a touch target in CSS pixels. */
const TARGET = 44;

describe('The controls', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    await mkdir(SHOTS, { recursive: true });
    [site, browser] = await Promise.all([
      startSite(),
      launchChromium({ camera: 'synthetic', gpu: 'none' }),
    ]);
  });

  after(async () => {
    await Promise.all([browser.close(), site.close()]);
  });

  for (const { name, viewport, deviceScaleFactor } of SIZES) {
    for (const colorScheme of ['dark', 'light'] as const) {
      it(`fit a ${name} screen in ${colorScheme}`, async () => {
        const app = await openApp(browser, site.url, 'source=demo&backend=wasm', {
          context: { viewport, deviceScaleFactor, colorScheme },
        });
        await app.frames(3);
        await app.page.waitForTimeout(300);
        await app.page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
        const overflow = await app.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, 'nothing sticks out sideways');
        for (const button of await app.page.locator('sightline-toolbar button').all()) {
          if (!(await button.isVisible())) continue;
          const box = await button.boundingBox();
          assert.ok(box);
          const told = JSON.stringify({ box, label: await button.innerText() });
          assert.ok(box.width >= TARGET && box.height >= TARGET, told);
          assert.ok(box.x >= 0 && box.x + box.width <= viewport.width + 0.5, told);
          assert.ok(box.y >= 0 && box.y + box.height <= viewport.height + 0.5, told);
        }
        app.assertClean();
        await app.close();
      });
    }
  }

  it('begin with a welcome that asks for nothing', async () => {
    const app = await openApp(browser, site.url, '', {
      camera: 'denied',
      context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
    });
    await app.page.getByRole('button', { name: /use.*camera/i }).waitFor();
    await app.page.screenshot({ path: join(SHOTS, 'welcome.png') });
    await app.page.getByRole('button', { name: /demo/i }).click();
    await app.frames(2);
    assert.match(app.page.url(), /[?&]source=demo/);
    app.assertClean();
    await app.close();
  });

  it('obey the keyboard, and the address follows', async () => {
    const app = await openApp(browser, site.url, 'source=demo&backend=wasm');
    await app.frames(2);
    await app.page.keyboard.press('m');
    await app.page.waitForURL(/[?&]mirror=on/);
    await app.page.keyboard.press('d');
    await app.page.getByText('Tensors').first().waitFor();
    await app.page.screenshot({ path: join(SHOTS, 'details.png') });
    await app.page.keyboard.press('Escape');
    await app.page.getByText('Tensors').first().waitFor({ state: 'hidden' });
    await app.page.keyboard.press('?');
    await app.page
      .getByRole('heading', { name: /help|keyboard|keys/i })
      .first()
      .waitFor();
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('f');
    await app.page.waitForFunction(() => document.fullscreenElement !== null);
    await app.page.keyboard.press('f');
    await app.page.waitForFunction(() => document.fullscreenElement === null);
    assert.ok(!app.page.url().includes('#'), 'the hash is never used');
    await app.close();
  });

  it('narrow what is shown, and the address brings it back', async () => {
    const app = await openApp(browser, site.url, 'source=demo&classes=cat&score=0.3');
    for (let frame = 0; frame < 30; frame++) {
      const found = await app.frames(1);
      assert.ok(found.every((detection) => detection.class === 'cat'));
    }
    await app.page.getByRole('slider').focus();
    await app.page.keyboard.press('ArrowRight');
    await app.page.waitForURL((url) => Number(url.searchParams.get('score')) > 0.3);
    await app.close();
  });

  it('are hidden on a kiosk, with a way out', async () => {
    const app = await openApp(browser, site.url, 'source=demo&kiosk');
    await app.frames(2);
    assert.equal(await app.page.locator('sightline-toolbar').isVisible(), false);
    await app.page.screenshot({ path: join(SHOTS, 'kiosk.png') });
    await app.page.keyboard.press('Escape');
    await app.page.locator('sightline-toolbar').waitFor();
    await app.close();
  });
});
