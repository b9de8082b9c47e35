import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { alertsOf, withAlerts, withoutPlace } from '../../../../src/domain/watch/alerts.js';
import {
  firstShape,
  isShape,
  keyMove,
  moved,
  shapeBetween,
  withCorner,
  withoutCorner,
  withPoint,
} from '../../../../src/domain/watch/edit-shape.js';
import { eventsCsv } from '../../../../src/domain/watch/events-csv.js';
import { formatWatch, parseWatch } from '../../../../src/domain/watch/parse-config.js';
import { isInside, polygonArea } from '../../../../src/domain/watch/polygon.js';
import { line, rule, standing, Watched, zone } from '../../../support/watching.js';

const part = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.tuple(part, part);

describe('Drawing zones and lines', () => {
  it('begins with one that is fine', () => {
    for (const kind of ['zone', 'line'] as const) assert.ok(isShape(kind, firstShape(kind)));
  });

  it('by a drag makes a rectangle or a line inside the picture, and nothing of a slip', () => {
    assert.deepEqual(shapeBetween('line', [-1, 0.5], [0.5, 2]), [
      [0, 0.5],
      [0.5, 1],
    ]);
    assert.equal(shapeBetween('line', [0.5, 0.5], [0.505, 0.5]), undefined);
    assert.equal(shapeBetween('zone', [0.5, 0.5], [0.9, 0.5]), undefined);
    fc.assert(
      fc.property(place, place, (from, to) => {
        const shape = shapeBetween('zone', from, to);
        if (shape === undefined) return;
        const size = Math.abs((from[0] - to[0]) * (from[1] - to[1]));
        assert.ok(Math.abs(polygonArea(shape) - size) < 1e-9);
        assert.ok(isInside([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], shape));
      }),
    );
  });

  it('never leaves the picture nor changes the form of what is moved', () => {
    const far = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(far, far, (dx, dy) => {
        const shape = moved(firstShape('zone'), [dx, dy]);
        assert.ok(shape.flat().every((value) => value >= 0 && value <= 1));
        assert.ok(Math.abs(polygonArea(shape) - polygonArea(firstShape('zone'))) < 1e-9);
      }),
    );
    assert.deepEqual(withPoint(firstShape('line'), 1, [2, -1])[1], [1, 0]);
  });

  it('adds corners on an edge, and takes them away down to a triangle', () => {
    const square = firstShape('zone');
    const five = withCorner(square, 3);
    assert.equal(five.length, 5);
    assert.ok(Math.abs(polygonArea(five) - polygonArea(square)) < 1e-12);
    assert.deepEqual(withoutCorner(five, 4), square);
    const triangle = withoutCorner(square, 0);
    assert.equal(triangle.length, 3);
    assert.equal(withoutCorner(triangle, 0), triangle);
  });

  it('goes the way that a key points, also in a mirror', () => {
    assert.deepEqual(keyMove('ArrowRight', false, false), [0.02, 0]);
    assert.deepEqual(keyMove('ArrowRight', false, true), [-0.02, 0]);
    assert.ok(Math.abs(keyMove('ArrowUp', true, true)?.[1] ?? 0) < 0.02);
    assert.equal(keyMove('Enter', false, false), undefined);
  });
});

describe('Alerts', () => {
  const config = {
    zones: [zone()],
    lines: [line()],
    rules: [rule({ kind: 'object-seen' }, { id: 'own' })],
  };
  const wanted = {
    on: new Set(['zone-dwell', 'zone-entered'] as const),
    seconds: 45,
    count: 2,
    hours: { from: 60, to: 120, days: [1, 5] },
    cooldown: 3,
    actions: ['banner', 'webhook'] as const,
    webhook: '/hook',
  };

  it('are rules that read back as they were set, leave others alone, and can be kept', () => {
    const changed = withAlerts(config, zone(), wanted);
    assert.deepEqual(alertsOf('z', changed), wanted);
    assert.equal(changed.rules[0]?.id, 'own');
    assert.deepEqual(alertsOf('z', parseWatch(formatWatch(changed))), wanted);
    const again = withAlerts(changed, zone(), { ...wanted, on: new Set() });
    assert.equal(again.rules.length, changed.rules.length);
    assert.equal(alertsOf('z', again).seconds, 45);
  });

  it('fire', () => {
    const seconds = { ...wanted, hours: undefined, seconds: 5, cooldown: 10 };
    const watched = new Watched(withAlerts(config, zone(), seconds));
    for (let time = 0; time < 10; time++) watched.see([standing(750)], 1);
    const rules = watched.events.filter((event) => event.kind === 'rule-fired');
    assert.deepEqual(
      rules.map((event) => event.rule.id),
      ['own', 'z_zone-entered', 'z_zone-dwell'],
    );
  });

  it('go with their zone or line', () => {
    const lines = withAlerts(config, line(), { ...wanted, on: new Set(['line-in']) });
    assert.deepEqual([...alertsOf('l', lines).on], ['line-in']);
    const without = withoutPlace(lines, 'l');
    assert.deepEqual(without, { ...config, lines: [] });
  });
});

describe('Events as CSV', () => {
  it('have a line each, and names that no spreadsheet computes or cuts', () => {
    const watched = new Watched({
      zones: [zone({ name: '=1+1' })],
      lines: [line({ name: 'Door, "front"' })],
      rules: [
        rule({ kind: 'zone-count', zone: 'z', comparison: 'at-least', count: 1, seconds: 0 }),
      ],
    });
    watched.see([standing(250)]);
    watched.see([standing(750)]);
    const csv = eventsCsv(watched.events).split('\r\n');
    const stamp = new Date(watched.time).toISOString();
    assert.deepEqual(csv, [
      'time,event,label,trackId,place,direction,dwellSeconds,count,score',
      `${new Date(watched.time - 100).toISOString()},track-started,person,1,,,,,0.900`,
      `${stamp},zone-entered,person,1,'=1+1,,,,0.900`,
      `${stamp},line-crossed,person,1,"Door, ""front""",in,,,0.900`,
      `${stamp},rule-fired,,,'=1+1,,,1,`,
      '',
    ]);
  });
});
