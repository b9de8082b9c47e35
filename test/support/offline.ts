import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type {} from '../../src/ui/elements/sightline-detector.js';
import type { OfflineState } from '../../src/session/offline-types.js';
import { chromiumArgs, ensureChromium, softwareGpuArgs } from '../../tools/browser.js';
import { writeServiceWorker } from '../../tools/build/service-worker.js';
import { distDir } from '../../tools/root.js';

/** A folder of its own for one test; removed by `remove()`. */
export interface Folder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'sightline-offline-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Everything in a built site but what only some server sends instead of it. */
export async function siteFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

/**
 * Puts a release of the site into a folder, in place of what is there.
 *
 * @param mark Shown in the page's title, so that releases can be told apart.
 * @param change What else is new in it.
 */
export async function publish(
  dir: string,
  mark: string,
  change: (dir: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  await cp(distDir, dir, {
    recursive: true,
    filter: (source) => !/\.(br|gz)$/.test(source),
  });
  const index = join(dir, 'index.html');
  const html = await readFile(index, 'utf8');
  await writeFile(index, html.replace('<title>Sightline</title>', `<title>${mark}</title>`));
  await change(dir);
  await writeServiceWorker(dir);
}

/** Gives one of the weight files another content and name, as a new model would. */
export async function changeModel(dir: string): Promise<void> {
  const models = join(dir, 'models');
  const index = join(models, 'index.json');
  const names = await readdir(models);
  const shard = names.find((name) => /float16.*weights.*\.bin$/.test(name));
  if (shard === undefined) throw new Error('the site has no weights');
  const renamed = shard.replace(/[0-9a-f]{16}/, '0123456789abcdef');
  await rename(join(models, shard), join(models, renamed));
  await writeFile(index, (await readFile(index, 'utf8')).replaceAll(shard, renamed));
}

/**
 * A browser with a profile in a folder: what a site stores there is there when
 * the next one starts with the same folder, as on a person's device.
 */
export function launchProfile(
  dir: string,
  options: { readonly gpu?: 'software' | 'none'; readonly args?: readonly string[] } = {},
): Promise<BrowserContext> {
  const gpu = options.gpu === 'software' ? softwareGpuArgs : ['--disable-gpu', '--disable-3d-apis'];
  return chromium.launchPersistentContext(dir, {
    executablePath: ensureChromium(),
    headless: true,
    args: [...chromiumArgs, ...gpu, ...(options.args ?? [])],
  });
}

/** What the app itself says about offline use. */
export function offlineState(page: Page): Promise<OfflineState> {
  return page.evaluate(() => {
    const app = customElements.get('sightline-app') as unknown as {
      services: { offline: { state: OfflineState } };
    };
    return app.services.offline.state;
  });
}

/** Waits until the app says that all of it is stored. */
export async function storedWhole(page: Page, timeout = 120_000): Promise<void> {
  await page.waitForFunction(
    () => {
      const app = customElements.get('sightline-app') as unknown as
        { services: { offline: { state: OfflineState } } } | undefined;
      const state = app?.services.offline.state;
      const files = state?.largeFiles;
      return state?.phase === 'on' && files !== undefined && files.stored === files.all;
    },
    undefined,
    { timeout, polling: 200 },
  );
}

/** Waits until the page's own detector has recognised something, and gives its labels. */
export async function firstLabels(page: Page, timeout = 120_000): Promise<readonly string[]> {
  const found = await page.waitForFunction(
    () => {
      const app = document.querySelector('sightline-app');
      const detector = app?.shadowRoot?.querySelector('sightline-detector');
      const labels = detector?.stats.last?.detections.map((detection) => detection.class) ?? [];
      return labels.length > 0 ? labels : undefined;
    },
    undefined,
    { timeout, polling: 100 },
  );
  return (await found.jsonValue()) ?? [];
}

/** Changes bytes of a stored file without changing its length, or cuts it off. */
export function damageStored(
  page: Page,
  pathPart: string,
  how: 'altered' | 'truncated' | 'deleted',
): Promise<number> {
  return page.evaluate(
    async ({ part, damage }) => {
      let count = 0;
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (!request.url.includes(part)) continue;
          count += 1;
          const stored = await cache.match(request);
          if (stored === undefined || damage === 'deleted') {
            await cache.delete(request);
            continue;
          }
          const bytes = new Uint8Array(await stored.arrayBuffer());
          const middle = bytes.length >> 1;
          bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
          const body = damage === 'truncated' ? bytes.subarray(0, middle) : bytes;
          await cache.put(request, new Response(body, { headers: stored.headers }));
        }
      }
      return count;
    },
    { part: pathPart, damage: how },
  );
}

/** Opens the sheet, presses the button and gives the verdict's words. */
export async function checkOffline(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: 'Is it safe to go offline?' });
  if (!(await button.isVisible())) {
    await page.getByRole('button', { name: 'App and offline' }).click();
  }
  await button.click();
  const verdict = page.locator('.verdict');
  await verdict.waitFor({ timeout: 120_000 });
  return (await verdict.innerText()).replace(/\s+/g, ' ');
}

/** Makes the browser ask the server for a newer release now. */
export function lookForUpdate(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update().catch(() => undefined);
  });
}

/** Waits until the app says this about an update. */
export async function updateState(page: Page, wanted: OfflineState['update']): Promise<void> {
  await page.waitForFunction(
    (expected) => {
      const app = customElements.get('sightline-app') as unknown as
        { services: { offline: { state: OfflineState } } } | undefined;
      return app?.services.offline.state.update === expected;
    },
    wanted,
    { timeout: 60_000, polling: 100 },
  );
}
