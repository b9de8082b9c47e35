import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EMPTY_WATCH, missingPlace } from '../../../../src/domain/watch/config.js';
import { aroundLine, withDoor, withLineChanged } from '../../../../src/domain/watch/door.js';
import { isShape } from '../../../../src/domain/watch/edit-shape.js';
import { isInside, polygonProblem, type Point } from '../../../../src/domain/watch/polygon.js';
import { standing, Watched } from '../../../support/watching.js';

const DOOR = withDoor(EMPTY_WATCH, {
  line: { id: 'l', name: 'Door' },
  zone: { id: 'z', name: 'At the door' },
});
const part = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.tuple(part, part);
/** Also on the rim and in the corners of the picture. */
const rim = fc.tuple(fc.constantFrom(0, 1, 0.5), fc.constantFrom(0, 1, 0.98));
const lines = fc
  .tuple(fc.oneof(place, rim), fc.oneof(place, rim))
  .filter((ends) => isShape('line', ends))
  .map(([start, end]) => ({ start, end }));

describe('A door', () => {
  it('counts people in and out, and tells who stays for half a minute', () => {
    const watched = new Watched(DOOR);
    assert.ok(DOOR.rules.every((rule) => missingPlace(rule, DOOR) === undefined));
    for (let second = 0; second <= 32; second++) watched.see([standing(500)], 1);
    const fired = watched.events.filter((event) => event.kind === 'rule-fired');
    assert.deepEqual(
      fired.map(({ reason, place: where }) => [reason, where?.name]),
      [['zone-dwell', 'At the door']],
    );
  });

  it('has a zone around any line that can be drawn, within the picture', () => {
    fc.assert(
      fc.property(lines, ({ start, end }) => {
        const zone = aroundLine({ start, end });
        assert.equal(polygonProblem(zone), undefined);
        assert.ok(zone.flat().every((value) => value >= 0 && value <= 1));
        // On the rim of the picture, a point is on an edge: a little inwards it is inside.
        const inwards = (value: number): number => 0.5 + 0.999 * (value - 0.5);
        const middle: Point = [inwards((start[0] + end[0]) / 2), inwards((start[1] + end[1]) / 2)];
        assert.ok(isInside(middle, zone));
      }),
    );
  });

  it('has the zone go with the line, turned round as well', () => {
    const moved = withLineChanged(DOOR, 'l', (line) => ({
      ...line,
      start: [0.8, 0.9],
      end: [0.8, 0.3],
    }));
    const [zone] = moved.zones;
    assert.ok(zone !== undefined && isInside([0.6, 0.6], zone.polygon));
    assert.ok(!isInside([0.4, 0.6], zone.polygon));
    const swapped = withLineChanged(moved, 'l', (line) => ({
      ...line,
      start: line.end,
      end: line.start,
    }));
    const back = withLineChanged(swapped, 'l', (line) => ({
      ...line,
      start: [0.2, 0.65],
      end: [0.8, 0.65],
    }));
    assert.deepEqual(back, DOOR);
  });

  it('leaves zones alone that a person has drawn', () => {
    const polygon = [
      [0.1, 0.1],
      [0.9, 0.1],
      [0.5, 0.9],
    ] as const;
    const drawn = { ...DOOR, zones: DOOR.zones.map((zone) => ({ ...zone, polygon })) };
    const moved = withLineChanged(drawn, 'l', (line) => ({ ...line, start: [0.5, 0] }));
    assert.deepEqual(moved.zones, drawn.zones);
    assert.deepEqual(moved.lines[0]?.start, [0.5, 0]);
    assert.equal(
      withLineChanged(DOOR, 'gone', (line) => line),
      DOOR,
    );
  });
});
