import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Detection } from '../../../src/domain/detection.js';
import { UNKNOWN } from '../../../src/domain/head.js';
import {
  isWanted,
  listsForDetector,
  withName,
  withoutName,
} from '../../../src/domain/taught-name.js';

const cup: Detection = { bbox: [1, 2, 3, 4], class: 'cup', score: 0.8 };
const named = (label: string): Detection =>
  withName(cup, { base: 'cup', label, confidence: 0.9, headId: 'h' });
const lists = (categoryAllowlist: string[], categoryDenylist: string[] = []) => ({
  categoryAllowlist,
  categoryDenylist,
});

describe('Taught names', () => {
  it('take the place of the detector’s label, and give it back', () => {
    assert.equal(named('my mug').class, 'my mug');
    assert.equal(named(UNKNOWN).class, 'cup');
    assert.equal(named(UNKNOWN).taught?.label, UNKNOWN);
    assert.equal(withoutName(named('my mug')).class, 'cup');
    assert.equal(withoutName(named('my mug')).bbox, cup.bbox);
    assert.equal(withoutName(cup), cup);
  });

  it('count in lists beside the detector’s own', () => {
    assert.equal(isWanted(named('my mug'), lists([])), true);
    assert.equal(isWanted(named('my mug'), lists(['my mug'])), true);
    assert.equal(isWanted(named('my mug'), lists(['cup'])), true);
    assert.equal(isWanted(named('my mug'), lists(['bowl'])), false);
    assert.equal(isWanted(named(UNKNOWN), lists(['my mug'])), false);
    assert.equal(isWanted(named('my mug'), lists([], ['my mug'])), false);
    assert.equal(isWanted(named('my mug'), lists([], ['cup'])), false);
    assert.equal(isWanted(named(UNKNOWN), lists([], ['my mug'])), true);
    assert.equal(isWanted(cup, lists(['cup'])), true);
  });

  it('have the detector asked for everything that may get one of them', () => {
    const taught = [
      { label: 'my mug', bases: ['cup', 'bowl'] },
      { label: 'gnome', bases: [] },
    ];
    assert.deepEqual(listsForDetector(lists([], ['cat']), taught), lists([], ['cat']));
    const mug = listsForDetector(lists(['my mug', 'cat']), taught);
    assert.deepEqual(mug.categoryAllowlist, ['my mug', 'cat', 'cup', 'bowl']);
    // What was drawn by hand may be called anything by the detector.
    assert.deepEqual(listsForDetector(lists(['gnome']), taught).categoryAllowlist, []);
    // A name that nobody has taught finds nothing, as before.
    assert.deepEqual(listsForDetector(lists(['spoon']), []).categoryAllowlist, ['spoon']);
  });
});
