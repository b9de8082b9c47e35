import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TrackedDetection } from '../../../../src/domain/tracking/track.js';
import { EMPTY_WATCH } from '../../../../src/domain/watch/config.js';
import { line, rule, standing, Watched, zone } from '../../../support/watching.js';

const INSIDE = standing(750);
const OUTSIDE = standing(250);

function occupancy(watched: Watched): number | undefined {
  return watched.watcher.counts.zones.get('z')?.occupancy;
}

describe('Zones', () => {
  it('tell of those who enter and leave, and how long they stayed', () => {
    const watched = new Watched({ zones: [zone()] });
    watched.see([OUTSIDE]);
    watched.see([INSIDE]);
    watched.see([INSIDE], 4);
    assert.equal(occupancy(watched), 1);
    watched.see([OUTSIDE], 1);
    assert.deepEqual(watched.kinds, ['zone-entered', 'zone-left']);
    const left = watched.events.find(({ kind }) => kind === 'zone-left');
    assert.ok(left?.kind === 'zone-left');
    assert.ok(Math.abs(left.dwell - 5) < 1e-6);
    assert.equal(occupancy(watched), 0);
    assert.equal(watched.watcher.counts.zones.get('z')?.entries, 1);
  });

  it('take as many frames in a row as their inertia says, both ways', () => {
    const watched = new Watched({ zones: [zone({ inertia: 3 })] });
    for (const object of [INSIDE, INSIDE, OUTSIDE, INSIDE, INSIDE]) watched.see([object]);
    assert.deepEqual(watched.kinds, []);
    watched.see([INSIDE]);
    assert.deepEqual(watched.kinds, ['zone-entered']);
    for (const object of [OUTSIDE, OUTSIDE, INSIDE, OUTSIDE, OUTSIDE]) watched.see([object]);
    assert.deepEqual(watched.kinds, ['zone-entered']);
    watched.see([OUTSIDE]);
    const left = watched.events.at(-1);
    assert.ok(left?.kind === 'zone-left');
    // From the first frame inside to the first one outside, not to when that was believed.
    assert.ok(Math.abs(left.dwell - 0.6) < 1e-6, String(left.dwell));
  });

  it('do not wait in a photo, which is looked at once', () => {
    const watched = new Watched({ zones: [zone({ inertia: 10 })] });
    watched.see([INSIDE], 0.1, { isStill: true });
    assert.equal(occupancy(watched), 1);
  });

  it('keep those who are out of sight for a moment, and let them go when they stay away', () => {
    const watched = new Watched({ zones: [zone()] }, 2);
    watched.see([INSIDE]);
    watched.see([INSIDE], 1);
    watched.see([], 1);
    watched.see([], 0.9);
    assert.equal(occupancy(watched), 1);
    watched.see([], 0.2);
    assert.equal(occupancy(watched), 0);
    const [left, ended] = watched.events.slice(-2);
    assert.ok(left?.kind === 'zone-left' && ended?.kind === 'track-ended');
    assert.equal(left.dwell, 1);
    assert.equal(ended.duration, 1);
    assert.equal(ended.time, watched.time);
  });

  it('keep those who are followed but too faint to be shown, and count nobody who never was', () => {
    const watched = new Watched({ zones: [zone()] }, 2);
    const stranger = standing(700, 500, { trackId: 2 });
    watched.see([INSIDE]);
    for (let second = 0; second < 10; second++) watched.see([], 1, { faint: [INSIDE, stranger] });
    watched.see([INSIDE], 1, { faint: [stranger] });
    assert.equal(watched.watcher.counts.zones.get('z')?.longestDwell, 11);
    watched.see([standing(100)], 1);
    assert.deepEqual(watched.kinds, ['zone-entered', 'zone-left']);
    assert.equal(watched.watcher.counts.zones.get('z')?.entries, 1);
  });

  it('go by labels and by anchors', () => {
    const dogs = new Watched({ zones: [zone({ objects: ['dog'] })] });
    dogs.see([INSIDE, standing(800, 500, { trackId: 2, label: 'dog' })]);
    assert.deepEqual(dogs.watcher.counts.zones.get('z')?.occupancyByLabel, new Map([['dog', 1]]));
    const top = {
      polygon: [
        [0, 0],
        [1, 0],
        [1, 0.4],
        [0, 0.4],
      ] as const,
    };
    const feet = new Watched({ zones: [zone(top)] });
    feet.see([standing(500, 500)]);
    assert.equal(occupancy(feet), 0);
    const heads = new Watched({ zones: [zone({ ...top, anchor: 'top-center' })] });
    heads.see([standing(500, 500)]);
    assert.equal(occupancy(heads), 1);
  });

  it('tell once of one who loiters', () => {
    const watched = new Watched({ zones: [zone({ loiteringTime: 5 })] });
    for (let second = 0; second < 12; second++) watched.see([INSIDE], 1);
    assert.deepEqual(watched.kinds, ['zone-entered', 'zone-loitered']);
    const loitered = watched.events.find(({ kind }) => kind === 'zone-loitered');
    assert.ok(loitered?.kind === 'zone-loitered' && loitered.dwell === 5);
  });

  it('lose nobody when a clip starts again, when the source goes, or when they are changed', () => {
    const watched = new Watched({ zones: [zone()] });
    watched.see([INSIDE]);
    watched.timestamp = 0;
    watched.see([standing(750, 500, { trackId: 2 })]);
    assert.deepEqual(watched.kinds, ['zone-entered', 'zone-left', 'zone-entered']);
    watched.watcher.config = { ...EMPTY_WATCH, zones: [zone({ name: 'Till' })] };
    assert.equal(occupancy(watched), 1);
    watched.events.push(...watched.watcher.end(watched.time));
    const last = watched.events.find((event) => event.kind === 'zone-left' && event.trackId === 2);
    assert.ok(last?.kind === 'zone-left' && last.zone.name === 'Till');
    assert.equal(watched.watcher.counts.zones.get('z')?.entries, 2);
    watched.watcher.resetCounts();
    assert.equal(watched.watcher.counts.zones.get('z')?.entries, 0);
  });

  it('add up, whatever comes: who is in is who has entered and not left', () => {
    const object = fc.record({
      trackId: fc.integer({ min: 1, max: 5 }),
      x: fc.integer({ min: 0, max: 1000 }),
    });
    const frames = fc.array(
      fc.record({
        objects: fc.uniqueArray(object, { selector: ({ trackId }) => trackId, maxLength: 5 }),
        pause: fc.double({ min: -1, max: 4, noNaN: true }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 4 }), (list, inertia) => {
        const watched = new Watched({
          zones: [zone({ inertia, loiteringTime: 2 })],
          lines: [line()],
        });
        for (const { objects, pause } of list) {
          const seen = objects.map(({ trackId, x }) => standing(x, 500, { trackId }));
          watched.see(seen, pause);
          const count = (kind: string) =>
            watched.events.filter((event) => event.kind === kind).length;
          assert.equal(occupancy(watched), count('zone-entered') - count('zone-left'));
          assert.ok(count('zone-loitered') <= count('zone-entered'));
          assert.ok(count('track-started') - count('track-ended') >= seen.length);
          for (const event of watched.events)
            if (event.kind === 'zone-left') assert.ok(event.dwell >= 0);
        }
        watched.events.push(...watched.watcher.end(watched.time));
        assert.equal(occupancy(watched), 0);
      }),
    );
  });
});

describe('Rules', () => {
  const fired = (watched: Watched) => watched.events.filter(({ kind }) => kind === 'rule-fired');

  it('fire on what happens to those they are about', () => {
    const when = { kind: 'zone-entered', zone: 'z' } as const;
    const watched = new Watched({ zones: [zone()], rules: [rule(when, { objects: ['dog'] })] });
    watched.see([INSIDE]);
    assert.equal(fired(watched).length, 0);
    watched.see([INSIDE, standing(800, 500, { trackId: 2, label: 'dog' })]);
    const [event] = fired(watched);
    assert.ok(event?.kind === 'rule-fired');
    assert.deepEqual(event.rule, { id: 'r', name: 'Tell me' });
    assert.deepEqual(event.place, { id: 'z', name: 'Right half' });
    assert.equal(event.occasion?.trackId, 2);
  });

  it('know which way a line was crossed', () => {
    const into = new Watched({
      lines: [line()],
      rules: [rule({ kind: 'line-crossed', line: 'l', direction: 'out' })],
    });
    into.see([OUTSIDE]);
    into.see([INSIDE]);
    assert.equal(fired(into).length, 0);
    into.see([OUTSIDE]);
    assert.equal(fired(into).length, 1);
  });

  it('tell once of each that stays too long, also of one that did while they were silent', () => {
    const when = { kind: 'zone-dwell', zone: 'z', seconds: 30 } as const;
    const watched = new Watched({ zones: [zone()], rules: [rule(when, { cooldown: 20 })] });
    const second = standing(800, 500, { trackId: 2 });
    for (let time = 0; time <= 29; time++) watched.see(time < 5 ? [INSIDE] : [INSIDE, second], 1);
    assert.equal(fired(watched).length, 0);
    watched.see([INSIDE, second], 1);
    assert.equal(fired(watched).length, 1);
    for (let time = 0; time < 19; time++) watched.see([INSIDE, second], 1);
    assert.equal(fired(watched).length, 1);
    watched.see([INSIDE, second], 1);
    const [, later] = fired(watched);
    assert.ok(later?.kind === 'rule-fired' && later.occasion?.trackId === 2);
    for (let time = 0; time < 60; time++) watched.see([INSIDE, second], 1);
    assert.equal(fired(watched).length, 2);
  });

  it('count, and fire again only when it was otherwise meanwhile', () => {
    const when = {
      kind: 'zone-count',
      zone: 'z',
      comparison: 'at-least',
      count: 2,
      seconds: 3,
    } as const;
    const watched = new Watched({ zones: [zone()], rules: [rule(when)] });
    const both = [INSIDE, standing(800, 500, { trackId: 2 })];
    for (let time = 0; time < 3; time++) watched.see(both, 1);
    assert.equal(fired(watched).length, 0);
    for (let time = 0; time < 20; time++) watched.see(both, 1);
    const [event] = fired(watched);
    assert.ok(event?.kind === 'rule-fired' && event.count === 2 && event.occasion === undefined);
    assert.equal(fired(watched).length, 1);
    for (let time = 0; time < 4; time++) watched.see([INSIDE], 1);
    for (let time = 0; time < 4; time++) watched.see(both, 1);
    assert.equal(fired(watched).length, 2);
  });

  it('can wait for nobody to be there', () => {
    const when = {
      kind: 'zone-count',
      zone: 'z',
      comparison: 'at-most',
      count: 0,
      seconds: 10,
    } as const;
    const watched = new Watched({ zones: [zone()], rules: [rule(when)] });
    watched.see([INSIDE]);
    for (let time = 0; time < 11; time++) watched.see([], 1);
    assert.equal(fired(watched).length, 0);
    for (let time = 0; time < 2; time++) watched.see([], 1);
    assert.equal(fired(watched).length, 1);
  });

  it('keep their cooldown when the clock on the wall is set, either way', () => {
    const when = { kind: 'object-seen' } as const;
    for (const shift of [-7_200_000, 7_200_000]) {
      const watched = new Watched({ rules: [rule(when, { cooldown: 60 })] });
      let trackId = 0;
      const someone = (): TrackedDetection[] => [standing(500, 500, { trackId: ++trackId })];
      watched.see(someone());
      watched.time += shift;
      watched.see(someone(), 30);
      assert.equal(fired(watched).length, 1);
      watched.see(someone(), 31);
      assert.equal(fired(watched).length, 2);
    }
  });

  it('hold in their hours only, over midnight too, on the days on which those begin', () => {
    const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 30).getTime();
    // The first of March 2026 is a Sunday.
    const hours = { from: 22 * 60, to: 6 * 60, days: [0] };
    const firesAt = (time: number): boolean => {
      const watched = new Watched({ rules: [rule({ kind: 'object-seen' }, { hours })] });
      watched.see([INSIDE], 0.1, { time });
      return fired(watched).length > 0;
    };
    assert.deepEqual([at(1, 21), at(1, 23), at(2, 3), at(2, 6), at(2, 23), at(1, 3)].map(firesAt), [
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('about what is not there, or switched off, are silent', () => {
    const rules = [
      rule({ kind: 'zone-dwell', zone: 'gone', seconds: 0 }),
      rule({ kind: 'line-crossed', line: 'gone', direction: 'both' }, { id: 'b' }),
      rule({ kind: 'object-seen' }, { id: 'c', enabled: false }),
    ];
    const watched = new Watched({ lines: [line()], rules });
    watched.see([OUTSIDE]);
    watched.see([INSIDE]);
    assert.equal(fired(watched).length, 0);
  });
});
