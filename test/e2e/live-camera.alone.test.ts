import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Executor } from '../../src/domain/backend.js';
import type { Detection } from '../../src/domain/detection.js';
import { intersectionOverUnion } from '../../src/domain/geometry.js';
import { makeFakeCamera } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { loadOriginalDetector, type Original, type Pixels } from '../support/original.js';
import { startSite, type Site } from '../support/site.js';
import type { SightlineDetector } from '../../src/ui/elements/sightline-detector.js';

/** The video's picture at this moment, at its own size. */
async function grabFrame(app: App): Promise<Pixels> {
  const { width, height, base64 } = await app.page
    .locator('sightline-detector')
    .evaluate(async (element) => {
      const video = (element as SightlineDetector).sourceInfo?.element;
      if (!(video instanceof HTMLVideoElement)) throw new Error('no video');
      const { videoWidth, videoHeight } = video;
      const canvas = new OffscreenCanvas(videoWidth, videoHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no canvas');
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(0, 0, videoWidth, videoHeight);
      const url = await new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.onload = () => {
          resolve(reader.result as string);
        };
        reader.readAsDataURL(new Blob([data]));
      });
      return { width: videoWidth, height: videoHeight, base64: url.split(',')[1] ?? '' };
    });
  return { rgba: Buffer.from(base64, 'base64'), width, height };
}

/** Same classes in the same order, IoU ≥ 0.95, scores within 0.02. */
function assertAgreement(found: readonly Detection[], expected: readonly Detection[]): void {
  const told = JSON.stringify({ found, expected });
  assert.ok(expected.length > 0, 'the original finds something');
  assert.deepEqual(
    found.map((detection) => detection.class),
    expected.map((detection) => detection.class),
    told,
  );
  found.forEach((detection, index) => {
    const reference = expected[index];
    assert.ok(reference);
    assert.ok(intersectionOverUnion(detection.bbox, reference.bbox) >= 0.95, told);
    assert.ok(Math.abs(detection.score - reference.score) <= 0.02, told);
  });
}

/** What int8 has to come to: the same things, near enough, where either is sure of them. */
function assertNearAgreement(found: readonly Detection[], expected: readonly Detection[]): void {
  const told = JSON.stringify({ found, expected });
  const isSure = ({ score }: Detection): boolean => score >= 0.65;
  assert.ok(expected.some(isSure), 'the original is sure of something');
  for (const [ones, others] of [
    [found, expected],
    [expected, found],
  ] as const) {
    for (const one of ones.filter(isSure)) {
      const other = others.find(
        (each) => each.class === one.class && intersectionOverUnion(each.bbox, one.bbox) >= 0.85,
      );
      assert.ok(other && Math.abs(other.score - one.score) <= 0.15, told);
    }
  }
}

describe('A live camera', () => {
  let site: Site;
  let original: Original;
  let folder: string;

  before(async () => {
    [site, original] = await Promise.all([startSite(), loadOriginalDetector()]);
    folder = await mkdtemp(join(tmpdir(), 'sightline-camera-'));
  });

  after(async () => {
    original.dispose();
    await Promise.all([site.close(), rm(folder, { recursive: true })]);
  });

  /** Shows one photograph to the camera and compares what is found with the original. */
  async function compare(
    { runtime, backend }: Executor,
    photograph: string,
    frames: number,
  ): Promise<void> {
    const mjpeg = join(folder, `${photograph}.mjpeg`);
    const photo = join(root, `test/fixtures/${photograph}.jpg`);
    await makeFakeCamera(mjpeg, [{ photo, frames: 2 }]);
    const browser = await launchChromium({ camera: { mjpeg } });
    try {
      const app = await openApp(
        browser,
        site.url,
        `source=camera&detail=off&backend=${backend}&runtime=${runtime}`,
      );
      const found = await app.frames(frames, 240_000);
      const expected = await original.detect(await grabFrame(app));
      const { engine } = await app.state();
      assert.ok(engine.phase === 'ready');
      assert.equal(engine.info.runtime, runtime);
      const isInt8 = engine.info.model.precision === 'int8';
      (isInt8 ? assertNearAgreement : assertAgreement)(found, expected);
      const { last } = await app.stats();
      assert.equal(last?.backend, backend);
      assert.deepEqual([last.frame.width, last.frame.height], [640, 480]);
      app.assertClean();
    } finally {
      await browser.close();
    }
  }

  const everything = ['chelsea', 'coffee', 'astronaut', 'grace_hopper'];
  const cases: readonly (readonly [executor: Executor, photographs: string[], frames: number])[] = [
    [{ runtime: 'tfjs', backend: 'wasm' }, everything, 3],
    // Of the astronaut, as the camera shows her, not even the original is sure.
    [{ runtime: 'litert', backend: 'wasm' }, ['chelsea', 'coffee', 'grace_hopper'], 3],
    [{ runtime: 'tfjs', backend: 'webgl' }, ['coffee', 'astronaut'], 3],
    [{ runtime: 'tfjs', backend: 'webgpu' }, ['coffee'], 2],
    [{ runtime: 'litert', backend: 'webgpu' }, ['coffee'], 2],
  ];
  for (const [executor, photographs, frames] of cases) {
    const name = `${executor.runtime} on ${executor.backend}`;
    for (const photograph of photographs) {
      it(`gives the original's boxes in ${name}: ${photograph}`, () =>
        compare(executor, photograph, frames));
    }
  }
});
