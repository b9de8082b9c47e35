import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { fakeCameraPixels, makeFakeCamera } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { coverage, leak, pixelsOf, type Box } from '../support/leaks.js';
import { startSite, type Site } from '../support/site.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
/** Beside the photograph that a person is on, far from where that one is. */
const BAR: Box = [566, 4, 70, 470];
const NOTHING = new Uint8Array();
const ASTRONAUT = join(root, 'test/fixtures/astronaut.jpg');

interface Seen {
  /** People in frames that were shown. */
  readonly people: number;
  /** The smallest share of a person's box that was one colour, in any frame. */
  readonly leastCovered: number;
  /** A person's box. */
  readonly box: Box;
  /** PNG by data URL, of a stream of the picture. */
  readonly streamed: readonly string[];
  readonly snapshots: readonly string[];
}

/** Looks at what is shown, streamed and saved for some seconds, in the page. */
function observe(app: App, seconds: number): Promise<Seen> {
  return app.page.evaluate(async (wait) => {
    const detector = document
      .querySelector('sightline-app')
      ?.shadowRoot?.querySelector('sightline-detector');
    if (!detector) throw new Error('no detector on this page');
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    const dataUrl = (blob: Blob): Promise<string> =>
      new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => {
          resolve(reader.result as string);
        };
        reader.readAsDataURL(blob);
      });
    let people = 0;
    let leastCovered = 1;
    let box: [number, number, number, number] = [0, 0, 0, 0];
    const look = (): void => {
      const element = detector.sourceInfo?.element;
      if (!(element instanceof HTMLCanvasElement)) throw new Error('the raw video is on show');
      canvas.width = element.width;
      canvas.height = element.height;
      context.drawImage(element, 0, 0);
    };
    const onDetections = ({
      detections,
    }: {
      detections: readonly { class: string; bbox: readonly [number, number, number, number] }[];
    }): void => {
      const found = detections.filter((one) => one.class === 'person');
      if (found.length > 0) look();
      for (const { bbox } of found) {
        people++;
        const [x, y] = [Math.max(0, Math.ceil(bbox[0])), Math.max(0, Math.ceil(bbox[1]))];
        const right = Math.min(canvas.width, Math.floor(bbox[0] + bbox[2]));
        const bottom = Math.min(canvas.height, Math.floor(bbox[1] + bbox[3]));
        const { data } = context.getImageData(x, y, right - x, bottom - y);
        let covered = 0;
        for (let at = 0; at < data.length; at += 4) {
          if (data[at] === 0x39 && data[at + 1] === 0x42 && data[at + 2] === 0x4e) covered++;
        }
        leastCovered = Math.min(leastCovered, (covered * 4) / data.length);
        box = [bbox[0], bbox[1], bbox[2], bbox[3]];
      }
    };
    detector.addEventListener('detections', onDetections);
    const stream = detector.captureStream();
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    const streamed: string[] = [];
    const snapshots: string[] = [];
    const end = performance.now() + wait * 1000;
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const copy = document.createElement('canvas');
      copy.width = video.videoWidth;
      copy.height = video.videoHeight;
      copy.getContext('2d')?.drawImage(video, 0, 0);
      streamed.push(copy.toDataURL());
      snapshots.push(await dataUrl(await detector.snapshot()));
    }
    for (const track of stream.getTracks()) track.stop();
    detector.removeEventListener('detections', onDetections);
    return { people, leastCovered, box, streamed, snapshots };
  }, seconds);
}

function decode(url: string): Promise<Uint8Array> {
  return pixelsOf(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
}

describe('Keeping no faces', () => {
  let site: Site;
  let browser: Browser;
  let folder: string;
  let scene: Uint8Array;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-privacy-'));
    const mjpeg = join(folder, 'camera.mjpeg');
    const photo = (name: string): string => join(root, `test/fixtures/${name}.jpg`);
    await makeFakeCamera(mjpeg, [
      { photo: ASTRONAUT, frames: 60 },
      { photo: photo('chelsea'), frames: 30 },
      { photo: photo('coffee'), frames: 30 },
    ]);
    [site, browser, scene] = await Promise.all([
      startSite(),
      launchChromium({ gpu: 'none', camera: { mjpeg } }),
      fakeCameraPixels(ASTRONAUT),
    ]);
  });

  after(async () => {
    await Promise.all([browser.close(), site.close()]);
    await rm(folder, { recursive: true });
  });

  const query = 'view=watch&source=camera&backend=wasm&detail=off&score=0.4';

  it('is chosen on a phone, and no pixel of a person is shown, streamed or saved', async () => {
    const app = await openApp(browser, site.url, query, { context: PHONE });
    const { page } = app;
    await app.frames(3);
    await page.getByRole('button', { name: /Keep no faces/ }).click();
    await page.getByRole('radio', { name: /^Cover/ }).check();
    await page
      .getByRole('button', { name: /^People covered/ })
      .first()
      .waitFor();
    const seen = await observe(app, 7);
    assert.ok(seen.people > 5, `${String(seen.people)} people`);
    assert.equal(seen.leastCovered, 1);
    const inner: Box = [seen.box[0] + 10, seen.box[1] + 30, seen.box[2] - 20, seen.box[3] - 40];
    // The measure tells what is not altered.
    assert.ok(leak(scene, scene, inner) === 1 && coverage(scene, inner) < 0.2);
    for (const url of [...seen.streamed, ...seen.snapshots]) {
      const share = leak(await decode(url), scene, inner);
      assert.ok(share < 0.1, `${String(share)} of a person is to be seen`);
    }
    const covered = await Promise.all(
      seen.streamed.map(async (url) => coverage(await decode(url), inner)),
    );
    assert.ok(
      covered.some((share) => share > 0.99),
      'somebody was streamed, covered',
    );

    // The small window over all others has the same picture.
    await page.getByRole('button', { name: 'Show in a small window' }).click();
    await page.getByRole('button', { name: 'Close the small window' }).waitFor();
    for (let look = 0; look < 8; look++) {
      await page.waitForTimeout(250);
      const small = await page.evaluateHandle(() => document.pictureInPictureElement);
      const png = await small.asElement()?.evaluate(drawn);
      assert.ok(png !== undefined, 'it is open');
      await assertCovered(png, scene, inner);
    }
    await page.getByRole('button', { name: 'Close the small window' }).click();
    await page.getByRole('button', { name: 'Show in a small window' }).waitFor();
    app.assertClean();

    // It is there again before the first picture.
    await page.reload();
    await page.locator('sightline-detector canvas:not(.overlay)').waitFor();
    assert.equal(await page.locator('sightline-detector video').count(), 0);
    await app.frames(3);
    assert.equal((await observe(app, 2)).leastCovered, 1);
    await app.close();
  });

  it('keeps a snapshot and a clip of an alert, covered from its first second on', async () => {
    const app = await openApp(browser, site.url, query, { context: PHONE });
    const { page } = app;
    await page.getByRole('button', { name: /Keep no faces/ }).click();
    await page.getByRole('radio', { name: /^Cover/ }).check();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.getByRole('button', { name: 'Add a zone' }).click();
    // Nobody enters a corner: the rule must not fire before all of it is chosen.
    await command(app, { kind: 'shape', shape: square(0.01) });
    await command(app, { kind: 'change', changes: { anchor: 'center', inertia: 1 } });
    await page.getByRole('button', { name: 'person' }).click();
    await page.getByLabel('Something enters').check();
    await page.getByLabel('Keep a snapshot').check();
    await page.getByRole('checkbox', { name: /^Keep a clip/ }).check();
    await command(app, { kind: 'shape', shape: square(1) });
    await page.getByRole('button', { name: 'Done' }).click();
    // A clip is on the disk five seconds after what it is about.
    await kept(app, (ids) =>
      [/snapshot$/, /clip$/].every((kind) => ids.some((id) => kind.test(id))),
    );
    const { box } = await observe(app, 4);
    const { snapshots, frames, seconds } = await keptPictures(app);
    assert.ok(snapshots.length > 0 && frames.length > 4, 'both were kept');
    assert.ok(seconds > 4 && seconds < 12, `${String(seconds)} s`);
    let people = 0;
    for (const url of [...snapshots, ...frames]) people += await assertCovered(url, scene, box);
    assert.ok(people > snapshots.length, 'somebody is in the clip, covered');
    await page.getByRole('button', { name: 'What happened' }).click();
    await openEventWithClip(page);
    for (const shown of ['canvas', 'video'] as const) {
      const png = await page.locator(`sightline-event-page ${shown}`).evaluate(drawn);
      await assertCovered(png, scene, box);
    }

    // What is saved as a file shows no more than that, and each picture is of its very frame.
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByLabel('Save as').selectOption('coco');
    const zip = unzipSync(await readFile(await (await download).path()));
    const { images, annotations } = JSON.parse(strFromU8(zip['annotations.json'] ?? NOTHING)) as {
      images: readonly { id: number; file_name: string }[];
      annotations: readonly { image_id: number; bbox: Box }[];
    };
    assert.ok(images.length > 0 && annotations.length > 0, 'snapshots were saved');
    for (const { image_id: id, bbox } of annotations) {
      const name = images.find((image) => image.id === id)?.file_name ?? '';
      const pixels = await pixelsOf(Buffer.from(zip[name] ?? NOTHING));
      assert.equal(coverage(pixels, bbox), 1, `${name}: somebody is to be seen`);
    }

    // Gone is gone; who comes in after it is another event.
    await page.getByRole('button', { name: 'Delete all' }).click();
    const before = await page.evaluate(idsKept);
    await page.getByRole('button', { name: /^Really delete/ }).click();
    await kept(app, (ids) => !ids.some((id) => before.includes(id)));
    app.assertClean();
    await app.close();
  });
});

/** From the picture's upper left corner, with sides of this share of its own. */
function square(side: number): readonly (readonly [x: number, y: number])[] {
  return [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ];
}

/** Opens the oldest event that has pictures; of who has just come there is no clip yet. */
async function openEventWithClip(page: Page): Promise<void> {
  const withPictures = page.getByRole('button', { name: /^Pictures of/ });
  // The list comes from the disk, some time after the page.
  await withPictures.first().waitFor();
  await withPictures.last().click();
  await page.getByRole('img', { name: 'Snapshot' }).waitFor();
  await page.getByLabel('Clip', { exact: true }).waitFor();
}

/** What a person does by pointer or key, without its aim. */
function command(app: App, what: object): Promise<void> {
  return app.page.evaluate((wanted) => {
    const panel = document
      .querySelector('sightline-app')
      ?.shadowRoot?.querySelector('sightline-watch');
    const event = new Event('watch-command', { bubbles: true, composed: true });
    panel?.dispatchEvent(Object.assign(event, { command: wanted }));
  }, what);
}

/** Waits until the store has the right pictures. */
async function kept(app: App, isRight: (ids: readonly string[]) => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const ids = await app.page.evaluate(idsKept);
    if (isRight(ids)) return;
    assert.ok(Date.now() < deadline, `in the store: ${ids.join()}`);
    await app.page.waitForTimeout(250);
  }
}

/** Of the pictures in the store, each its event's and what it is. Runs in the page. */
function idsKept(): Promise<string[]> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('sightline-events');
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction('pictures').objectStore('pictures').getAllKeys();
      reading.onsuccess = () => {
        database.close();
        resolve(reading.result.map(String));
      };
    };
  });
}

/** What an element shows, as PNG by data URL. Runs in the page. */
function drawn(element: Element): string {
  if (!(element instanceof HTMLCanvasElement || element instanceof HTMLVideoElement)) return '';
  const canvas = document.createElement('canvas');
  const isVideo = element instanceof HTMLVideoElement;
  canvas.width = isVideo ? element.videoWidth : element.width;
  canvas.height = isVideo ? element.videoHeight : element.height;
  canvas.getContext('2d')?.drawImage(element, 0, 0);
  return canvas.toDataURL();
}

/**
 * Fails where anything of a person is to be seen.
 *
 * @returns 1 of a picture that the person was before, 0 of another.
 */
async function assertCovered(url: string, scene: Uint8Array, box: Box): Promise<0 | 1> {
  const pixels = await decode(url);
  const share = leak(pixels, scene, box);
  assert.ok(share < 0.1, `${String(share)} of a person is to be seen`);
  // Only the photograph with the person has a bar beside it.
  if (leak(pixels, scene, BAR) < 0.99) return 0;
  assert.ok(coverage(pixels, box) > 0.99, 'a person is covered');
  return 1;
}

/** All that is kept, by data URL; of a film two frames a second. */
function keptPictures(
  app: App,
): Promise<{ snapshots: string[]; frames: string[]; seconds: number }> {
  return app.page.evaluate(async () => {
    const pictures = await new Promise<{ kind: string; blob: Blob }[]>((resolve) => {
      const opening = indexedDB.open('sightline-events');
      opening.onsuccess = () => {
        const database = opening.result;
        const reading = database.transaction('pictures').objectStore('pictures').getAll();
        reading.onsuccess = () => {
          database.close();
          resolve(reading.result as { kind: string; blob: Blob }[]);
        };
      };
    });
    const canvas = document.createElement('canvas');
    const draw = (picture: CanvasImageSource, width: number, height: number): string => {
      canvas.width = width;
      canvas.height = height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      return canvas.toDataURL();
    };
    const snapshots: string[] = [];
    const frames: string[] = [];
    let seconds = 0;
    for (const { kind, blob } of pictures) {
      if (kind === 'snapshot') {
        const bitmap = await createImageBitmap(blob);
        snapshots.push(draw(bitmap, bitmap.width, bitmap.height));
        continue;
      }
      const video = document.createElement('video');
      video.muted = true;
      video.src = URL.createObjectURL(blob);
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => {
          reject(new Error(video.error?.message ?? 'no clip'));
        };
      });
      seconds = video.duration;
      for (let at = 0; at < seconds; at += 0.5) {
        video.currentTime = at;
        await new Promise((resolve) => {
          video.onseeked = resolve;
        });
        frames.push(draw(video, video.videoWidth, video.videoHeight));
      }
    }
    return { snapshots, frames, seconds };
  });
}
