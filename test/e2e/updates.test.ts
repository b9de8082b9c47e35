import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startFaultyServer, type FaultyServer } from '../support/faulty-server.js';
import {
  changeModel,
  checkOffline,
  lookForUpdate,
  publish,
  storedWhole,
  temporaryFolder,
  updateState,
  type Folder,
} from '../support/offline.js';

/** Makes a release's service worker speak another version of the messages. */
async function changeProtocol(dir: string): Promise<void> {
  const file = join(dir, 'service-worker.js');
  const source = await readFile(file, 'utf8');
  const changed = source.replace(/\{protocol:\w+\}/, '{protocol:0}');
  assert.notEqual(changed, source);
  await writeFile(file, changed);
}

describe('A new version', () => {
  let browser: Browser;
  let folder: Folder;
  let dir: string;
  let server: FaultyServer;

  before(async () => {
    browser = await launchChromium({ gpu: 'none' });
  });

  after(() => browser.close());

  beforeEach(async () => {
    folder = await temporaryFolder();
    dir = join(folder.path, 'site');
    await publish(dir, 'First');
    server = await startFaultyServer(dir);
  });

  afterEach(async () => {
    await server.close();
    await folder.remove();
  });

  it('is offered quietly while detecting goes on, and starts at a press', async () => {
    const app = await openApp(browser, server.url, 'source=demo&backend=wasm');
    await storedWhole(app.page);
    await publish(dir, 'Second');
    server.forget();
    await lookForUpdate(app.page);
    await app.page.getByText('A new version is ready.').waitFor({ timeout: 60_000 });
    await app.frames(3);
    assert.equal(await app.page.title(), 'First');
    const models = server.asked.filter((path) => /\/models\/.*\.bin|\/engine\/wasm/.test(path));
    assert.deepEqual(models, [], 'an unchanged model is not downloaded again');
    await app.page.getByRole('button', { name: 'Reload' }).click();
    await app.page.waitForFunction(() => document.title === 'Second');
    await app.frames(3);
    await storedWhole(app.page);
    // The old version has gone.
    const titles = await app.page.evaluate(async () => {
      const found: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (!request.url.includes('index.html')) continue;
          const text = (await (await cache.match(request))?.text()) ?? '';
          found.push(/<title>(.*)<\/title>/.exec(text)?.[1] ?? '');
        }
      }
      return found;
    });
    assert.deepEqual(titles, ['Second']);
    await app.close();
  });

  it('with another model is ready only when that is stored', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=wasm');
    await storedWhole(app.page);
    await publish(dir, 'Second', changeModel);
    server.forget();
    await lookForUpdate(app.page);
    await updateState(app.page, 'ready');
    const shards = server.asked.filter((path) => path.endsWith('.bin'));
    assert.equal(shards.length, 1, 'the changed file and no other');
    const { port } = server;
    await server.close();
    await app.page.getByRole('button', { name: 'Reload' }).click();
    await app.page.waitForFunction(() => document.title === 'Second');
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode/);
    server = await startFaultyServer(dir, port);
    await app.close();
  });

  it('that is incomplete on the server leaves the old one working', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=wasm');
    await storedWhole(app.page);
    await publish(dir, 'Second');
    await rm(join(dir, 'privacy.html'));
    await lookForUpdate(app.page);
    await app.page.waitForTimeout(3000);
    const { port } = server;
    await server.close();
    await app.page.reload();
    assert.equal(await app.page.title(), 'First');
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode/);
    await publish(dir, 'Third');
    server = await startFaultyServer(dir, port);
    await lookForUpdate(app.page);
    await updateState(app.page, 'ready');
    await app.close();
  });

  it('whose download is cut leaves the old one working, and comes later', async () => {
    const app = await openApp(browser, server.url, 'source=none&backend=wasm');
    await storedWhole(app.page);
    await publish(dir, 'Second', changeModel);
    server.fault = { path: /\.bin$/, afterBytes: 100_000 };
    await lookForUpdate(app.page);
    await app.page.waitForTimeout(3000);
    await app.page.reload();
    assert.equal(await app.page.title(), 'First');
    assert.match(await checkOffline(app.page), /Ready for aeroplane mode/);
    server.fault = undefined;
    await lookForUpdate(app.page);
    await updateState(app.page, 'ready');
    await app.close();
  });

  it('in one tab leaves another one detecting, and tells it', async () => {
    const app = await openApp(browser, server.url, 'source=demo&backend=wasm');
    await storedWhole(app.page);
    const other = await app.context.newPage();
    await other.goto(`${server.url}?source=none&backend=wasm`);
    await publish(dir, 'Second');
    await lookForUpdate(other);
    await updateState(other, 'ready');
    await other.getByRole('button', { name: 'Reload' }).click();
    await other.waitForFunction(() => document.title === 'Second');
    await app.page.getByText('A new version was started in another tab.').waitFor();
    assert.equal(await app.page.title(), 'First');
    await app.frames(3);
    // Everything that this old page still may ask for is there or is told: its engine restarts.
    await app.page.getByRole('button', { name: 'Reload' }).last().click();
    await app.page.waitForFunction(() => document.title === 'Second');
    await app.frames(1);
    await app.close();
  });

  it('starts by itself on a kiosk within the chosen hour', async () => {
    const hour = new Date().getHours();
    const app = await openApp(
      browser,
      server.url,
      `kiosk&source=demo&backend=wasm&updateHour=${hour}`,
    );
    await storedWhole(app.page);
    await publish(dir, 'Second');
    await lookForUpdate(app.page);
    await app.page.waitForFunction(() => document.title === 'Second', undefined, {
      timeout: 120_000,
    });
    await app.frames(3);
    await app.close();
  });

  it('waits on a kiosk that sees something at another hour', async () => {
    const hour = (new Date().getHours() + 12) % 24;
    const app = await openApp(
      browser,
      server.url,
      `kiosk&source=demo&backend=wasm&updateHour=${hour}`,
    );
    await storedWhole(app.page);
    await publish(dir, 'Second');
    await lookForUpdate(app.page);
    await updateState(app.page, 'ready');
    await app.frames(3);
    assert.equal(await app.page.title(), 'First');
    await app.close();
  });

  it('of the page works with a service worker of an older release', async () => {
    await changeProtocol(dir);
    const app = await openApp(browser, server.url, 'source=none&backend=wasm');
    await app.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const verdict = await checkOffline(app.page);
    assert.match(verdict, /The page and what is stored are of different versions/);
    await app.page.goto(`${server.url}?source=demo&backend=wasm`);
    await app.frames(2);
    await app.close();
  });

  it('of the service worker works with a page of an older release', async () => {
    const app = await openApp(browser, server.url, 'source=demo&backend=wasm');
    await storedWhole(app.page);
    await publish(dir, 'Second');
    await changeProtocol(dir);
    await lookForUpdate(app.page);
    await updateState(app.page, 'ready');
    // Another tab lets it in; this page stays as it is, and goes on.
    await app.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      registration?.waiting?.postMessage({ type: 'sightline-offline', name: 'activate' }, [
        new MessageChannel().port2,
      ]);
    });
    await updateState(app.page, 'elsewhere');
    await app.frames(3);
    await app.page.keyboard.press('Escape');
    assert.equal(await app.page.title(), 'First');
    await app.page.getByRole('button', { name: 'Reload' }).last().click();
    await app.page.waitForFunction(() => document.title === 'Second');
    await app.frames(1);
    await app.close();
  });
});
