import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCoco } from '../../../../src/domain/data-set/coco.js';
import {
  EventTally,
  HEAT_SIZE,
  type EventNumbers,
} from '../../../../src/domain/watch/event-tally.js';
import { logFilter, NO_FILTER } from '../../../../src/domain/watch/event-log.js';
import { eventsCoco } from '../../../../src/domain/watch/events-coco.js';
import type { WatchEvent } from '../../../../src/domain/watch/events.js';
import { daySpan, periodSpan } from '../../../../src/domain/watch/periods.js';
import { isWithin } from '../../../../src/domain/watch/rule-keeper.js';

// Clocks went back on 25 October 2026 at 3:00 there, and went forward on 29 March 2026 at 2:00.
process.env['TZ'] = 'Europe/Berlin';
const HOUR = 3_600_000;

function entered(
  time: number,
  bbox: [number, number, number, number] = [40, 40, 20, 50],
): WatchEvent {
  return {
    kind: 'zone-entered',
    zone: { id: 'z', name: 'Till' },
    time,
    timestamp: 0,
    trackId: 1,
    label: 'person',
    score: 0.9,
    bbox,
    frame: { width: 100, height: 100 },
  };
}

function numbers(events: readonly WatchEvent[]): EventNumbers {
  const tally = new EventTally();
  for (const event of events) tally.add(event);
  return tally.numbers;
}

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);

describe('Numbers about events', () => {
  it('tell an hour that the clock repeats from the first one, and count both as that hour', () => {
    const two = Date.UTC(2026, 9, 25, 0, 30);
    const { byHour, timeline, timelineUnit, total } = numbers(
      [0, 1, 1].map((n) => entered(two + n * HOUR)),
    );
    assert.equal(total, 3);
    assert.equal(timelineUnit, 'hour');
    assert.deepEqual(
      timeline.map(({ count }) => count),
      [1, 2],
    );
    assert.equal(byHour[2], 3);
    assert.equal(sum(byHour), 3);
  });

  it('have each day once, those of 23 and 25 hours and those without an event too', () => {
    const days = (month: number, first: number) =>
      numbers([0, 4].map((day) => entered(new Date(2026, month, first + day, 12).getTime())));
    for (const { timeline, timelineUnit } of [days(2, 27), days(9, 23)]) {
      assert.equal(timelineUnit, 'day');
      assert.deepEqual(
        timeline.map(({ count }) => count),
        [1, 0, 0, 0, 1],
      );
      assert.ok(timeline.every(({ from }) => new Date(from).getHours() === 0));
    }
  });

  it('stay within bounds when a clock was wrong by decades', () => {
    const { timeline, total } = numbers([entered(0), entered(Date.UTC(2106, 0, 1))]);
    assert.equal(total, 2);
    assert.ok(timeline.length <= 1000);
  });

  it('place each thing where it stood, also beyond the picture', () => {
    const { heat } = numbers([entered(0), entered(0, [190, 90, 40, 400])]);
    const { width, height } = HEAT_SIZE;
    assert.equal(sum(heat), 2);
    assert.equal(heat[Math.floor(0.9 * height) * width + width / 2], 1);
    assert.equal(heat[height * width - 1], 1);
  });
});

describe('Periods', () => {
  it('begin at midnight, on days of 23 and 25 hours as well', () => {
    const { from } = periodSpan('today', new Date(2026, 9, 25, 20));
    assert.equal(from, new Date(2026, 9, 25).getTime());
    const week = periodSpan('week', new Date(2026, 2, 31, 1));
    assert.equal(week.from, new Date(2026, 2, 25).getTime());
    const day = daySpan('2026-10-25', '2026-10-25');
    assert.equal((day.until ?? 0) - (day.from ?? 0), 25 * HOUR);
    assert.deepEqual(daySpan('', 'rubbish'), { from: undefined, until: undefined });
  });

  it('filter', () => {
    const wanted = logFilter({ ...NO_FILTER, from: 10, until: 20 });
    assert.deepEqual(
      [9, 10, 19, 20].map((time) => wanted(entered(time))),
      [false, true, true, false],
    );
  });
});

describe('Hours of rules on days when the clock changes', () => {
  const night = { from: 22 * 60, to: 6 * 60, days: [6] };

  it('go by the clock on the wall: the night from Saturday to Sunday is whole', () => {
    for (const [month, saturday] of [
      [2, 28],
      [9, 24],
    ] as const) {
      const begin = new Date(2026, month, saturday, 22).getTime();
      const end = new Date(2026, month, saturday + 1, 6).getTime();
      assert.equal((end - begin) / HOUR, month === 2 ? 7 : 9);
      for (let time = begin; time < end; time += HOUR / 2) assert.ok(isWithin(night, time));
      assert.ok(!isWithin(night, begin - 1));
      assert.ok(!isWithin(night, end));
      // The next night belongs to Sunday.
      assert.ok(!isWithin(night, new Date(2026, month, saturday + 1, 23).getTime()));
    }
  });
});

describe('Events as COCO', () => {
  it('have a box for each thing in each frame, and are read again', () => {
    const one = entered(1000);
    const fired: WatchEvent = {
      kind: 'rule-fired',
      time: 1000,
      timestamp: 0,
      rule: { id: 'r', name: 'r' },
      reason: 'zone-entered',
      place: undefined,
      occasion: one.kind === 'zone-entered' ? one : undefined,
      frame: { width: 100, height: 100 },
      count: undefined,
    };
    const { images, labels } = parseCoco(eventsCoco([one, fired, entered(2000)]));
    assert.deepEqual(labels, ['person']);
    assert.deepEqual(
      images.map(({ boxes }) => boxes),
      [
        [{ label: 'person', bbox: [40, 40, 20, 50] }],
        [{ label: 'person', bbox: [40, 40, 20, 50] }],
      ],
    );
    const half = parseCoco(
      eventsCoco([one, entered(2000)], ({ time }) =>
        time === 1000 ? { fileName: 'a.jpg', size: { width: 50, height: 50 } } : undefined,
      ),
    );
    assert.deepEqual(half.images, [
      {
        fileName: 'a.jpg',
        size: { width: 50, height: 50 },
        boxes: [{ label: 'person', bbox: [20, 20, 10, 25] }],
      },
    ]);
  });
});
