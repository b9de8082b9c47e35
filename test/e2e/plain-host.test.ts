import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import sirv from 'sirv';
import { distDir } from '../../tools/root.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { firstLabels, storedWhole } from '../support/offline.js';

/** A host that sends files and knows no other headers, below a folder, as GitHub Pages does. */
async function startPlainHost(): Promise<{ readonly url: string; readonly server: Server }> {
  const files = sirv(distDir, { dev: true, etag: true });
  const server = createServer((request, response) => {
    request.url = request.url?.replace(/^\/sightline\//, '/') ?? '/';
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://localhost:${address.port}/sightline/`, server };
}

describe('A host that sends no headers', () => {
  let browser: Browser;
  let url: string;
  let server: Server;

  before(async () => {
    browser = await launchChromium({ gpu: 'none' });
    ({ url, server } = await startPlainHost());
  });

  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it('runs the app at once, and isolated for threads from the second start', async () => {
    const app = await openApp(browser, url, 'source=demo&backend=wasm');
    assert.ok((await firstLabels(app.page)).length > 0);
    assert.equal(await app.page.evaluate(() => crossOriginIsolated), false);
    await storedWhole(app.page);
    await app.page.reload();
    assert.ok((await firstLabels(app.page)).length > 0);
    assert.equal(await app.page.evaluate(() => crossOriginIsolated), true);
    app.assertClean();
    await app.close();
  });

  it('has the page’s own policy: no inline script, no other address, no untrusted string', async () => {
    const app = await openApp(browser, url, 'source=none');
    const outcome = await app.page.evaluate(async () => {
      const script = document.createElement('script');
      const attempts: Record<string, () => unknown> = {
        inline: () => {
          script.textContent = 'document.title = "inline"';
          document.head.append(script);
          if (document.title !== 'inline') throw new Error('did not run');
        },
        address: () => fetch('https://example.org/'),
        html: () => {
          document.body.innerHTML = '<p>gone</p>';
        },
        worker: () => new Worker('engine/worker.js'),
        // In a task of its own: what a debugger evaluates may always do this.
        eval: () =>
          new Promise((resolve, reject) => {
            setTimeout(() => {
              try {
                resolve((0, eval)('1'));
              } catch {
                reject(new Error('refused'));
              }
            });
          }),
      };
      const failed: string[] = [];
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          await attempt();
        } catch {
          failed.push(name);
        }
      }
      return failed;
    });
    assert.deepEqual(outcome, ['inline', 'address', 'html', 'worker', 'eval']);
    await app.close();
  });
});
