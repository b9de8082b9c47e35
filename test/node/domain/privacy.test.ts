import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { BBox } from '../../../src/domain/geometry.js';
import { BACKGROUND_CELLS_ACROSS, CELLS_ACROSS, grain } from '../../../src/domain/privacy/grain.js';
import {
  DEFAULT_PRIVACY,
  usablePrivacy,
  type PrivacyOptions,
} from '../../../src/domain/privacy/options.js';
import { PrivacyPlanner, type PrivacyPlan } from '../../../src/domain/privacy/planner.js';
import type { TrackedDetection } from '../../../src/domain/tracking/track.js';

const FRAME = { width: 640, height: 480 };
const HOLD = 2;

function person(bbox: BBox, more: Partial<TrackedDetection> = {}): TrackedDetection {
  return { bbox, class: 'person', score: 0.8, trackId: 1, ...more };
}

function planner(options: Partial<PrivacyOptions> = {}): PrivacyPlanner {
  return new PrivacyPlanner({ ...DEFAULT_PRIVACY, ...options }, HOLD);
}

/** One frame in which everything that is found is followed. */
function look(
  on: PrivacyPlanner,
  timestamp: number,
  tracked: readonly TrackedDetection[],
): PrivacyPlan {
  return on.plan({ timestamp, frame: FRAME, found: tracked, tracked });
}

/** Whether every pixel of a box that is in the picture is in one of the regions. */
function isCovered([x, y, width, height]: BBox, { whole, regions }: PrivacyPlan): boolean {
  if (whole) return true;
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(FRAME.width, x + width), Math.min(FRAME.height, y + height)];
  if (right <= left || bottom <= top) return true;
  return regions.some(
    (region) =>
      region[0] <= left &&
      region[1] <= top &&
      region[0] + region[2] >= right &&
      region[1] + region[3] >= bottom,
  );
}

const box = fc
  .tuple(
    fc.double({ min: -50, max: 600, noNaN: true }),
    fc.double({ min: -50, max: 440, noNaN: true }),
    fc.double({ min: 4, max: 300, noNaN: true }),
    fc.double({ min: 4, max: 300, noNaN: true }),
  )
  .map(([x, y, width, height]): BBox => [x, y, width, height]);

const scene = fc.array(
  fc.record({
    bbox: box,
    class: fc.constantFrom('person', 'cup', 'dog'),
    score: fc.double({ min: 0.05, max: 1, noNaN: true }),
    trackId: fc.integer({ min: 1, max: 6 }),
    isTracked: fc.boolean(),
  }),
  { maxLength: 8 },
);

describe('PrivacyPlanner', () => {
  it('covers all of everybody in every frame, and whole pixels of the picture only', () => {
    const margin = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(scene, { maxLength: 12 }), margin, (frames, part) => {
        const on = planner({ margin: part });
        frames.forEach((found, index) => {
          // One track has one box in a frame.
          const tracked = found.filter(
            (one, at) =>
              one.isTracked && found.findIndex((other) => other.trackId === one.trackId) === at,
          );
          const plan = on.plan({ timestamp: index * 40, frame: FRAME, found, tracked });
          for (const one of found) {
            const counts = tracked.includes(one) || one.score >= 0.2;
            if (one.class === 'person' && counts) assert.ok(isCovered(one.bbox, plan));
          }
          for (const region of plan.regions) {
            assert.ok(region.every(Number.isInteger));
            assert.ok(region[0] >= 0 && region[1] >= 0 && region[2] > 0 && region[3] > 0);
            assert.ok(region[0] + region[2] <= FRAME.width);
            assert.ok(region[1] + region[3] <= FRAME.height);
          }
        });
      }),
    );
  });

  it('covers whoever walks on through the frames in which nobody is found', () => {
    const speed = fc.double({ min: -400, max: 400, noNaN: true });
    const gaps = fc.array(fc.boolean(), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(box, speed, speed, gaps, (start, across, down, sights) => {
        const on = planner({ margin: 0 });
        let unseen = 0;
        sights.forEach((isSeen, index) => {
          const seconds = index * 0.04;
          const bbox: BBox = [
            start[0] + across * seconds,
            start[1] + down * seconds,
            start[2],
            start[3],
          ];
          // Its speed is known from the second sight on.
          const isFound = isSeen || index < 2;
          unseen = isFound ? 0 : unseen + 0.04;
          const plan = look(on, index * 40, isFound ? [person(bbox)] : []);
          if (unseen < HOLD) assert.ok(isCovered(bbox, plan), `frame ${String(index)}`);
        });
      }),
    );
  });

  it('lets go when the tracker would have given up, and at another source', () => {
    const on = planner();
    look(on, 0, [person([10, 10, 100, 200])]);
    assert.equal(look(on, HOLD * 1000 - 1, []).regions.length, 1);
    assert.equal(look(on, HOLD * 1000 + 1, []).regions.length, 0);
    look(on, 3000, [person([10, 10, 100, 200])]);
    on.reset();
    assert.equal(look(on, 3040, []).regions.length, 0);
  });

  it('covers what is faint and not followed, and for a moment after', () => {
    const on = planner({ margin: 0 });
    const faint = { bbox: [10, 20, 50, 60] as const, class: 'person', score: 0.25 };
    const found = on.plan({ timestamp: 0, frame: FRAME, found: [faint], tracked: [] });
    assert.deepEqual(found.regions, [[10, 20, 50, 60]]);
    assert.equal(look(on, 400, []).regions.length, 1);
    assert.equal(look(on, 600, []).regions.length, 0);
  });

  it('leaves alone what nobody asked for', () => {
    const on = planner();
    const cup = person([10, 10, 50, 50], { class: 'cup' });
    assert.deepEqual(look(on, 0, [cup]), { whole: false, regions: [] });
    assert.equal(look(planner({ labels: [] }), 0, [cup]).regions.length, 1);
  });

  it('knows people by their taught names, too, and stays with whom it has covered', () => {
    const anna = { base: 'person', label: 'Anna', confidence: 0.9, headId: 'h' };
    const named = person([10, 10, 50, 90], { class: 'Anna', taught: anna });
    assert.equal(look(planner(), 0, [named]).regions.length, 1);
    const on = planner({ labels: ['Anna'] });
    assert.equal(look(on, 0, [named]).regions.length, 1);
    assert.equal(look(on, 40, [person([12, 10, 50, 90])]).regions.length, 1);
    assert.equal(look(on, 80, [person([200, 10, 50, 90], { trackId: 2 })]).regions.length, 1);
  });

  it('covers what may still get the name that is asked for, until it has one or time is up', () => {
    const on = planner({ labels: ['Anna'] });
    on.waitsForNames = true;
    const bob = { base: 'person', label: 'Bob', confidence: 0.9, headId: 'h' };
    const stranger = person([10, 10, 50, 90]);
    assert.equal(look(on, 0, [stranger]).regions.length, 1);
    assert.equal(look(on, 40, [{ ...stranger, class: 'Bob', taught: bob }]).regions.length, 0);
    assert.equal(look(on, 80, [stranger]).regions.length, 0);
    const other = person([200, 10, 50, 90], { trackId: 2 });
    assert.equal(look(on, 120, [other]).regions.length, 1);
    assert.equal(look(on, 1000, [other]).regions.length, 1);
    assert.equal(look(on, 1200, [other]).regions.length, 0);
    assert.equal(look(on, 1240, [other]).regions.length, 0);
  });
});

describe('grain', () => {
  it('leaves cells of an eighth of the shorter side or more, whatever is altered', () => {
    const side = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const cells = grain({ width, height });
        const shorter = Math.min(width, height);
        assert.ok(Math.min(cells.width, cells.height) <= CELLS_ACROSS);
        assert.ok(width / cells.width >= Math.min(shorter / 8, shorter));
        assert.ok(height / cells.height >= Math.min(shorter / 8, shorter));
      }),
    );
  });

  it('is no finer for a background than that a small face in it is one or two cells', () => {
    const cells = grain(FRAME, BACKGROUND_CELLS_ACROSS);
    assert.ok(FRAME.height / cells.height >= FRAME.height / 15);
  });
});

describe('usablePrivacy', () => {
  it('is off only where that is said, and on for whatever else', () => {
    for (const off of [undefined, null, false]) assert.equal(usablePrivacy(off), undefined);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        if (value === null || value === false) return;
        const options = usablePrivacy(value);
        assert.ok(options !== undefined && options.margin >= 0);
      }),
    );
  });

  it('takes what is right and the default of what is not', () => {
    const given = { style: 'cover', labels: ['cat'], margin: 7, shape: 'star' };
    assert.deepEqual(usablePrivacy(given), {
      ...DEFAULT_PRIVACY,
      style: 'cover',
      labels: ['cat'],
    });
    assert.deepEqual(usablePrivacy(true), DEFAULT_PRIVACY);
  });
});
