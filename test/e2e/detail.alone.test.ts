import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { makeFakeCamera } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { fixture } from '../support/pictures.js';
import { startSite, type Site } from '../support/site.js';

/** Asks until it is so. */
async function until(what: string, ask: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${String(seconds)} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function regions(app: App): Promise<number | undefined> {
  return (await app.stats()).last?.regions.length;
}

describe('Detail', () => {
  let site: Site;

  before(async () => {
    site = await startSite();
  });

  after(() => site.close());

  describe('in photos', () => {
    let browser: Browser;

    before(async () => {
      browser = await launchChromium({ gpu: 'none' });
    });

    after(() => browser.close());

    it('is looked at by itself, and as the person chooses', async () => {
      const app = await openApp(browser, site.url, 'backend=wasm');
      await app.page.locator('input[type=file]').setInputFiles({ ...(await fixture('coffee')) });
      await until('tiles', async () => ((await regions(app)) ?? 0) > 1);
      await app.page.keyboard.press('d');
      const choice = app.page.getByRole('combobox', { name: 'Small and far things' });
      assert.equal(await choice.inputValue(), 'auto');
      await choice.selectOption('off');
      await until('the whole only', async () => (await regions(app)) === 1);
      assert.equal(new URL(app.page.url()).searchParams.get('detail'), 'off');
      await choice.selectOption('on');
      await until('tiles again', async () => ((await regions(app)) ?? 0) > 1);
      await choice.selectOption('auto');
      assert.equal(new URL(app.page.url()).searchParams.get('detail'), null);
      app.assertClean();
      await app.close();
    });

    it('is left alone where the address says so', async () => {
      const app = await openApp(browser, site.url, 'backend=wasm&detail=off');
      const seen = app.frames(1);
      await app.page.locator('input[type=file]').setInputFiles({ ...(await fixture('coffee')) });
      await seen;
      assert.equal(await regions(app), 1);
      await app.close();
    });
  });

  describe('and pace in live pictures', () => {
    let folder: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sightline-pace-'));
    });

    after(() => rm(folder, { recursive: true }));

    async function camera(name: string, photographs: readonly string[]): Promise<Browser> {
      const mjpeg = join(folder, `${name}.mjpeg`);
      const scenes = photographs.map((photo) => ({
        photo: join(root, `test/fixtures/${photo}.jpg`),
        frames: 8,
      }));
      await makeFakeCamera(mjpeg, scenes);
      return launchChromium({ camera: { mjpeg } });
    }

    it('looks at every tile, then rests while nothing moves, and says so', async () => {
      const browser = await camera('still', ['coffee']);
      try {
        const app = await openApp(browser, site.url, 'source=camera&backend=wasm&detail=on');
        const tiles = new Set<string>();
        await until('every tile', async () => {
          const last = (await app.stats()).last;
          if (last?.regions[1] !== undefined) tiles.add(String(last.regions[1]));
          const found = last?.detections.some((detection) => detection.class === 'cup');
          return tiles.size > 0 && found === true;
        });
        await until('a rest', async () => (await app.stats()).slowedBy.includes('still'));
        await until('few looks', async () => (await app.stats()).fps < 6, 20);
        await app.page.keyboard.press('d');
        await app.page.getByText('Fewer looks: nothing moves.').waitFor();
        app.assertClean();
      } finally {
        await browser.close();
      }
    });

    it('goes at full rate while things move', async () => {
      const browser = await camera('moving', ['coffee', 'chelsea']);
      try {
        const app = await openApp(browser, site.url, 'source=camera&backend=wasm&detail=off');
        await app.frames(60);
        // A machine that is busy with other things may count as slowed down.
        assert.ok(!(await app.stats()).slowedBy.includes('still'));
      } finally {
        await browser.close();
      }
    });

    it('spares a low battery', async () => {
      const browser = await camera('battery', ['coffee', 'chelsea']);
      try {
        const app = await openApp(browser, site.url, 'source=camera&backend=wasm', {
          sabotage: () => {
            const battery = Object.assign(new EventTarget(), { level: 0.12, charging: false });
            Object.defineProperty(navigator, 'getBattery', {
              value: () => Promise.resolve(battery),
            });
          },
        });
        await until('fewer looks', async () => (await app.stats()).slowedBy.includes('battery'));
        await until('5 a second', async () => (await app.stats()).fps < 6, 20);
        assert.ok((await app.stats()).sustainedFps > 1);
      } finally {
        await browser.close();
      }
    });
  });
});
