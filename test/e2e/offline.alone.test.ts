import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { precacheOptions } from '../../workbox.config.js';
import { distDir } from '../../tools/root.js';
import { startServer, type RunningServer } from '../../tools/server.js';
import type {} from '../../src/ui/elements/sightline-detector.js';
import {
  checkOffline,
  firstLabels,
  launchProfile,
  siteFiles,
  storedWhole,
  temporaryFolder,
  type Folder,
} from '../support/offline.js';

const BASE = '/some/where/';

describe('The app without a network', () => {
  let profile: Folder;
  let server: RunningServer;
  let context: BrowserContext;
  let url: string;

  /** On the same port every time: an origin is an origin. */
  const startAgain = async (): Promise<void> => {
    server = await startServer({ dir: distDir, port: server.port, base: BASE });
  };

  before(async () => {
    profile = await temporaryFolder();
    server = await startServer({ dir: distDir, port: 0, base: BASE });
    url = server.url;
    context = await launchProfile(profile.path);
    const page = await context.newPage();
    await page.goto(url);
    await storedWhole(page);
  });

  afterEach(async () => {
    for (const page of context.pages().slice(1)) await page.close();
  });

  after(async () => {
    await context.close();
    await server.close();
    await profile.remove();
  });

  it('has stored every file of the site but those that it names', async () => {
    const page = await context.newPage();
    await page.goto(`${url}privacy.html`);
    const stored = await page.evaluate(async () => {
      const addresses: string[] = [];
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) addresses.push(request.url);
      }
      return addresses;
    });
    const paths = stored.map((address) => new URL(address).pathname.slice(BASE.length)).sort();
    const left = precacheOptions.globIgnores ?? [];
    assert.deepEqual(left, [
      '**/*.{br,gz,map}',
      'service-worker.js',
      'build.json',
      'screenshots/**',
    ]);
    const files = await siteFiles(distDir);
    const expected = files.filter(
      (file) => !/\.map$|^service-worker\.js$|^build\.json$|^screenshots\//.test(file),
    );
    assert.deepEqual(paths, expected);
  });

  it('plays films from what is stored, in pieces', async () => {
    await server.close();
    const page = await context.newPage();
    await page.goto(url);
    const part = await page.evaluate(async () => {
      const response = await fetch('demo/demo.webm', { headers: { Range: 'bytes=100-199' } });
      const bytes = await response.arrayBuffer();
      return [response.status, response.headers.get('Content-Range'), bytes.byteLength];
    });
    assert.equal(part[0], 206);
    assert.match(String(part[1]), /^bytes 100-199\/\d+$/);
    assert.equal(part[2], 100);
    await startAgain();
  });

  it('opens under every address of the app, its privacy page included', async () => {
    await server.close();
    const page = await context.newPage();
    for (const query of ['', 'index.html', '?source=none&score=0.4', '?kiosk']) {
      await page.goto(url + query);
      await page.locator('sightline-detector').waitFor({ state: 'attached' });
    }
    await page.goto(`${url}privacy.html`);
    await page.getByText('No picture leaves your device.').waitFor();
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    await startAgain();
  });

  it('says that it is ready for aeroplane mode, and means it', async () => {
    await server.close();
    const page = await context.newPage();
    await page.goto(`${url}?backend=wasm`);
    const verdict = await checkOffline(page);
    assert.match(verdict, /Ready for aeroplane mode/);
    assert.match(verdict, /WebAssembly recognised: .*\w/);
    await startAgain();
  });

  for (const [backend, gpu] of [
    ['wasm', 'none'],
    ['webgl', 'software'],
    ['webgpu', 'software'],
  ] as const) {
    it(`detects after a fresh start of the browser with the server stopped: ${backend}`, async () => {
      await context.close();
      await server.close();
      context = await launchProfile(profile.path, { gpu });
      try {
        const failed: string[] = [];
        const asked = new Set<string>();
        context.on('requestfailed', (request) => failed.push(request.url()));
        context.on('request', (request) => asked.add(request.url()));
        const page = await context.newPage();
        await page.goto(`${url}?source=demo&backend=${backend}`);
        const labels = await firstLabels(page, 180_000);
        assert.ok(labels.length > 0);
        const runs = await page.locator('sightline-detector').evaluate((element) => {
          const { engine } = (element as HTMLElementTagNameMap['sightline-detector']).state;
          return engine.phase === 'ready' ? engine.info.backend : engine.phase;
        });
        assert.equal(runs, backend);
        assert.deepEqual(failed, []);
        // Whatever it asked for, and be it new, is found among what is stored.
        const missing = await page.evaluate(
          async (addresses) => {
            const found = await Promise.all(
              addresses.map(async (address) => caches.match(address, { ignoreSearch: true })),
            );
            return addresses.filter((_address, index) => found[index] === undefined);
          },
          [...asked].filter((address) => address.startsWith('http')),
        );
        assert.deepEqual(
          missing.filter((address) => !address.startsWith(`${url}?`)),
          [],
        );
        assert.ok(asked.size > 10);
      } finally {
        await context.close();
        context = await launchProfile(profile.path);
        await context.newPage();
        await startAgain();
      }
    });
  }
});
