import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { parseSettings } from '../../src/domain/settings.js';
import { distDir } from '../../tools/root.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startFaultyServer } from '../support/faulty-server.js';
import { firstLabels, storedWhole } from '../support/offline.js';
import { fixture } from '../support/pictures.js';
import { startSite, type Site } from '../support/site.js';

interface Manifest {
  readonly shortcuts: readonly { readonly url: string }[];
  readonly icons: readonly { readonly src: string; readonly purpose?: string }[];
  readonly screenshots: readonly { readonly src: string; readonly form_factor: string }[];
  readonly share_target: { readonly action: string };
}

/** A photo as a number list, so that it travels into the page. */
async function photo(name: string): Promise<number[]> {
  return [...(await fixture(name)).buffer];
}

/** The kind and name of the open source. */
function openSource(page: Page): Promise<string> {
  return page.locator('sightline-detector').evaluate((element) => {
    const { sourceInfo } = element as HTMLElementTagNameMap['sightline-detector'];
    return `${sourceInfo?.kind ?? 'none'} ${sourceInfo?.label ?? ''}`;
  });
}

describe('Installed as an app', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    [site, browser] = await Promise.all([
      startSite('/apps/here/'),
      launchChromium({ gpu: 'none' }),
    ]);
  });

  after(async () => {
    await Promise.all([browser.close(), site.close()]);
  });

  it('can be: the browser finds nothing wrong with manifest, icons and service worker', async () => {
    const app = await openApp(browser, site.url, 'source=none&backend=wasm');
    await storedWhole(app.page);
    const session = await app.context.newCDPSession(app.page);
    const { url, errors } = await session.send('Page.getAppManifest');
    assert.equal(url, `${site.url}manifest.webmanifest`);
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // Playwright's contexts are like private windows, and nothing else may stand in the way.
    assert.deepEqual(
      installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
      [],
    );
    app.assertClean();
    await app.close();
  });

  it('has a manifest whose every file and address exists', async () => {
    const text = await readFile(join(distDir, 'manifest.webmanifest'), 'utf8');
    const manifest = JSON.parse(text) as Manifest;
    for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
      assert.ok((await readFile(join(distDir, src))).length > 0, src);
    }
    assert.ok(manifest.icons.some(({ purpose }) => purpose === 'maskable'));
    assert.deepEqual(manifest.screenshots.map(({ form_factor }) => form_factor).sort(), [
      'narrow',
      'wide',
    ]);
    for (const { url } of manifest.shortcuts) {
      assert.deepEqual(parseSettings(new URL(url, site.url).search).problems, [], url);
    }
  });

  it('offers to be installed where the browser does, and says how where it does not', async () => {
    const app = await openApp(browser, site.url, 'source=none&backend=wasm');
    const { page } = app;
    await page.getByRole('button', { name: 'App and offline' }).click();
    await page.getByText('Look for the install icon in the address bar').waitFor();
    // The browser itself asks only installable tabs with a window; its event is what we react to.
    await page.evaluate(() => {
      const event = new Event('beforeinstallprompt', { cancelable: true });
      Object.assign(event, {
        prompt: () => {
          document.title = `asked, ${String(event.defaultPrevented)}`;
          return Promise.resolve({ outcome: 'accepted' });
        },
      });
      dispatchEvent(event);
    });
    await page.getByRole('button', { name: 'Install Sightline' }).click();
    assert.equal(await page.title(), 'asked, true');
    await page.evaluate(() => dispatchEvent(new Event('appinstalled')));
    await page.getByText('This is the installed app.').waitFor();
    await app.close();
  });

  it('tells people with an iPhone where to tap', async () => {
    const app = await openApp(browser, site.url, 'source=none', {
      context: {
        userAgent:
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
        viewport: { width: 390, height: 844 },
        hasTouch: true,
      },
    });
    await app.page.getByRole('button', { name: 'App and offline' }).click();
    await app.page.getByText('then “Add to Home Screen”').waitFor();
    await app.close();
  });

  it('detects in a photo that another app shares with it', async () => {
    const app = await openApp(browser, site.url, 'source=none&backend=wasm');
    const { page } = app;
    await storedWhole(page);
    // As the system does it: a form is posted to the address of the manifest, from outside.
    await page.goto('about:blank');
    await page.setContent(
      `<form method="post" enctype="multipart/form-data" action="${site.url}share-target">` +
        '<input type="file" name="file" /><button>Share</button></form>',
    );
    await page
      .locator('input')
      .setInputFiles({ ...(await fixture('chelsea')), name: 'my cat.jpg' });
    await page.locator('button').click();
    assert.ok((await firstLabels(page)).includes('cat'));
    assert.equal(await openSource(page), 'photo my cat.jpg');
    assert.equal(new URL(page.url()).searchParams.has('shared'), false);
    // It was taken, not copied.
    const left = await page.evaluate(
      async () => (await (await caches.open('sightline-shared')).keys()).length,
    );
    assert.equal(left, 0);
    await app.close();
  });

  it('detects in a photo that the system opens with it', async () => {
    const bytes = await photo('chelsea');
    const app = await openApp(browser, site.url, 'source=none&backend=wasm', {
      sabotage: () => {
        // What Chromium gives an installed app; a test cannot install one.
        const consumers: ((launch: object) => void)[] = [];
        const consume = (consumer: (launch: object) => void): void => {
          consumers.push(consumer);
        };
        Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer: consume } });
        Object.assign(globalThis, { consumers });
      },
    });
    const labels = firstLabels(app.page);
    await app.page.evaluate((content) => {
      const { consumers } = globalThis as unknown as { consumers: ((launch: object) => void)[] };
      const file = new File([new Uint8Array(content)], 'cat.jpg', { type: 'image/jpeg' });
      const handle = { kind: 'file', getFile: () => Promise.resolve(file) };
      for (const consumer of consumers) consumer({ files: [handle] });
    }, bytes);
    assert.ok((await labels).includes('cat'));
    assert.equal(await openSource(app.page), 'photo cat.jpg');
    await app.close();
  });

  it('deletes everything that it has stored, after asking', async () => {
    const server = await startFaultyServer(distDir);
    const app = await openApp(browser, server.url, 'source=none&backend=wasm');
    const { page } = app;
    await storedWhole(page);
    await page.evaluate(() => {
      localStorage.setItem('neighbour', 'stays');
      localStorage.setItem('sightline.something', 'goes');
    });
    await page.getByRole('button', { name: 'App and offline' }).click();
    await page.getByRole('button', { name: 'Delete all data' }).click();
    await page.getByText('It cannot be undone.').waitFor();
    // So that the app cannot store itself again before we look.
    server.fault = { path: /service-worker/, afterBytes: 0 };
    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Delete everything' }).click();
    await reloaded;
    const left = await page.evaluate(async () => ({
      caches: await caches.keys(),
      neighbour: localStorage.getItem('neighbour'),
      something: localStorage.getItem('sightline.something'),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    assert.deepEqual(left, { caches: [], neighbour: 'stays', something: null, workers: 0 });
    await app.close();
    await server.close();
  });
});
