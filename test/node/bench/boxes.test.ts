import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Detection } from '../../../src/domain/detection.js';
import { missingBoxes, wrongBoxes } from '../../../src/domain/box-agreement.js';
import { wrongLabels } from '../../bench/labels.js';

const SIZE = { width: 640, height: 480 };

function cat(overrides: Partial<Detection> = {}): Detection {
  return { bbox: [100, 100, 200, 200], class: 'cat', score: 0.9, ...overrides };
}

describe('wrongBoxes', () => {
  it('is content with the same boxes, a little off or beyond the edge', () => {
    assert.deepEqual(wrongBoxes([cat({ bbox: [103, 100, 200, 202] })], [cat()], SIZE), []);
    const edge = cat({ bbox: [0, 0, 200, 200] });
    assert.deepEqual(wrongBoxes([cat({ bbox: [-40, -9, 240, 209] })], [edge], SIZE), []);
  });

  it('notices nothing at all, which is what a dead device gives', () => {
    assert.equal(wrongBoxes([], [cat()], SIZE).length, 1);
  });

  it('notices a box elsewhere and another label, as missing and as invented', () => {
    assert.equal(wrongBoxes([cat({ bbox: [130, 100, 200, 200] })], [cat()], SIZE).length, 2);
    assert.equal(wrongBoxes([cat({ class: 'dog' })], [cat()], SIZE).length, 2);
  });

  it('leaves alone what is not sure', () => {
    const unsure = cat({ bbox: [400, 100, 50, 50], score: 0.55 });
    assert.deepEqual(wrongBoxes([cat()], [cat(), unsure], SIZE), []);
    assert.deepEqual(wrongBoxes([cat(), unsure], [cat()], SIZE), []);
  });

  it('allows for suppression across labels', () => {
    const dogThere = cat({ class: 'dog', score: 0.7 });
    assert.deepEqual(wrongBoxes([cat()], [cat(), dogThere], SIZE), []);
    const dogElsewhere = cat({ class: 'dog', score: 0.7, bbox: [400, 100, 100, 100] });
    assert.equal(wrongBoxes([cat()], [cat(), dogElsewhere], SIZE).length, 1);
  });
});

describe('missingBoxes', () => {
  it('takes what is found besides, and boxes that are placed anew', () => {
    const bird = cat({ class: 'bird', bbox: [500, 20, 20, 20] });
    assert.deepEqual(missingBoxes([bird, cat()], [cat()], SIZE), []);
    assert.deepEqual(missingBoxes([cat({ bbox: [120, 110, 190, 190] })], [cat()], SIZE), []);
  });

  it('notices what is gone, is something else now or lies elsewhere', () => {
    for (const found of [[], [cat({ class: 'dog' })], [cat({ bbox: [200, 100, 200, 200] })]]) {
      assert.equal(missingBoxes(found, [cat()], SIZE).length, 1);
    }
  });
});

describe('wrongLabels', () => {
  it('wants what is beyond doubt, wherever it is', () => {
    const dog = cat({ class: 'dog', score: 0.7 });
    assert.deepEqual(wrongLabels([cat({ bbox: [0, 0, 9, 9], score: 0.5 })], [cat(), dog]), []);
    assert.deepEqual(wrongLabels([dog], [cat(), dog]), ['missing: any cat']);
    assert.equal(wrongLabels([], [cat()]).length, 1);
  });
});
