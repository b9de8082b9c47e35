import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  eventId,
  PICTURE_BOUNDS,
  surplusPictures,
} from '../../../../src/domain/watch/event-pictures.js';
import type { RuleFired } from '../../../../src/domain/watch/events.js';

const NOW = Date.UTC(2026, 2, 1);
const DAY = 86_400_000;

const pictures = fc
  .array(
    fc.record({
      time: fc.integer({ min: NOW - 2 * PICTURE_BOUNDS.days * DAY, max: NOW }),
      bytes: fc.integer({ min: 0, max: PICTURE_BOUNDS.bytes / 3 }),
    }),
    { maxLength: 700 },
  )
  .map((list) => list.map((one, index) => ({ ...one, id: String(index) })));

describe('surplusPictures', () => {
  it('leaves what is within every bound, and lets go of older ones only', () => {
    fc.assert(
      fc.property(pictures, (all) => {
        const gone = new Set(surplusPictures(all, NOW));
        const kept = all.filter(({ id }) => !gone.has(id));
        assert.ok(kept.length <= PICTURE_BOUNDS.pictures);
        assert.ok(kept.reduce((sum, { bytes }) => sum + bytes, 0) <= PICTURE_BOUNDS.bytes);
        assert.ok(kept.every(({ time }) => time >= NOW - PICTURE_BOUNDS.days * DAY));
        const oldest = Math.min(...kept.map(({ time }) => time));
        assert.ok(all.every(({ id, time }) => !gone.has(id) || time <= oldest));
      }),
    );
  });

  it('keeps everything that fits', () => {
    const few = [
      { id: 'a', time: NOW - DAY, bytes: 1000 },
      { id: 'b', time: NOW, bytes: PICTURE_BOUNDS.bytes - 1000 },
    ];
    assert.deepEqual(surplusPictures(few, NOW), []);
    assert.deepEqual(surplusPictures([...few, { id: 'c', time: NOW, bytes: 1 }], NOW), ['a']);
  });
});

describe('eventId', () => {
  const fired: RuleFired = {
    kind: 'rule-fired',
    time: 5,
    timestamp: 1,
    rule: { id: 'r', name: 'Rule' },
    reason: 'zone-count',
    place: undefined,
    occasion: undefined,
    frame: { width: 1, height: 1 },
    count: 3,
  };

  it('is the same for the same event, and another for another', () => {
    assert.equal(eventId(fired), eventId({ ...fired, count: undefined }));
    assert.notEqual(eventId(fired), eventId({ ...fired, time: 6 }));
    assert.notEqual(eventId(fired), eventId({ ...fired, rule: { id: 's', name: 'Rule' } }));
  });
});
