import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { distDir } from '../../tools/root.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startFaultyServer, type FaultyServer } from '../support/faulty-server.js';
import {
  checkOffline,
  damageStored,
  firstLabels,
  launchProfile,
  offlineState,
  storedWhole,
  temporaryFolder,
} from '../support/offline.js';

/** One file of the form that TensorFlow.js loads; there are other forms for the other runtime. */
const WEIGHTS = 'ssd.float16.weights-2';

describe('What can go wrong while the app is stored', () => {
  let browser: Browser;
  let server: FaultyServer;

  before(async () => {
    browser = await launchChromium({ gpu: 'none' });
  });

  after(() => browser.close());

  beforeEach(async () => {
    server = await startFaultyServer(distDir);
  });

  afterEach(() => server.close());

  it('cannot be opened without a network at the first visit, and works at the next', async () => {
    const { url, port } = server;
    await server.close();
    const context = await browser.newContext();
    const failed = await context.newPage();
    await assert.rejects(failed.goto(url), /ERR_CONNECTION_REFUSED/);
    server = await startFaultyServer(distDir, port);
    const page = await context.newPage();
    await page.goto(`${url}?source=demo&backend=wasm&runtime=tfjs`);
    assert.ok((await firstLabels(page)).length > 0);
    await context.close();
  });

  it('starts the download of a model again where it was cut, and never stores a part of a file', async () => {
    server.fault = { path: new RegExp(WEIGHTS), afterBytes: 200_000 };
    const app = await openApp(browser, server.url, 'source=demo&backend=wasm&runtime=tfjs');
    await app.problem('The model could not be fetched');
    // What came whole stays; the app itself is stored nevertheless.
    await app.page.waitForFunction(async () => {
      const names = await caches.keys();
      return names.includes('sightline-large-files');
    });
    server.fault = undefined;
    server.forget();
    await app.page.getByRole('button', { name: 'Try again' }).click();
    await app.frames(1);
    await app.page.goto(`${server.url}?source=none&backend=wasm&runtime=tfjs`);
    await storedWhole(app.page);
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode/);
    await app.close();
  });

  it('keeps the files that came whole when the connection is cut while they are stored', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=cpu');
    await storedWhole(app.page);
    // As on a device that has only the app itself: every large file is to be stored again.
    for (const part of ['/models/coco', '/engine/wasm']) {
      await damageStored(app.page, part, 'deleted');
    }
    const session = await app.context.newCDPSession(app.page);
    await session.send('Network.clearBrowserCache');
    server.fault = { path: new RegExp(WEIGHTS), afterBytes: 200_000 };
    await app.page.reload();
    await app.page.waitForFunction(() => {
      const element = customElements.get('sightline-app') as unknown as {
        services: { offline: { state: { problem?: string } } };
      };
      return element.services.offline.state.problem === 'network';
    });
    const stored = await app.page.evaluate(async () => {
      const keys = await (await caches.open('sightline-large-files')).keys();
      return keys.map(({ url }) => url);
    });
    assert.ok(stored.length > 0);
    assert.ok(stored.every((address) => !address.includes(WEIGHTS)));
    server.fault = undefined;
    server.forget();
    await app.page.evaluate(() => dispatchEvent(new Event('online')));
    await storedWhole(app.page);
    const weights = server.asked.filter((path) => path.includes('ssd.float16.weights-1'));
    assert.deepEqual(weights, [], 'what came whole is not fetched again');
    await app.close();
  });

  it('works, and says so, where there is no room to store anything', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const { origin } = new URL(server.url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
    await page.goto(`${server.url}?source=demo&backend=wasm&runtime=tfjs`);
    assert.ok((await firstLabels(page)).length > 0);
    await page.waitForFunction(() => {
      const element = customElements.get('sightline-app') as unknown as {
        services: { offline: { state: { phase: string; problem?: string } } };
      };
      const { phase, problem } = element.services.offline.state;
      return phase === 'failed' && problem === 'quota';
    });
    await page.goto(`${server.url}?source=none`);
    await page.getByRole('button', { name: 'App and offline' }).click();
    await page.getByText('There is not enough free space to store all of it.').waitFor();
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await page.reload();
    await storedWhole(page);
    await context.close();
  });

  it('stores the app, and says what is missing, where there is no room for the models', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const { origin } = new URL(server.url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 9_000_000 });
    await page.goto(`${server.url}?source=none&backend=wasm&runtime=tfjs`);
    await page.waitForFunction(() => {
      const element = customElements.get('sightline-app') as unknown as {
        services: { offline: { state: { phase: string; problem?: string } } };
      };
      const { phase, problem } = element.services.offline.state;
      return phase === 'on' && problem === 'quota';
    });
    assert.match(await checkOffline(page), /Not ready yet .*(Missing|no room)/);
    await context.close();
  });

  it('notices an altered weight file by its hash, fetches it again and says so', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=wasm&runtime=tfjs');
    await storedWhole(app.page);
    assert.equal(await damageStored(app.page, WEIGHTS, 'altered'), 1);
    server.forget();
    await app.page.goto(`${server.url}?source=demo&backend=wasm&runtime=tfjs`);
    assert.ok((await firstLabels(app.page)).length > 0);
    await app.page.getByText('A stored file was damaged. It has been fetched again.').waitFor();
    assert.equal(server.asked.filter((path) => path.includes('/models/')).length, 1);
    await app.page.goto(`${server.url}?source=none&backend=wasm&runtime=tfjs`);
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode \d+ files checked\./);
    await app.close();
  });

  it('finds every damaged file in the check, and mends what can be mended', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=wasm&runtime=tfjs');
    await storedWhole(app.page);
    assert.equal(await damageStored(app.page, WEIGHTS, 'truncated'), 1);
    assert.equal(await damageStored(app.page, 'privacy.html', 'altered'), 1);
    assert.equal(await damageStored(app.page, 'demo.mp4', 'deleted'), 1);
    assert.match(await checkOffline(app.page), /Ready .* 3 of them fetched again/);

    const { port } = server;
    await damageStored(app.page, WEIGHTS, 'truncated');
    // It would be mended from there.
    await (await app.context.newCDPSession(app.page)).send('Network.clearBrowserCache');
    await server.close();
    assert.match(await checkOffline(app.page), /Not ready yet Missing or damaged.*weights-2/);
    server = await startFaultyServer(distDir, port);
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode/);
    await app.close();
  });

  it('fetches during the check what this device needs and has not stored', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=wasm&runtime=tfjs');
    await storedWhole(app.page);
    assert.ok((await damageStored(app.page, '/engine/wasm', 'deleted')) > 0);
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode/);
    const { port } = server;
    await damageStored(app.page, '/engine/wasm', 'deleted');
    await (await app.context.newCDPSession(app.page)).send('Network.clearBrowserCache');
    await server.close();
    assert.match(await checkOffline(app.page), /Not ready yet .*engine\/wasm/);
    server = await startFaultyServer(distDir, port);
    await app.close();
  });

  it('detects where the browser forbids every kind of storage', async () => {
    const profile = await temporaryFolder();
    await mkdir(join(profile.path, 'Default'));
    await writeFile(
      join(profile.path, 'Default/Preferences'),
      JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
    );
    const context = await launchProfile(profile.path);
    const errors: string[] = [];
    context.on('weberror', (error) => errors.push(String(error.error())));
    const page = await context.newPage();
    await page.goto(`${server.url}?source=demo&backend=wasm&runtime=tfjs`);
    const isForbidden = await page.evaluate(() => {
      try {
        return localStorage.length < 0;
      } catch {
        return true;
      }
    });
    assert.equal(isForbidden, true, 'the profile forbids storage');
    assert.ok((await firstLabels(page)).length > 0);
    await page.goto(`${server.url}?source=none&backend=wasm&runtime=tfjs`);
    await page.locator('sightline-detector').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'App and offline' }).click();
    await page.getByText(/could not be stored|keeps nothing/).waitFor({ timeout: 60_000 });
    assert.notEqual((await offlineState(page)).phase, 'on');
    assert.deepEqual(errors, []);
    await context.close();
    await profile.remove();
  });
});
