import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, ElementHandle } from 'playwright-core';
import { root } from '../../tools/root.js';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';

const CLIPS = join(root, '../shared/data/video');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const CLIP_MS = 150_000;

type Counts = readonly [inCount: number, outCount: number];

/** Numbers of the first line or zone of the running app. */
function readCounts(app: App): Promise<{ line: Counts; entries: number; ended: boolean }> {
  return app.page.evaluate(() => {
    const detector = document
      .querySelector('sightline-app')
      ?.shadowRoot?.querySelector('sightline-detector');
    if (!detector) throw new Error('no detector on this page');
    const { counts, sourceInfo } = detector;
    const [line] = [...counts.lines.values()];
    const [zone] = [...counts.zones.values()];
    const video = sourceInfo?.element;
    return {
      line: [line?.inCount ?? 0, line?.outCount ?? 0] as const,
      entries: zone?.entries ?? 0,
      ended: video instanceof HTMLVideoElement && video.currentTime >= video.duration - 0.3,
    };
  });
}

/** Draws from one place of the picture to another, in parts of it. */
async function drag(app: App, from: Counts, to: Counts): Promise<void> {
  const { page } = app;
  const box = await page.evaluate(() => {
    const detector = document
      .querySelector('sightline-app')
      ?.shadowRoot?.querySelector('sightline-detector');
    if (!detector) throw new Error('no detector on this page');
    const { left, top } = detector.getBoundingClientRect();
    const { pictureTransform: transform, sourceInfo } = detector;
    if (transform === undefined || sourceInfo === undefined) throw new Error('no picture');
    return {
      x: left + transform.offsetX,
      y: top + transform.offsetY,
      width: sourceInfo.size.width * transform.scaleX,
      height: sourceInfo.size.height * transform.scaleY,
    };
  });
  await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 5 });
  await page.mouse.up();
}

describe('Watching clips of a street and a room', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
  });

  after(async () => {
    await Promise.all([browser.close(), site.close()]);
  });

  /** Opens a clip in the Watch mode, stopped at its beginning. */
  async function open(name: string, context: object): Promise<App | undefined> {
    const buffer = await readFile(join(CLIPS, name)).catch(() => undefined);
    if (buffer === undefined) return undefined;
    const app = await openApp(browser, site.url, 'view=watch&backend=wasm&detail=off', { context });
    await app.page.locator('input[type=file]').setInputFiles({
      name,
      mimeType: 'video/mp4',
      buffer,
    });
    await app.frames(1);
    return app;
  }

  /** The clip itself; while nothing is altered it is what is on show. */
  async function clipOf(app: App): Promise<ElementHandle<HTMLVideoElement>> {
    const element = await app.page.evaluateHandle(
      () =>
        document
          .querySelector('sightline-app')
          ?.shadowRoot?.querySelector('sightline-detector')
          ?.shadowRoot?.querySelector('video') ?? null,
    );
    const video = element.asElement();
    assert.ok(video !== null, 'a clip is on show');
    return video;
  }

  async function seek(clip: ElementHandle<HTMLVideoElement>, time: number): Promise<void> {
    await clip.evaluate((video, to) => {
      video.loop = false;
      video.currentTime = to;
    }, time);
  }

  /** From the beginning, all counts at 0. */
  async function playAgain(app: App, clip?: ElementHandle<HTMLVideoElement>): Promise<void> {
    await seek(clip ?? (await clipOf(app)), 0);
    await app.page.waitForTimeout(500);
    await app.page.getByRole('button', { name: 'Count from 0 again' }).click();
  }

  // The truth was counted by eye, from pictures taken twice a second: a white car goes up, a green
  // one down while a red one goes up, a white one down.
  it('counts two cars up the road and two down', { timeout: 2 * CLIP_MS }, async (context) => {
    const app = await open('car-detection.mp4', { viewport: { width: 1280, height: 800 } });
    if (app === undefined) {
      context.skip('../shared/data/video is not there');
      return;
    }
    const { page } = app;
    await page.getByRole('button', { name: 'Add a line' }).click();
    await drag(app, [0.02, 0.5], [0.98, 0.5]);
    await page.getByRole('button', { name: 'Done' }).click();
    await playAgain(app);
    const deadline = Date.now() + CLIP_MS;
    let counts = await readCounts(app);
    while (!counts.ended && Date.now() < deadline) {
      await page.waitForTimeout(500);
      counts = await readCounts(app);
    }
    assert.deepEqual(counts.line, [2, 2]);
    await page.getByText('2 in · 2 out').first().waitFor();
    app.assertClean();
    await app.close();
  });

  // By eye: the first of three people comes to the table after 7 seconds and leaves it after 18.
  it('is set up on a phone and tells who stays too long', { timeout: CLIP_MS }, async (context) => {
    const app = await open('one-by-one-person-detection.mp4', PHONE);
    if (app === undefined) {
      context.skip('../shared/data/video is not there');
      return;
    }
    const { page } = app;
    const start = Date.now();
    await page.getByRole('button', { name: 'Add a zone' }).click();
    await drag(app, [0.4, 0.6], [0.8, 0.99]);
    await page.getByRole('button', { name: 'person' }).click();
    await page.getByLabel('Something stays for').check();
    await page.getByLabel('seconds').fill('5');
    await page.getByRole('button', { name: 'Done' }).click();
    assert.ok(Date.now() - start < 60_000, 'within a minute');
    await playAgain(app);
    await page.getByText('Zone 1: person stays too long').first().waitFor({ timeout: 60_000 });
    assert.equal((await readCounts(app)).entries, 1);
    await page.getByRole('button', { name: 'What happened' }).click();
    await page.getByText(/person \d+ left Zone 1 after 1\d s/).waitFor({ timeout: 60_000 });
    app.assertClean();
    await app.close();
  });

  // By eye, from pictures taken once a second: after 74 seconds a fourth person comes from below,
  // stands at the table for 10 seconds and leaves to the right; a fifth is there after 92 seconds,
  // stands for 25 and is gone after 120. The door is to the right of the table, so that both stand
  // at it with their feet. Nobody stays for half a minute.
  it('is set up on a phone for a door in a minute', { timeout: CLIP_MS }, async (context) => {
    const app = await open('one-by-one-person-detection.mp4', PHONE);
    if (app === undefined) {
      context.skip('../shared/data/video is not there');
      return;
    }
    const { page } = app;
    const start = Date.now();
    await page.getByRole('button', { name: 'Count people at a door' }).click();
    await page.getByRole('button', { name: 'Change Door' }).click();
    await drag(app, [0.2, 0.65], [0.78, 0.97]);
    await drag(app, [0.8, 0.65], [0.78, 0.3]);
    await page.getByRole('button', { name: 'Done' }).click();
    const clip = await clipOf(app);
    await page.getByRole('button', { name: /^Keep no faces/ }).click();
    await page.getByRole('radio', { name: /^Blur/ }).check();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    assert.ok(Date.now() - start < 60_000, 'within a minute');
    await playAgain(app, clip);
    await seek(clip, 73);
    await page.getByText('0 in · 2 out').first().waitFor({ timeout: 90_000 });
    assert.deepEqual((await readCounts(app)).line, [0, 2]);
    assert.equal(await page.getByText('stays too long').count(), 0);
    await page
      .getByRole('button', { name: /^People blurred/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'What happened' }).click();
    await page.getByText(/person \d+ left At the door after 2\d s/).waitFor({ timeout: 30_000 });
    assert.equal(await page.getByText(/left At the door after/).count(), 2);
    app.assertClean();
    await app.close();
  });
});
