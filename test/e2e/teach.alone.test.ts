import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { NegativeIndex } from '../../src/domain/negatives.js';
import type { TrackedDetection } from '../../src/domain/tracking/track.js';
import type {} from '../../src/ui/elements/sightline-detector.js';
import { startServer, type RunningServer } from '../../tools/server.js';
import {
  launchProfile,
  publish,
  storedWhole,
  temporaryFolder,
  type Folder,
} from '../support/offline.js';
import { FILM_SECONDS, filmThreePeople, placeOf, type Place } from '../support/three-people.js';

/** A phone held upright. */
const PHONE = { width: 390, height: 844 };
const QUERY = '?view=teach&source=camera&backend=wasm';
/** Examples that one recording gives at least: a photograph that is moved about has few views. */
const ENOUGH = 4;

/** How long the button is held; a scene is a little longer. */
const HOLD_MS = 6500;

/** What was seen in one frame: who stands where, and what they are called. */
interface Sight {
  readonly place: Place;
  readonly name: string;
  readonly isUnknown: boolean;
}

/** Everything seen in so many milliseconds. */
async function watch(page: Page, milliseconds: number): Promise<readonly Sight[]> {
  const seen = await page.locator('sightline-detector').evaluate(
    (element: HTMLElement, duration) =>
      new Promise<TrackedDetection[]>((resolve) => {
        const found: TrackedDetection[] = [];
        const controller = new AbortController();
        const listener = ({ detections }: { detections: readonly TrackedDetection[] }): void => {
          found.push(...detections);
        };
        element.addEventListener('detections', listener, { signal: controller.signal });
        setTimeout(() => {
          controller.abort();
          resolve(found);
        }, duration);
      }),
    milliseconds,
  );
  return seen
    .filter(({ class: label, taught }) => label === 'person' || taught?.base === 'person')
    .map(({ bbox, class: name, taught }) => ({
      place: placeOf(bbox),
      name,
      isUnknown: taught?.label === '',
    }));
}

/** Waits until somebody has just come to a place. */
async function arrival(page: Page, place: Place): Promise<void> {
  let wasElsewhere = false;
  for (let look = 0; look < 400; look++) {
    const sights = await watch(page, 250);
    const isThere = sights.some((sight) => sight.place === place);
    if (isThere && wasElsewhere) return;
    wasElsewhere ||= !isThere;
  }
  throw new Error(`nobody came to the ${place}`);
}

/** Records whoever stands at a place under a name, until there are enough examples. */
async function record(page: Page, place: Place, name: string): Promise<number> {
  let taken = 0;
  for (let round = 0; round < 4 && taken < ENOUGH; round++) {
    await arrival(page, place);
    await page
      .getByRole('button', { name: /what is this\?/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    const button = page.getByRole('button', { name: /Hold to record|Recording/ });
    const box = await button.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    try {
      const isEnough = page.locator('sightline-record-button b', { hasText: /^1[0-9]$/ });
      // Until there are plenty, or they are about to go.
      await isEnough.waitFor({ timeout: HOLD_MS }).catch(() => undefined);
    } finally {
      await page.mouse.up();
    }
    await page.getByRole('button', { name: 'Back' }).click();
    const card = page.getByRole('button', { name: new RegExp(`^${name}, \\d+ examples?$`) });
    taken = Number(/\d+/.exec((await card.getAttribute('aria-label')) ?? '')?.[0] ?? 0);
  }
  return taken;
}

describe('Teaching on a phone', () => {
  let site: Folder;
  let film: Folder;
  let profile: Folder;
  let server: RunningServer;
  let context: BrowserContext;
  let page: Page;

  const shot = async (name: string): Promise<void> => {
    const folder = process.env['SIGHTLINE_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  before(async () => {
    [site, film, profile] = await Promise.all([
      temporaryFolder(),
      temporaryFolder(),
      temporaryFolder(),
    ]);
    // The pack of negatives has the photographs that the film is made of. Nobody's own
    // things are in it, and whom the head is to call unknown it must not have learnt from.
    await publish(join(site.path, 'dist'), 'Sightline', leaveOutPeople);
    const mjpeg = join(film.path, 'people.mjpeg');
    await filmThreePeople(film.path, mjpeg);
    server = await startServer({ dir: join(site.path, 'dist'), port: 0 });
    context = await launchProfile(profile.path, {
      args: [
        '--use-fake-device-for-media-stream=fps=30',
        `--use-file-for-fake-video-capture=${mjpeg}`,
      ],
    });
    await context.grantPermissions(['camera'], { origin: new URL(server.url).origin });
    page = await context.newPage();
    await page.addInitScript('globalThis.__name = (target) => target;');
    await page.setViewportSize(PHONE);
  });

  after(async () => {
    await context.close();
    await server.close().catch(() => undefined);
    await Promise.all([site.remove(), film.remove(), profile.remove()]);
  });

  it('tells two people apart, calls a third unknown, and knows all of it offline', async (test) => {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(server.url + QUERY);
    await page.getByRole('heading', { name: 'Teach', exact: true }).waitFor();
    await page.getByText('Tap a thing in the picture and say what it is.').waitFor();
    await storedWhole(page);
    await shot('1-start');

    const begin = performance.now();
    const eileen = await record(page, 'left', 'Eileen');
    await shot('2-first');
    const grace = await record(page, 'right', 'Grace');
    await shot('3-second');
    assert.ok(Math.min(eileen, grace) >= ENOUGH, `${eileen} and ${grace} examples`);
    await page.getByRole('button', { name: 'Teach it' }).click();
    await page.getByText('The names are live.').waitFor({ timeout: 60_000 });
    const seconds = (performance.now() - begin) / 1000;
    await shot('4-taught');
    assert.deepEqual(errors, []);

    test.diagnostic(await assertNames(page));
    await page.getByRole('button', { name: /^unknown person: what is this\?$/ }).waitFor();
    await shot('5-unknown');

    await server.close();
    await page.reload();
    await page.getByRole('button', { name: `Eileen, ${eileen} examples` }).waitFor();
    await page.getByRole('button', { name: `Grace, ${grace} examples` }).waitFor();
    await page.locator('sightline-label-list sightline-thumbnail img').nth(1).waitFor();
    test.diagnostic(await assertNames(page));
    await shot('6-offline');
    assert.deepEqual(errors, []);
    test.diagnostic(`${eileen} + ${grace} examples taught within ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 60, `it took ${seconds.toFixed(1)} s`);
  });
});

/** Watches the film once round: who is called what, and how steadily. */
async function assertNames(page: Page): Promise<string> {
  const sights = await watch(page, 1000 * FILM_SECONDS);
  const called = (place: Place): Record<string, number> => {
    const names: Record<string, number> = {};
    for (const { name, isUnknown } of sights.filter((sight) => sight.place === place)) {
      const key = isUnknown ? 'unknown' : name;
      names[key] = (names[key] ?? 0) + 1;
    }
    return names;
  };
  const places = { left: called('left'), right: called('right'), middle: called('middle') };
  const text = JSON.stringify(places);
  const share = (place: Place, name: string): number => {
    const all = Object.values(places[place]).reduce((sum, count) => sum + count, 0);
    assert.ok(all > 10, text);
    return (places[place][name] ?? 0) / all;
  };
  // The first frames of everybody's scene are too few to be sure.
  assert.ok(share('left', 'Eileen') > 0.8, text);
  assert.ok(share('right', 'Grace') > 0.8, text);
  assert.ok(share('middle', 'unknown') > 0.7, text);
  assert.ok(share('left', 'Grace') + share('right', 'Eileen') < 0.05, text);
  return text;
}

async function leaveOutPeople(dir: string): Promise<void> {
  const file = join(dir, 'negatives/index.json');
  const index = JSON.parse(await readFile(file, 'utf8')) as NegativeIndex;
  const isPerson = ({ shows }: NegativeIndex['pictures'][number]): boolean =>
    shows.includes('person');
  for (const { path } of index.pictures.filter(isPerson)) await rm(join(dir, 'negatives', path));
  const pictures = index.pictures.filter((picture) => !isPerson(picture));
  await writeFile(file, JSON.stringify({ ...index, pictures }));
}
