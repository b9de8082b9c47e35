import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UNKNOWN, type Head } from '../../../../src/domain/head.js';
import type { Sample } from '../../../../src/domain/sample.js';
import type { TrackedDetection } from '../../../../src/domain/tracking/track.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../../src/domain/teach/settings.js';
import { backgroundBoxes } from '../../../../src/session/teach/background-boxes.js';
import { duplicatePairs } from '../../../../src/session/teach/duplicate-pairs.js';
import {
  entriesOf,
  joinRow,
  partOf,
  splitRow,
} from '../../../../src/session/teach/feature-rows.js';
import { digestOf, summarise } from '../../../../src/session/teach/label-summary.js';
import {
  assertLearnable,
  basesOf,
  hardNegatives,
  lessonsOf,
  withHardNegatives,
} from '../../../../src/session/teach/lessons.js';
import { Namer } from '../../../../src/session/teach/namer.js';
import { parseTeachSettings } from '../../../../src/session/teach/settings-memory.js';
import { TrackSight } from '../../../../src/session/teach/track-sight.js';

function sample(id: string, overrides: Partial<Sample> = {}): Sample {
  return {
    id,
    pictureId: `p-${id}`,
    bbox: [0, 0, 10, 10],
    kind: 'example',
    label: 'mug',
    source: 'camera',
    burst: 'b',
    time: 1,
    ...overrides,
  };
}

/** Says "one" to a first number, "two" to a second, and that it knows neither to a third. */
function head(overrides: Partial<Head> = {}): Head {
  const weights = Float64Array.of(9, 0, 0, 0, 9, 0, 0, 0, 9);
  return {
    id: 'h',
    name: 'head',
    source: { model: 'net', maps: ['a'], channels: [3], normalisation: 'none' },
    labels: ['one', 'two', UNKNOWN],
    network: {
      layers: [{ inputs: 3, units: 3, activation: 'linear', weights, biases: new Float64Array(3) }],
    },
    output: 'softmax-cross-entropy',
    temperature: 1,
    threshold: 0.5,
    bases: [],
    created: 1,
    ...overrides,
  };
}

describe('Rows of features', () => {
  it('are split by map, joined again, and found wherever they lie', () => {
    const row = Float32Array.of(1, 2, 3, 4, 5);
    assert.deepEqual(joinRow(splitRow(row, [2, 3])), row);
    assert.equal(joinRow([row, undefined]), undefined);
    const channels = new Map([
      ['a', 2],
      ['b', 3],
    ]);
    assert.equal(partOf(row, ['a', 'b'], channels, ['a', 'b']), row);
    assert.deepEqual(partOf(row, ['a', 'b'], channels, ['b']), Float32Array.of(3, 4, 5));
    assert.deepEqual(partOf(row, ['a', 'b'], channels, ['b', 'a']), Float32Array.of(3, 4, 5, 1, 2));
    assert.equal(partOf(row, ['a', 'b'], channels, ['c']), undefined);
    assert.equal(partOf(row, ['a', 'x'], channels, ['a']), undefined);
    const source = { model: 'net', maps: ['a', 'b'], channels: [2, 3] };
    assert.deepEqual(
      entriesOf('s', row, source, true).map(({ extractor }) => extractor),
      ['net/a/mirrored', 'net/b/mirrored'],
    );
  });
});

describe('Samples as they are shown', () => {
  it('are counted by label, background by picture', () => {
    const samples = [
      sample('1'),
      sample('2', { kind: 'negative' }),
      sample('3'),
      sample('4', { kind: 'negative', label: '', pictureId: 'room' }),
      sample('5', { kind: 'negative', label: '', pictureId: 'room' }),
      sample('6', { label: 'cup' }),
    ];
    assert.deepEqual(summarise(samples), {
      labels: [
        { name: 'mug', examples: 2, negatives: 1, cover: '3' },
        { name: 'cup', examples: 1, negatives: 0, cover: '6' },
      ],
      background: 1,
    });
    assert.equal(digestOf(samples), digestOf([...samples].reverse()));
    assert.notEqual(digestOf(samples), digestOf(samples.slice(1)));
    const renamed = [sample('1', { label: 'jug' }), ...samples.slice(1)];
    assert.notEqual(digestOf(samples), digestOf(renamed));
  });
});

describe('What can be learnt', () => {
  const rows = new Map([
    ['1', Float32Array.of(1, 0)],
    ['2', Float32Array.of(0, 1)],
    ['3', Float32Array.of(1, 0)],
    ['4', Float32Array.of(NaN, 0)],
  ]);
  const lessons = (samples: readonly Sample[]) => lessonsOf(samples, rows, new Map());
  const code = (samples: readonly Sample[]): unknown => {
    try {
      assertLearnable(lessons(samples));
      return 'fine';
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };

  it('leaves out what has no usable features', () => {
    const samples = ['1', '4', '9'].map((id) => sample(id));
    assert.deepEqual(
      lessons(samples).map(({ id }) => id),
      ['1'],
    );
  });

  it('takes two things, or one and a room without it, of at least two views each', () => {
    const room = sample('2', { kind: 'negative', label: '' });
    assert.equal(code([]), 'too-few-labels');
    assert.equal(code([room]), 'too-few-labels');
    assert.equal(code([sample('1'), sample('2')]), 'too-few-labels');
    assert.equal(code([sample('1'), sample('2'), room]), 'fine');
    assert.equal(code([sample('1'), room]), 'too-few-examples');
    assert.equal(code([sample('1'), sample('3'), room]), 'examples-identical');
    const cups = [sample('1', { label: 'cup' }), sample('2', { label: 'cup' })];
    assert.equal(code([sample('1'), sample('2'), ...cups]), 'fine');
    assert.equal(code([sample('1'), ...cups]), 'too-few-examples');
  });

  it('is asked about what the examples were taken for', () => {
    const cup = sample('1', { base: 'cup' });
    const bowl = sample('2', { base: 'bowl' });
    const dog = sample('3', { base: 'dog', kind: 'negative' });
    assert.deepEqual(basesOf([cup, bowl, cup, dog]), ['bowl', 'cup']);
    assert.deepEqual(basesOf([cup, sample('4')]), []);
  });

  it('gives a few hard negatives their say among many bundled ones', () => {
    const hard = hardNegatives([
      sample('1', { kind: 'negative', base: 'cup' }),
      sample('2', { kind: 'negative' }),
      sample('3', { base: 'cup' }),
    ]);
    assert.deepEqual([...hard], ['1']);
    const lesson = { features: Float32Array.of(1), burst: '', image: '' };
    const silent = Array.from({ length: 61 }, (_, at) => ({
      ...lesson,
      id: at === 0 ? '1' : `b${String(at)}`,
      label: UNKNOWN,
    }));
    const all = withHardNegatives([...silent, { ...lesson, id: '1', label: 'mug' }], hard);
    assert.equal(all[0]?.copies, 30);
    assert.equal(all[1]?.copies, undefined);
    assert.equal(all.at(-1)?.copies, undefined);
  });

  it('counts what a person has put right for more, and calls the head outdated', () => {
    const samples = [sample('1'), sample('1', { confirmed: true })];
    assert.deepEqual(
      lessons(samples).map(({ copies }) => copies),
      [undefined, 3],
    );
    const room = sample('2', { kind: 'negative', label: '', base: 'cup', confirmed: true });
    const hard = withHardNegatives(lessons([room]), hardNegatives([room]));
    assert.equal(hard[0]?.copies, 3);
    assert.notEqual(digestOf([sample('1')]), digestOf([sample('1', { confirmed: true })]));
  });

  it('finds pairs that look the same across recordings', async () => {
    const item = (burst: string, ...values: number[]) => ({
      label: burst === 'w' ? 'cup' : 'mug',
      burst,
      image: burst,
      features: Float32Array.from(values),
    });
    const items = [
      item('x', 1, 0),
      item('x', 1, 0),
      item('y', 2, 0.01),
      item('z', 0, 1),
      item('w', 1, 0),
    ];
    assert.deepEqual(await duplicatePairs(items), [
      [0, 2],
      [1, 2],
    ]);
    const abort = AbortSignal.abort();
    await assert.rejects(duplicatePairs(items, abort), { code: 'aborted' });
  });

  it('takes settings from outside only whole', () => {
    const written: unknown = JSON.parse(JSON.stringify(DEFAULT_TEACH_SETTINGS));
    assert.deepEqual(parseTeachSettings(written), DEFAULT_TEACH_SETTINGS);
    for (const change of [{ epochs: 0 }, { maps: [] }, { flip: 1 }, { loss: 'x' }, { seed: -1 }]) {
      assert.equal(parseTeachSettings({ ...DEFAULT_TEACH_SETTINGS, ...change }), undefined);
    }
    assert.equal(parseTeachSettings(undefined), undefined);
  });
});

describe('Boxes of an empty room', () => {
  it('cover it, and lie inside of it', () => {
    const boxes = backgroundBoxes({ width: 60, height: 40 });
    assert.equal(boxes.length, 9);
    assert.deepEqual(boxes[0], [0, 0, 30, 20]);
    assert.deepEqual(boxes.at(-1), [30, 20, 30, 20]);
  });
});

describe('Keeping an object in sight', () => {
  const at = (trackId: number, label = 'cup') => ({
    trackId,
    class: label,
    score: 0.9,
    bbox: [0, 0, 9, 9] as const,
  });

  it('follows it to a new track when that can be no other', () => {
    const sight = new TrackSight(1);
    assert.equal(sight.find([at(1), at(5, 'cat')])?.trackId, 1);
    assert.equal(sight.find([at(5, 'cat')]), undefined);
    assert.equal(sight.find([at(2), at(5, 'cat')])?.trackId, 2);
    assert.equal(sight.find([at(2)])?.trackId, 2);
  });

  it('takes no other for it', () => {
    const sight = new TrackSight(1);
    assert.equal(sight.find([at(7)]), undefined);
    sight.find([at(1), at(3)]);
    assert.equal(sight.find([at(3)]), undefined);
    assert.equal(sight.find([at(8), at(9)]), undefined);
  });
});

describe('Names of tracks', () => {
  const box = [0, 0, 5, 5] as const;
  const name = (
    namer: Namer,
    values: readonly number[] | undefined,
    timestamp: number | undefined,
    label = 'cup',
  ) => {
    const found: TrackedDetection = { bbox: box, class: label, score: 0.9, trackId: 4 };
    const byBox = new Map(
      values === undefined ? [] : [[found.bbox, Float32Array.from(values)] as const],
    );
    return namer.name([found], { maps: ['a'], byBox }, timestamp)[0];
  };
  const [ONE, TWO, NONE] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const;

  it('do not flicker with single frames, and change when the frames agree', () => {
    const namer = new Namer(new Map());
    namer.heads = [head()];
    let time = 0;
    const next = (values: readonly number[]) => name(namer, values, (time += 50));
    for (let frame = 0; frame < 20; frame++) assert.equal(next(ONE)?.class, 'one');
    const blurred = [next(TWO), next(TWO), next(NONE)];
    assert.deepEqual(
      blurred.map((found) => found?.class),
      ['one', 'one', 'one'],
    );
    let changes = 0;
    let before = 'one';
    for (let frame = 0; frame < 40; frame++) {
      const now = next(TWO)?.class ?? '';
      if (now !== before) changes++;
      before = now;
    }
    assert.equal(before, 'two');
    assert.ok(changes <= 2, `${String(changes)} changes`);
    for (let frame = 0; frame < 40; frame++) before = next(NONE)?.class ?? '';
    assert.equal(before, 'cup');
    assert.equal(next(NONE)?.taught?.label, UNKNOWN);
  });

  it('stay while they are doubted, unless it is more probable that it is nothing known', () => {
    const namer = new Namer(new Map());
    namer.heads = [head()];
    let time = 0;
    // Logits are nine times the values.
    const look = (probabilities: readonly number[]) =>
      name(
        namer,
        probabilities.map((value) => Math.log(value) / 9),
        (time += 50),
      )?.taught?.label;
    for (let frame = 0; frame < 20; frame++) look([0.9, 0.05, 0.05]);
    for (let frame = 0; frame < 80; frame++) assert.equal(look([0.46, 0.44, 0.1]), 'one');
    let label: string | undefined;
    for (let frame = 0; frame < 80; frame++) label = look([0.45, 0.01, 0.54]);
    assert.equal(label, UNKNOWN);
  });

  it('stay through frames without features, and begin anew with another source', () => {
    const namer = new Namer(new Map());
    namer.heads = [head()];
    assert.equal(name(namer, ONE, 50)?.class, 'one');
    assert.equal(name(namer, undefined, 100)?.class, 'one');
    namer.reset();
    assert.equal(name(namer, undefined, 150)?.taught, undefined);
    assert.equal(name(namer, TWO, 200)?.class, 'two');
    // A video that starts again.
    assert.equal(name(namer, undefined, 10)?.taught, undefined);
  });

  it('of a single picture are what the head says to it', () => {
    const namer = new Namer(new Map());
    namer.heads = [head()];
    assert.equal(name(namer, ONE, 50)?.class, 'one');
    assert.equal(name(namer, TWO, undefined)?.class, 'two');
    assert.equal(name(namer, undefined, undefined)?.taught, undefined);
  });

  it('are asked of the heads that know such things, and the surest has its way', () => {
    const namer = new Namer(new Map([['a', 3]]));
    const unsure = head({ id: 'unsure', temperature: 4, labels: ['eins', 'zwei', UNKNOWN] });
    const cats = head({ id: 'cats', labels: ['Tom', 'Felix', UNKNOWN], bases: ['cat'] });
    namer.heads = [unsure, head(), cats];
    assert.deepEqual(namer.maps, ['a']);
    assert.deepEqual(name(namer, ONE, undefined)?.taught, {
      base: 'cup',
      label: 'one',
      confidence: name(namer, ONE, undefined)?.taught?.confidence,
      headId: 'h',
    });
    namer.heads = [unsure, cats];
    assert.equal(name(namer, ONE, undefined)?.class, 'eins');
    assert.equal(name(namer, ONE, undefined, 'cat')?.class, 'Tom');
    // Unknown to one is no name, while another has one.
    namer.heads = [head({ id: 'blind', threshold: 1.1 }), unsure];
    assert.equal(name(namer, ONE, undefined)?.class, 'eins');
    namer.heads = [];
    assert.equal(name(namer, ONE, undefined)?.taught, undefined);
  });
});
