import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiteNetwork } from '../../../models/tflite/litert.js';
import { bytesOf, ModelBuilder } from '../../../models/tflite/model.js';
import { joinParts, writeTflite } from '../../../models/tflite/write.js';
import { toMediapipeTask } from '../../bench/rivals/mediapipe/task.js';

const DESCRIPTION = {
  input: { scale: 1 / 127.5, offset: -1 },
  head: {
    kind: 'ssd',
    logits: 'logits',
    boxEncodings: 'boxes',
    anchors: 'anchors',
    boxScales: [10, 10, 5, 5],
    anchorCount: 1,
    classCount: 2,
  },
  anchors: [0.5, 0.5, 1, 1],
} as const;

/** A 1 × 1 convolution that turns three channels into one, which is their weighted sum. */
function sumNetwork(): Buffer {
  const builder = new ModelBuilder();
  builder.tensor({ name: 'image', type: 'float32', shape: [1, 2, 2, 3] });
  const constant = (name: string, shape: readonly number[], values: readonly number[]): void => {
    builder.tensor({ name, type: 'float32', shape, data: bytesOf(Float32Array.from(values)) });
  };
  constant('filter', [1, 1, 1, 3], [1, 10, 100]);
  constant('bias', [1], [0.5]);
  builder.operator({
    kind: 'CONV_2D',
    inputs: ['image', 'filter', 'bias'],
    output: 'out',
    padding: 'SAME',
    strides: [1, 1],
    dilations: [1, 1],
    activation: 'NONE',
  });
  builder.tensor({ name: 'out', type: 'float32', shape: [1, 2, 2, 1] });
  return Buffer.from(joinParts(writeTflite(builder.model(['image'], ['out']))));
}

describe('a model for MediaPipe Tasks', () => {
  it('is still the same network, with metadata before it and its labels behind it', async () => {
    const tflite = sumNetwork();
    const task = Buffer.from(toMediapipeTask(tflite, DESCRIPTION, ['background', 'mug']));
    assert.ok(task.includes(tflite));
    for (const part of ['TFLITE_METADATA', 'DETECTOR_METADATA', 'M001', 'V001']) {
      assert.ok(task.indexOf(part) < task.indexOf(tflite) && task.includes(part), part);
    }
    assert.ok(task.indexOf('background\nmug') > task.indexOf(tflite));

    const network = await LiteNetwork.load(task);
    const results = await network.run(Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0]));
    network.dispose();
    assert.deepEqual([...(results.get('out') ?? [])], [321.5, 654.5, 987.5, 0.5]);
  });

  it('is made of nothing else', () => {
    assert.throws(
      () => toMediapipeTask(Buffer.from('no model at all'), DESCRIPTION, []),
      RangeError,
    );
  });
});
