import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { motFigures } from '../../src/domain/tracking/mot-metrics.js';
import { parseAccuracyOptions } from '../accuracy/command.js';
import { measureMot } from '../accuracy/mot/run.js';
import { readSequences } from '../accuracy/mot/sequence.js';
import { writeClip, type Actor, type Clip } from '../support/composed-clip.js';

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
    const { mot } = parseAccuracyOptions(['--mot', folder]);
    assert.ok(mot);
    const [result, ...others] = await measureMot(await readSequences(folder), mot, () => undefined);
    assert.equal(others.length, 0);
    assert.deepEqual(
      result?.sequences.map(({ name }) => name),
      CLIPS.map(({ name }) => name).sort(),
    );
    for (const { name, counts } of result.sequences) {
      const { idSwitches, idf1, mota } = motFigures(counts);
      const allowed = CLIPS.find((clip) => clip.name === name)?.switches ?? 0;
      const figures = `${name}: ${idSwitches} switches, IDF1 ${idf1}, MOTA ${mota}`;
      assert.ok(idSwitches <= allowed, figures);
      assert.ok(idf1 > 0.8 && mota > 0.8, figures);
    }
  });
});
