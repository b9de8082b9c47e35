import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TrackedDetection } from '../../../../src/domain/tracking/track.js';
import { Finder, guidanceTo, guideTone } from '../../../../src/domain/watch/guidance.js';

const FRAME = { width: 1000, height: 500 };

/** A cup with its middle there. */
function cup(x: number, y: number, trackId = 1, size = 100): TrackedDetection {
  return {
    bbox: [x - size / 2, y - size / 2, size, size],
    class: 'cup',
    score: 0.9,
    trackId,
  };
}

describe('The way to a thing', () => {
  it('is left or right, above or below, as the picture is seen', () => {
    const left = guidanceTo(cup(100, 100).bbox, FRAME, false);
    assert.deepEqual([left.side, left.height, left.isClose], ['left', 'above', false]);
    assert.ok(Math.abs(left.pan + 0.8) < 1e-9 && Math.abs(left.rise - 0.6) < 1e-9);
    assert.equal(guidanceTo(cup(100, 100).bbox, FRAME, true).side, 'right');
    const middle = guidanceTo(cup(500, 250, 1, 300).bbox, FRAME, true);
    assert.deepEqual([middle.side, middle.height, middle.isClose], ['ahead', 'level', true]);
  });

  it('does not waver at the rim', () => {
    const at = (x: number, before?: ReturnType<typeof guidanceTo>) =>
      guidanceTo(cup(x, 250).bbox, FRAME, false, before);
    const right = at(660);
    assert.equal(right.side, 'right');
    assert.equal(at(640, right).side, 'right');
    assert.equal(at(640).side, 'ahead');
    assert.equal(at(600, right).side, 'ahead');
  });

  it('sounds from its side, higher when it is higher, quicker when it is in the middle', () => {
    const tone = (x: number, y: number, size = 100) =>
      guideTone(guidanceTo(cup(x, y, 1, size).bbox, FRAME, false));
    assert.ok(tone(100, 250).pan < 0 && tone(900, 250).pan > 0);
    assert.ok(tone(500, 50).frequency > tone(500, 450).frequency);
    assert.ok(tone(500, 250).interval < tone(900, 250).interval);
    assert.ok(tone(500, 250, 300).interval < tone(500, 250).interval);
  });
});

describe('A finder', () => {
  it('stays with the one it leads to, waits for it a moment, and then takes the nearest', () => {
    const finder = new Finder('cup');
    const see = (things: TrackedDetection[], at: number) => finder.see(things, FRAME, false, at);
    assert.equal(see([{ ...cup(100, 100), class: 'dog' }], 0).kind, 'searching');
    const first = see([cup(100, 250, 1), cup(900, 250, 2, 200)], 100);
    assert.ok(first.kind === 'found' && first.guidance.side === 'right');
    const same = see([cup(100, 250, 1, 400), cup(900, 250, 2)], 200);
    assert.ok(same.kind === 'found' && same.guidance.side === 'right');
    assert.equal(see([], 1000).kind, 'found');
    const lost = see([], 2000);
    assert.ok(lost.kind === 'lost' && lost.last.side === 'right');
    const other = see([cup(100, 250, 3)], 2100);
    assert.ok(other.kind === 'found' && other.guidance.side === 'left');
  });
});
