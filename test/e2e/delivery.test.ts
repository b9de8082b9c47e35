import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { distDir } from '../../tools/root.js';
import { startServer, type RunningServer } from '../../tools/server.js';
import { launchChromium } from '../support/chromium.js';
import { visit } from '../support/visit.js';

/** A document of the site without any script of its own. */
const QUIET_PAGE = 'licenses.txt';

/** Starts the engine's worker as the app does and waits for its first word. */
function firstMessage(page: Page): Promise<{ type: string; detail?: string }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker('engine/worker.js');
        worker.onmessage = ({ data }) => {
          resolve(data as { type: string });
        };
        worker.onerror = ({ message }) => {
          reject(new Error(message));
        };
      }),
  );
}

describe('the built site', () => {
  let browser: Browser;
  let dir: string;
  let server: RunningServer;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sightline-delivery-'));
    await cp(distDir, dir, { recursive: true });
    server = await startServer({ dir, port: 0, base: '/any/path/' });
    browser = await launchChromium();
  });

  after(async () => {
    await browser.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('is cross-origin isolated below any path, and runs no inline script', async () => {
    const { page, close } = await visit(browser, server.url + QUIET_PAGE);
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    const hasRun = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "inline"';
      document.head.append(script);
      return document.title === 'inline';
    });
    assert.equal(hasRun, false);
    await close();
  });

  it('starts the engine in a classic worker', async () => {
    const { page, assertClean, close } = await visit(browser, server.url + QUIET_PAGE);
    assert.equal((await firstMessage(page)).type, 'hello');
    assertClean();
    await close();
  });

  it('tells the page when the engine cannot be loaded', async () => {
    const engine = join(dir, 'engine');
    for (const file of await readdir(engine)) {
      if (file.startsWith('engine-')) await rm(join(engine, file));
    }
    const { page, close } = await visit(browser, server.url + QUIET_PAGE);
    const message = await firstMessage(page);
    assert.equal(message.type, 'engine-start-failed');
    assert.match(message.detail ?? '', /engine-[0-9a-f]{8}\.js/);
    await close();
  });
});
