import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOG_BOUNDS, surplus } from '../../../../src/domain/watch/event-log.js';

describe('The log of events', () => {
  it('lets go of what is too much only by the slack', () => {
    const { events } = LOG_BOUNDS;
    assert.equal(surplus(10), 0);
    assert.equal(surplus(events + 1), 0);
    assert.equal(surplus(events * 1.06), events * 0.06);
  });
});
