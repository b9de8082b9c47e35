import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomNumbers } from '../../../../src/domain/random.js';
import { Tracker } from '../../../../src/domain/tracking/tracker.js';
import { composeScene, moving } from '../../../support/composed-scene.js';
import { FRAME, line, standing, Watched } from '../../../support/watching.js';

function walk(path: readonly (readonly [x: number, y: number])[], overrides = {}): Watched {
  const watched = new Watched({ lines: [line(overrides)] });
  for (const [x, y] of path) watched.see([standing(x, y)]);
  return watched;
}

describe('Line crossing', () => {
  it('counts in from right to left of the line, and out the other way, as supervision does', () => {
    const watched = walk([
      [300, 500],
      [700, 500],
    ]);
    // The line runs down the picture: who looks along it has the picture's right at the left hand.
    assert.deepEqual(watched.crossings, [1, 0]);
    watched.see([standing(300)]);
    assert.deepEqual(watched.crossings, [1, 1]);
    const [first] = watched.events.filter(({ kind }) => kind === 'line-crossed');
    assert.deepEqual(first, {
      kind: 'line-crossed',
      direction: 'in',
      line: { id: 'l', name: 'Door' },
      time: first?.time,
      timestamp: first?.timestamp,
      trackId: 1,
      label: 'person',
      score: 0.9,
      bbox: [660, 340, 80, 160],
      frame: FRAME,
    });
  });

  it('turns with the line', () => {
    const turned = { start: line().end, end: line().start };
    assert.deepEqual(
      walk(
        [
          [300, 500],
          [700, 500],
        ],
        turned,
      ).crossings,
      [0, 1],
    );
  });

  it('does not count who goes past an end of it, nor who comes back over it afterwards', () => {
    const past = walk([
      [300, 100],
      [700, 100],
    ]);
    assert.deepEqual(past.crossings, [0, 0]);
    past.see([standing(700, 500)]);
    past.see([standing(300, 500)]);
    assert.deepEqual(past.crossings, [0, 1]);
  });

  it('counts who crosses it and goes on past its end before getting clear of it', () => {
    assert.deepEqual(
      walk([
        [300, 780],
        [502, 780],
        [505, 900],
        [700, 950],
      ]).crossings,
      [1, 0],
    );
  });

  it('counts nobody twice who stands on it and trembles', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const random = randomNumbers(seed);
        const watched = new Watched({ lines: [line()] });
        watched.see([standing(300)]);
        for (let frame = 0; frame < 600; frame++) {
          // Edges of a box tremble by some hundredths of its size.
          const place = 500 + 0.03 * 80 * random.normal();
          watched.see([standing(place, 500)]);
        }
        const [inCount, outCount] = watched.crossings;
        assert.ok(inCount + outCount <= 1, `${String(inCount)} in, ${String(outCount)} out`);
      }),
      { numRuns: 30 },
    );
  });

  it('has, after any walk over a line across the whole picture, the difference of in and out that the ends of the walk say', () => {
    const across = { start: [0.5, 0], end: [0.5, 1] };
    const places = fc.array(fc.integer({ min: 50, max: 950 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(places, (xs) => {
        // Ends that are clear of the line.
        const first = xs[0] ?? 0;
        const last = xs.at(-1) ?? 0;
        fc.pre(Math.abs(first - 500) > 20 && Math.abs(last - 500) > 20);
        const [inCount, outCount] = walk(
          xs.map((x) => [x, 500] as const),
          across,
        ).crossings;
        const expected = Number(last > 500) - Number(first > 500);
        assert.equal(inCount - outCount, expected);
      }),
    );
  });

  it('waits for as many frames on the other side as it is told to', () => {
    const path = [
      [300, 500],
      [700, 500],
      [700, 500],
    ] as const;
    const asked = { minimumCrossingThreshold: 3 };
    assert.deepEqual(walk(path, asked).crossings, [0, 0]);
    assert.deepEqual(walk([...path, [710, 500]], asked).crossings, [1, 0]);
  });

  it('counts by label, and only the labels it is about', () => {
    const watched = new Watched({ lines: [line({ objects: ['person', 'dog'] })] });
    const all = (x: number) => [
      standing(x, 400, { trackId: 1, label: 'person' }),
      standing(x, 500, { trackId: 2, label: 'dog' }),
      standing(x, 600, { trackId: 3, label: 'cat' }),
    ];
    watched.see(all(300));
    watched.see(all(700));
    const counts = watched.watcher.counts.lines.get('l');
    assert.deepEqual(
      counts?.inCountByLabel,
      new Map([
        ['person', 1],
        ['dog', 1],
      ]),
    );
    assert.equal(counts.inCount, 2);
  });

  it('forgets who stood where when it is moved, and keeps its counts', () => {
    const watched = walk([
      [300, 500],
      [700, 500],
    ]);
    const moved = line({ start: [0.8, 0], end: [0.8, 1] });
    watched.watcher.config = { zones: [], lines: [moved], rules: [] };
    watched.see([standing(700)]);
    assert.deepEqual(watched.crossings, [1, 0]);
    watched.see([standing(900)]);
    assert.deepEqual(watched.crossings, [2, 0]);
  });

  it('counts a trembling crowd right through the tracker, at 5 and at 30 frames a second', () => {
    for (const rate of [5, 30]) {
      // Four go in, two go out, one turns back before the line.
      const people = [150, 300, 450, 600]
        .map((y) => moving([200, y], [100, 0]))
        .concat([225, 375].map((y) => moving([800, y], [-100, 0])))
        .concat([(time: number) => moving([420 - Math.abs(time - 3) * 60, 750], [0, 0])(0)])
        .map((at) => ({ label: 'person', at }));
      const noise = { jitter: 0.03, missed: 0.1, seed: 3 };
      const tracker = new Tracker();
      const watched = new Watched({ lines: [line({ start: [0.5, 0], end: [0.5, 1] })] });
      for (const { detections, timestamp } of composeScene(people, { seconds: 6, rate, noise })) {
        watched.see(tracker.update(detections, timestamp), 1 / rate);
      }
      assert.deepEqual(watched.crossings, [4, 2], `${String(rate)} frames a second`);
    }
  });
});
