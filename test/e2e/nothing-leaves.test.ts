import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { checkOffline, storedWhole } from '../support/offline.js';
import { demoClip, fixture } from '../support/pictures.js';
import { startRecordingProxy, type RecordingProxy } from '../support/recording-proxy.js';
import { startSite, type Site } from '../support/site.js';

/** Updates, sign-in and autofill of Chromium itself, none of which a page can ask for. */
const BROWSERS_OWN = /^\w+ (https?:\/\/)?[\w.-]+\.(google|googleapis|gstatic|gvt1)\.com[:/]/;

describe('Nothing leaves the device', () => {
  let site: Site;
  let proxy: RecordingProxy;
  let browser: Browser;

  before(async () => {
    [site, proxy] = await Promise.all([startSite(), startRecordingProxy()]);
    browser = await launchChromium({ camera: 'synthetic', gpu: 'none', args: proxy.args });
  });

  after(async () => {
    await browser.close();
    await Promise.all([site.close(), proxy.close()]);
  });

  it('whatever a person does: only files of the site are asked for, and nothing is sent', async () => {
    const app = await openApp(browser, site.url, 'source=none&backend=wasm', {
      sabotage: () => {
        // The ways out that are no HTTP requests.
        const opened: string[] = [];
        Object.assign(globalThis, { opened });
        for (const name of ['RTCPeerConnection', 'WebSocket', 'WebTransport', 'EventSource']) {
          Object.defineProperty(globalThis, name, {
            get() {
              opened.push(name);
              return undefined;
            },
          });
        }
      },
    });
    const { page } = app;
    await storedWhole(page);

    // The camera, and everything in the bar below the picture.
    await page.getByRole('button', { name: 'Use camera' }).click();
    await app.frames(3);
    const press = (name: string): Promise<void> =>
      page.getByRole('toolbar').getByRole('button', { name }).click();
    const close = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Close' }).click();
    };
    await press('Mirror');
    await press('Pause');
    await press('Go on');
    await press('Labels');
    await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('cat');
    await close();
    await press('Snapshot');
    const download = page.waitForEvent('download');
    await page.getByText('Save PNG').click();
    await (await download).cancel();
    await close();
    await press('Details');
    await page.getByRole('combobox', { name: 'Backend' }).selectOption('cpu');
    await app.frames(1, 120_000);
    await page.getByRole('combobox', { name: 'Backend' }).selectOption('wasm');
    await app.frames(1);
    await page.keyboard.press('d');

    // A photo, a film and the demo.
    for (const file of [await fixture('chelsea'), await demoClip()]) {
      const frames = app.frames(1);
      await page.locator('input[type=file]').setInputFiles(file);
      await frames;
    }
    await press('Source');
    const frames = app.frames(1);
    await page.getByRole('button', { name: /^Demo/ }).click();
    await frames;

    // Teaching: what is taught is kept, and only where it is asked to be.
    await press('Teach');
    const hold = async (): Promise<void> => {
      const button = page.getByRole('button', { name: /Hold to record|Recording/ });
      await button.hover();
      await page.mouse.down();
      await page.locator('sightline-record-button b', { hasText: /[2-9]/ }).waitFor();
      await page.mouse.up();
      await page.getByRole('button', { name: 'Back' }).click();
    };
    await page
      .getByRole('button', { name: /what is this\?/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Something of mine');
    await hold();
    await page.getByRole('button', { name: 'The room without it' }).click();
    await hold();
    await page.getByRole('button', { name: 'Teach it' }).click();
    await page.getByText('The names are live.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Save and open' }).click();
    const project = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Everything/ }).click();
    await (await project).cancel();
    await close();
    await page.getByRole('button', { name: 'Leave teaching' }).click();

    // Watching: what happens is kept here, and goes nowhere but into a file that is asked for.
    await press('Watch');
    await page.getByRole('button', { name: 'Add a zone' }).click();
    await page.getByLabel('Something enters').check();
    await page.getByLabel('Sound').check();
    await page.getByRole('button', { name: 'Done' }).click();
    await app.frames(10);
    await page.getByRole('button', { name: 'What happened' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Leave watching' }).click();

    // Learning: a network that is trained in the page.
    await press('Learn');
    await page.getByRole('heading', { name: 'The perceptron' }).waitFor();
    for (const chapter of ['Activation functions', 'A hidden layer']) {
      await page.getByRole('button', { name: `Next: ${chapter}` }).click();
      await page.getByRole('heading', { name: chapter }).waitFor();
    }
    await page.getByRole('button', { name: 'Leave the lessons' }).click();

    // Help, the app on this device, the offline check, the privacy page.
    await press('Help');
    assert.match(await checkOffline(page), /Ready for aeroplane mode/);
    const popup = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'What happens to your data' }).click();
    await (await popup).getByText('No picture leaves your device.').waitFor();

    const ways = await page.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    assert.deepEqual(ways, []);
    app.assertClean();
    await app.close();

    // The browser speaks with its maker on its own account. Had the page asked for one of these,
    // it would be among the page's foreign requests above.
    const foreign = proxy.seen.filter(
      (line) => !line.startsWith(`GET ${site.url}`) && !BROWSERS_OWN.test(line),
    );
    assert.deepEqual(foreign, []);
    assert.equal(proxy.sentBytes(), 0);
    assert.ok(proxy.seen.length > 20, 'the proxy has seen the site being fetched');
    const queries = proxy.seen.filter(
      (line) => line.startsWith(`GET ${site.url}`) && /\?(?!source=none)/.test(line),
    );
    assert.deepEqual(queries, [], 'nor is anything said in an address');
  });
});
