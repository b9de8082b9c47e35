import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { motFigures } from '../../src/domain/tracking/mot-metrics.js';
import { parseAccuracyOptions } from '../accuracy/command.js';
import { measureMot } from '../accuracy/mot/run.js';
import { readSequences } from '../accuracy/mot/sequence.js';
import { FAKE_CAMERA_FPS } from '../../tools/fake-camera.js';
import { openApp, type App } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { filmClip, writeClip, type Actor, type Clip } from '../support/composed-clip.js';
import { startSite } from '../support/site.js';

/** The people among the fixtures, cut so that they fill what is left. */
const astronaut = (at: Actor['at']): Actor => ({
  picture: 'astronaut.jpg',
  part: [0, 0, 370, 512],
  object: [0.03, 0.03, 0.94, 0.97],
  height: 240,
  at,
});
const hopper = (at: Actor['at']): Actor => ({
  picture: 'grace_hopper.jpg',
  part: [0, 0, 512, 600],
  object: [0, 0.04, 1, 0.96],
  height: 240,
  at,
});

/** By name, with the id switches that are allowed. */
const CLIPS: readonly (Clip & { readonly switches: number })[] = [
  {
    name: 'apart',
    seconds: 3,
    rate: 10,
    switches: 0,
    actors: [
      astronaut((time) => [20 + 50 * time, 20 + 30 * time]),
      hopper((time) => [420 - 25 * time, 220 - 50 * time]),
    ],
  },
  {
    name: 'crossing',
    seconds: 4,
    rate: 10,
    switches: 1,
    actors: [
      astronaut((time) => [10 + 110 * time, 120]),
      hopper((time) => [430 - 105 * time, 140]),
    ],
  },
  {
    name: 'leaving and coming back',
    seconds: 4,
    rate: 10,
    switches: 0,
    actors: [
      astronaut((time) => (time > 1.5 && time < 2.5 ? undefined : [60, 120])),
      hopper((time) => [400 + 10 * Math.sin(3 * time), 130]),
    ],
  },
  {
    name: 'three a second',
    seconds: 6,
    rate: 3,
    switches: 0,
    actors: [astronaut((time) => [10 + 60 * time, 10]), hopper((time) => [430 - 60 * time, 239])],
  },
];

/** Ids of the people seen, and how often each was, in so many milliseconds of the running app. */
function watchPeople(app: App, milliseconds: number): Promise<Record<string, number>> {
  return app.page.locator('sightline-detector').evaluate(
    (element: HTMLElement, duration) =>
      new Promise<Record<string, number>>((resolve) => {
        const counts: Record<string, number> = {};
        const controller = new AbortController();
        element.addEventListener(
          'detections',
          ({ detections }) => {
            for (const { class: label, trackId } of detections) {
              if (label === 'person') counts[trackId] = (counts[trackId] ?? 0) + 1;
            }
          },
          { signal: controller.signal },
        );
        setTimeout(() => {
          controller.abort();
          resolve(counts);
        }, duration);
      }),
    milliseconds,
  );
}

describe('Tracking in the running app', () => {
  it('gives two people who walk about one number each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sightline-walk-'));
    const mjpeg = join(folder, 'walk.mjpeg');
    // Both are back where they were when the film begins again.
    const there = (time: number): number => (1 - Math.cos((2 * Math.PI * time) / 4)) / 2;
    await writeClip(folder, {
      name: 'walk',
      seconds: 4,
      rate: FAKE_CAMERA_FPS,
      actors: [
        astronaut((time) => [10 + 120 * there(time), 10 + 60 * there(time)]),
        hopper((time) => [425 - 90 * there(time), 230 - 120 * there(time)]),
      ],
    });
    await filmClip(folder, mjpeg);
    const [site, browser] = await Promise.all([startSite(), launchChromium({ camera: { mjpeg } })]);
    try {
      const app = await openApp(browser, site.url, 'source=camera&backend=wasm');
      await app.frames(3, 120_000);
      const counts = await watchPeople(app, 10_000);
      assert.equal(Object.keys(counts).length, 2, JSON.stringify(counts));
      // How often the detector finds them is not the question, nor how fast this machine is.
      assert.ok(Math.min(...Object.values(counts)) > 5, JSON.stringify(counts));
      app.assertClean();
    } finally {
      await Promise.all([browser.close(), site.close(), rm(folder, { recursive: true })]);
    }
  });
});

describe('Tracking what the detector finds in composed clips', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-clips-'));
    for (const clip of CLIPS) await writeClip(join(folder, clip.name), clip);
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('keeps ids, and at most exchanges one where two cross', async () => {
    const { mot } = parseAccuracyOptions([
      ...['--mot', folder, '--scores', '0.5', '--arms', 'litert-int8'],
    ]);
    assert.ok(mot);
    const { sequences } = await readSequences(folder);
    const results = await measureMot(sequences, mot, () => undefined);
    assert.deepEqual(
      results.map(({ detector }) => detector),
      ['litert-int8'],
    );
    for (const { detector, sequences: judged } of results) {
      assert.deepEqual(
        judged.map(({ name }) => name),
        CLIPS.map(({ name }) => name).sort(),
      );
      for (const { name, counts } of judged) {
        const { idSwitches, idf1, mota } = motFigures(counts);
        const allowed = CLIPS.find((clip) => clip.name === name)?.switches ?? 0;
        const figures = `${detector}, ${name}: ${idSwitches} switches, IDF1 ${idf1}, MOTA ${mota}`;
        assert.ok(idSwitches <= allowed, figures);
        assert.ok(idf1 > 0.8 && mota > 0.75, figures);
      }
    }
  });
});
