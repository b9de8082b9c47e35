import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';

/** Each thing that can keep the picture away, provoked in a real browser, and what a person reads. */
describe('What a person sees when', () => {
  let site: Site;
  let withCamera: Browser;
  let withoutCamera: Browser;

  before(async () => {
    [site, withCamera, withoutCamera] = await Promise.all([
      startSite(),
      launchChromium({ camera: 'synthetic', gpu: 'none' }),
      launchChromium({ camera: 'none', gpu: 'none' }),
    ]);
  });

  after(async () => {
    await Promise.all([withCamera.close(), withoutCamera.close(), site.close()]);
  });

  async function provoked(
    browser: Browser,
    query: string,
    title: string | RegExp,
    options: Parameters<typeof openApp>[3] = {},
  ): Promise<App> {
    const app = await openApp(browser, site.url, query, options);
    await app.problem(title);
    return app;
  }

  it('there is no camera', async () => {
    const app = await provoked(withoutCamera, 'source=camera', 'No camera found');
    // The way round leads to a picture with boxes.
    await app.page.getByRole('alert').getByRole('button', { name: /demo/i }).click();
    await app.frames(2);
    await app.close();
  });

  it('the permission is refused', async () => {
    const app = await provoked(withCamera, 'source=camera', 'The camera is not allowed', {
      camera: 'denied',
    });
    await app.context.grantPermissions(['camera'], { origin: new URL(site.url).origin });
    await app.page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await app.frames(2);
    assert.equal((await app.state()).problem, undefined);
    await app.close();
  });

  it('the camera is in use elsewhere', async () => {
    const app = await provoked(withCamera, 'source=camera', 'The camera is in use', {
      sabotage: () => {
        // What browsers throw when another program holds the device; no flag of Chromium's does it.
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('Could not start video source', 'NotReadableError'));
      },
    });
    await app.close();
  });

  it('the address is not secure', async () => {
    // Plain http to a name that is not localhost: a proxy rule of the browser leads it to the server.
    const port = new URL(site.url).port;
    const browser = await launchChromium({
      camera: 'synthetic',
      gpu: 'none',
      args: [`--host-resolver-rules=MAP kiosk.test 127.0.0.1`],
    });
    try {
      const app = await openApp(browser, `http://kiosk.test:${port}/`, 'source=camera');
      await app.problem('The camera needs a secure address');
    } finally {
      await browser.close();
    }
  });

  it('the browser lacks what the detector needs', async () => {
    const app = await provoked(
      withCamera,
      'source=camera',
      'This browser is too old for Sightline',
      {
        sabotage: () => {
          Object.defineProperty(globalThis, 'WebAssembly', { value: undefined });
          Object.defineProperty(globalThis, 'Worker', { value: undefined });
          Object.defineProperty(globalThis, 'OffscreenCanvas', { value: undefined });
          Reflect.deleteProperty(HTMLElement.prototype, 'attachInternals');
        },
      },
    );
    await app.close();
  });

  it('the program itself does not arrive', async () => {
    const context = await withCamera.newContext();
    const page = await context.newPage();
    await page.route(/\/assets\/main-.*\.js$/, (route) => route.abort());
    await page.goto(site.url);
    await page.getByRole('alert').getByText('Sightline could not start').waitFor();
    await context.close();
  });

  it('the model is loading, and can be told to stop', async () => {
    const context = await withCamera.newContext();
    const page = await context.newPage();
    await holdWeights(page);
    await page.goto(`${site.url}?source=demo&backend=wasm`);
    const bar = page.getByRole('progressbar');
    await bar.waitFor();
    await page.getByRole('button', { name: /cancel/i }).click();
    await page.getByRole('heading', { name: /cancelled|stopped/i }).waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: 'Load the detector' }).click();
    await page.getByText(/fps/).first().waitFor({ timeout: 60_000 });
    await context.close();
  });

  it('the model cannot be downloaded, and comes with the next try', async () => {
    const { page, close } = await brokenWeights((route) => route.abort());
    await page.getByRole('alert').getByRole('heading').waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page
      .getByRole('alert')
      .getByRole('button', { name: /again|retry/i })
      .click();
    await page.getByText(/fps/).first().waitFor({ timeout: 60_000 });
    await close();
  });

  it('the model arrives altered', async () => {
    const { page, close } = await brokenWeights(async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body.writeUInt8(body.readUInt8(1000) ^ 1, 1000);
      await route.fulfill({ response, body });
    });
    const alert = page.getByRole('alert');
    await alert.getByRole('heading').waitFor();
    await alert.locator('summary').click();
    assert.match((await alert.locator('code').textContent()) ?? '', /model-corrupt: .*hash/);
    await page.unrouteAll({ behavior: 'wait' });
    await close();
  });

  it('the picture is paused', async () => {
    const app = await openApp(withCamera, site.url, 'source=camera&backend=wasm');
    await app.frames(2);
    await app.page.keyboard.press('Space');
    await app.page.getByText('Paused').first().waitFor();
    const before = (await app.stats()).framesProcessed;
    await app.page.waitForTimeout(500);
    assert.ok((await app.stats()).framesProcessed <= before + 1);
    await app.page.keyboard.press('Space');
    await app.frames(2);
    await app.close();
  });

  it('the address asks for what does not exist', async () => {
    const app = await openApp(
      withCamera,
      site.url,
      'source=demo&score=7&backend=abacus&fit=stretch',
    );
    await app.page.getByText(/score/i).getByText(/7/).waitFor();
    await app.page.getByText(/abacus/).waitFor();
    await app.page.getByText(/stretch/).waitFor();
    await app.frames(2);
    await app.close();
  });

  /** A page whose weights meet a bad fate on their way. */
  async function brokenWeights(
    fate: (route: Route) => Promise<void>,
  ): Promise<{ page: Page; close: () => Promise<void> }> {
    const context = await withCamera.newContext();
    const page = await context.newPage();
    await page.route(/\/models\/.*weights.*\.bin/, fate);
    await page.goto(`${site.url}?source=demo&backend=wasm`);
    return { page, close: () => context.close() };
  }

  /** Lets the download begin and never end. */
  async function holdWeights(page: Page): Promise<void> {
    await page.route(/\/models\/.*weights.*\.bin/, () => new Promise(() => undefined));
  }
});
