import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';
import type { SightlineDetector } from '../../src/ui/elements/sightline-detector.js';

describe('A shared screen', () => {
  let site: Site;

  before(async () => {
    site = await startSite();
  });

  after(() => site.close());

  it('is looked at like a camera, until the sharing stops', async () => {
    // The fake picker says yes at once and shares a test picture.
    const args = ['--use-fake-ui-for-media-stream'];
    const browser = await launchChromium({ camera: 'synthetic', gpu: 'none', args });
    try {
      const app = await openApp(browser, site.url, 'backend=wasm', { camera: 'denied' });
      await app.page.getByRole('button', { name: /share a screen/i }).click();
      await app.frames(3);
      const { source } = await app.state();
      assert.equal(source.phase === 'open' && source.info.kind, 'screen');
      app.assertClean();
      await app.page.locator('sightline-detector').evaluate((element) => {
        const { sourceInfo } = element as SightlineDetector;
        const stream = (sourceInfo?.element as HTMLVideoElement).srcObject as MediaStream;
        // The browser's own "stop sharing" cannot be pressed here; this is what it does to the page.
        for (const track of stream.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      });
      await app.problem('The picture has ended');
    } finally {
      await browser.close();
    }
  });

  it('that was refused is told, and can be asked for again', async () => {
    const browser = await launchChromium({ gpu: 'none' });
    try {
      const app = await openApp(browser, site.url, 'backend=wasm', {
        camera: 'denied',
        sabotage: () => {
          // What closing the browser's picker does; no headless browser has a picker to close.
          navigator.mediaDevices.getDisplayMedia = () =>
            Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
        },
      });
      await app.page.getByRole('button', { name: /share a screen/i }).click();
      await app.problem('No screen was shared');
    } finally {
      await browser.close();
    }
  });
});
