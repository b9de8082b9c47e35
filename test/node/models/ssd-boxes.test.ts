import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSsdBoxes } from '../../../models/ssd-boxes.js';

const SCALES = [10, 10, 5, 5] as const;

test('an encoding of zeros is the anchor itself', () => {
  const corners = decodeSsdBoxes([0, 0, 0, 0], [0.5, 0.25, 0.5, 0.25], SCALES);
  assert.deepEqual([...corners], [0.25, 0.125, 0.75, 0.375]);
});

test('shifts count in tenths of the anchor, and sizes grow exponentially', () => {
  const anchors = [0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.5, 0.25];
  const encodings = [0, 0, 0, 0, 10, -10, 5 * Math.log(2), 5 * Math.log(4)];
  const corners = decodeSsdBoxes(encodings, anchors, SCALES);
  const expected = [0.5, -0.25, 1.5, 0.75];
  for (const [index, value] of expected.entries()) {
    assert.ok(Math.abs((corners[4 + index] ?? NaN) - value) < 1e-12);
  }
});
