import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RUNTIMES } from '../../src/domain/backend.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startSite } from '../support/site.js';

describe('WASM threads', () => {
  for (const runtime of RUNTIMES) {
    it(`start under the content security policy of the built site, in ${runtime}`, async () => {
      const [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
      try {
        const app = await openApp(browser, site.url);
        // No switch of the browser's reaches a worker's idea of its cores, so its script says it.
        await app.context.route('**/engine/worker.js', async (route) => {
          const response = await route.fetch();
          const cores = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });`;
          await route.fulfill({ response, body: `${cores}\n${await response.text()}` });
        });
        await app.page.goto(`${site.url}?source=demo&backend=wasm&runtime=${runtime}`);
        await app.frames(3);
        const { engine } = await app.state();
        assert.ok(engine.phase === 'ready');
        assert.equal(engine.info.adapter, 'SIMD, 2 threads');
        assert.equal(engine.info.runtime, runtime);
        app.assertClean();
      } finally {
        await Promise.all([browser.close(), site.close()]);
      }
    });
  }
});
