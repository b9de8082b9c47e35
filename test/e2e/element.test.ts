import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { SightlineDetector } from '../../src/ui/elements/sightline-detector.js';
import { launchChromium } from '../support/chromium.js';
import { fixture } from '../support/pictures.js';
import { startSite, type Site } from '../support/site.js';
import { visit } from '../support/visit.js';

/** Somebody else's page with two detectors, the site being installed in a sub-folder. */
const PAGE = `<!doctype html>
<html lang="en">
<title>Two detectors</title>
<script type="module" src="./sightline-detector.js"></script>
<sightline-detector id="one" source="demo" backend="wasm"></sightline-detector>
<sightline-detector id="two" source="demo" backend="wasm" score-threshold="0.4"></sightline-detector>
</html>`;

/** What one `detections` event said, as plain data. */
interface Told {
  readonly detections: unknown;
  readonly frame: unknown;
  readonly backend: unknown;
  readonly timings: unknown;
  readonly bubbles: boolean;
  readonly composed: boolean;
}

/** The next event that tells of at least one object; the demo clip is never long without. */
function nextEvent(page: Page, id: string): Promise<Told> {
  return page.locator(id).evaluate(
    (element: HTMLElement) =>
      new Promise<Told>((resolve) => {
        const controller = new AbortController();
        element.addEventListener(
          'detections',
          ({ detections, frame, backend, timings, bubbles, composed }) => {
            if (detections.length === 0) return;
            controller.abort();
            resolve({ detections: [...detections], frame, backend, timings, bubbles, composed });
          },
          { signal: controller.signal },
        );
      }),
  );
}

describe('<sightline-detector> on any page', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let close: () => Promise<void>;

  before(async () => {
    [site, browser] = await Promise.all([
      startSite('/apps/eyes/'),
      launchChromium({ gpu: 'none' }),
    ]);
    const context = await browser.newContext();
    const headers = {
      'content-type': 'text/html',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    await context.route('**/embed.html', (route) => route.fulfill({ body: PAGE, headers }));
    page = await context.newPage();
    await page.addInitScript('globalThis.__name = (target) => target;');
    await page.goto(`${site.url}embed.html`);
    close = () => context.close();
  });

  after(async () => {
    await close();
    await Promise.all([browser.close(), site.close()]);
  });

  it('tells of every frame what was found, where and how fast', async () => {
    const told = await nextEvent(page, '#one');
    assert.equal(told.bubbles && told.composed, true);
    assert.equal(told.backend, 'wasm');
    assert.deepEqual(Object.keys(told.timings as object), [
      'preprocess',
      'inference',
      'postprocess',
    ]);
    const frame = told.frame as { width: number; height: number; timestamp: number };
    assert.deepEqual([frame.width, frame.height], [640, 480]);
    assert.equal(typeof frame.timestamp, 'number');
    const detections = told.detections as { bbox: number[]; class: string; score: number }[];
    assert.ok(detections.length > 0);
    for (const { bbox, class: label, score } of detections) {
      assert.equal(bbox.length, 4);
      const [x = -1, y = -1, width = -1, height = -1] = bbox;
      assert.ok(x >= 0 && y >= 0 && width > 0 && height > 0, JSON.stringify(bbox));
      assert.ok(x + width <= 640.5 && y + height <= 480.5, JSON.stringify(bbox));
      assert.equal(typeof label, 'string');
      assert.ok(score >= 0.5 && score <= 1);
    }
  });

  it('detects in any picture by a method, while both go on', async () => {
    const both = Promise.all([nextEvent(page, '#one'), nextEvent(page, '#two')]);
    const { buffer } = await fixture('chelsea');
    const found = await page.locator('#two').evaluate(async (element, base64) => {
      const detector = element as SightlineDetector;
      const canvas = document.createElement('canvas');
      canvas.width = 64;
      canvas.height = 48;
      const blank = await detector.detect(canvas);
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const pending = detector.detect(bitmap, { categoryAllowlist: ['cat'], scoreThreshold: 0.3 });
      // The picture stays the caller's, who may close it at once.
      bitmap.close();
      const photo = await pending;
      return { blank: blank.detections.length, classes: photo.detections.map((d) => d.class) };
    }, buffer.toString('base64'));
    assert.equal(found.blank, 0);
    assert.deepEqual(found.classes, ['cat']);
    await both;
  });

  it('has two engines that live and die apart', async () => {
    assert.equal(page.workers().filter((worker) => worker.url().includes('worker.js')).length, 2);
    await page.locator('#two').evaluate((element) => (element as SightlineDetector).dispose());
    await nextEvent(page, '#one');
    await page.locator('#one').evaluate((element) => {
      (element as SightlineDetector).detectStop();
    });
    const stopped = await page.locator('#one').evaluate(async (element) => {
      let events = 0;
      element.addEventListener('detections', () => events++);
      await new Promise((resolve) => setTimeout(resolve, 700));
      return events;
    });
    // One frame may have been under way.
    assert.ok(stopped <= 1);
    const again = Promise.all([nextEvent(page, '#one'), nextEvent(page, '#two')]);
    for (const id of ['#one', '#two']) {
      await page.locator(id).evaluate((element) => (element as SightlineDetector).detectStart());
    }
    await again;
  });

  it('survives being moved in the page', async () => {
    await page.locator('#one').evaluate((element) => {
      const box = document.createElement('main');
      document.body.append(box);
      box.append(element);
    });
    const told = await nextEvent(page, '#one');
    assert.equal(told.backend, 'wasm');
  });

  it('is the same site as the app, which works from a sub-folder too', async () => {
    const app = await visit(browser, `${site.url}?source=demo&backend=wasm`);
    await app.page.getByText(/fps/).first().waitFor({ timeout: 60_000 });
    app.assertClean();
    await app.close();
  });
});
