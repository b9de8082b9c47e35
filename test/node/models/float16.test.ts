import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { io } from '@tensorflow/tfjs-core';
import {
  FLOAT16_MAX,
  fitsFloat16,
  fromFloat16Bits,
  toFloat16Bits,
} from '../../../src/domain/float16.js';
import { constantNode } from '../../../models/graph/graph.js';
import { floatConstant, intConstant } from '../../../models/graph/tensor.js';
import { decodeWeights, encodeWeights } from '../../../models/tfjs/weights.js';
import { randomNumbers } from './support/random.js';
import { startRuntime } from '../../../models/tfjs/network.js';

/** All bit patterns that stand for a finite number; minus zero is left to its own test. */
const FINITE = Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
  (bits) => (bits & 0x7c00) !== 0x7c00 && bits !== 0x8000,
);

describe('half precision', () => {
  test('every finite number comes back as the same bits', () => {
    for (const bits of FINITE) assert.equal(toFloat16Bits(fromFloat16Bits(bits)), bits);
  });

  test('values take the nearest number, and the even one of two that are as near', () => {
    const numbers = FINITE.map(fromFloat16Bits).sort((a, b) => a - b);
    for (let index = 1; index < numbers.length; index++) {
      const [low = 0, high = 0] = numbers.slice(index - 1, index + 1);
      const middle = (low + high) / 2;
      const third = Math.fround(low + (high - low) / 4);
      assert.equal(fromFloat16Bits(toFloat16Bits(third)), low);
      assert.equal(toFloat16Bits(middle) & 1, 0, `${middle} lies between ${low} and ${high}`);
    }
  });

  test('keeps zero, its sign, infinity and what is not a number', () => {
    assert.equal(toFloat16Bits(0), 0);
    assert.equal(toFloat16Bits(-0), 0x8000);
    assert.equal(toFloat16Bits(Infinity), 0x7c00);
    assert.equal(toFloat16Bits(-1e9), 0xfc00);
    assert.equal(fromFloat16Bits(toFloat16Bits(NaN)), NaN);
    assert.equal(toFloat16Bits(2 ** -24), 1);
    assert.equal(toFloat16Bits(2 ** -26), 0);
  });

  test('knows where overflow begins', () => {
    assert.equal(fromFloat16Bits(toFloat16Bits(65519)), FLOAT16_MAX);
    assert.equal(fromFloat16Bits(toFloat16Bits(65520)), Infinity);
    assert.ok(fitsFloat16(Float32Array.of(-65519, 0)));
    assert.ok(!fitsFloat16(Float32Array.of(0, -65520)));
    assert.ok(!fitsFloat16(Float32Array.of(NaN)));
  });
});

describe('weights', () => {
  const random = randomNumbers(1);
  const nodes = [
    constantNode('subnormal', floatConstant([3], [2 ** -24, -3e-6, 5.9e-8])),
    constantNode('large', floatConstant([2], [65504, -65519])),
    constantNode('overflow', floatConstant([2], [65520, 1])),
    constantNode('whole', intConstant([], [-7])),
    constantNode('flags', { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) }),
    constantNode('filter', floatConstant([4, 5], Array.from({ length: 20 }, random))),
    constantNode('exact', floatConstant([1], [1 / 3])),
  ];
  const encoded = encodeWeights(nodes, ({ name }) => name !== 'exact');

  test('are half as long where they are stored as float16', () => {
    assert.equal(encoded.data.length, 3 * 2 + 2 * 2 + 2 * 4 + 4 + 3 + 20 * 2 + 4);
    const halves = encoded.specs.filter(({ quantization }) => quantization?.dtype === 'float16');
    assert.deepEqual(
      halves.map(({ name }) => name),
      ['subnormal', 'large', 'filter'],
    );
  });

  test('are decoded by TensorFlow.js to the nearest half-precision numbers', async () => {
    await startRuntime();
    const specs = encoded.specs as io.WeightsManifestEntry[];
    const tensors = io.decodeWeights(encoded.data.buffer, specs);
    for (const { name, value } of nodes) {
      const stored = encoded.specs.find((spec) => spec.name === name);
      const expected =
        stored?.quantization === undefined
          ? value?.data
          : value?.data.map((element) => fromFloat16Bits(toFloat16Bits(element)));
      assert.deepEqual(Array.from(tensors[name]?.dataSync() ?? []), Array.from(expected ?? []));
      assert.deepEqual(tensors[name]?.shape, value?.shape);
    }
  });

  test('are decoded by TensorFlow.js right for every finite half-precision number', async () => {
    await startRuntime();
    const all = constantNode('all', floatConstant([FINITE.length], FINITE.map(fromFloat16Bits)));
    const { specs, data } = encodeWeights([all], () => true);
    const tensors = io.decodeWeights(data.buffer, specs as io.WeightsManifestEntry[]);
    assert.deepEqual(tensors['all']?.dataSync(), all.value?.data);
  });

  test('come back from our own reader, quantised originals included', () => {
    const constants = decodeWeights(encoded.specs, encoded.data);
    assert.deepEqual(constants.get('whole'), intConstant([], [-7]));
    assert.deepEqual(constants.get('exact')?.data, Float32Array.of(1 / 3));
    assert.equal(constants.get('large')?.data[1], -FLOAT16_MAX);
    const bytes = decodeWeights(
      [
        {
          name: 'q',
          shape: [2],
          dtype: 'float32',
          quantization: { dtype: 'uint8', scale: 0.5, min: -1 },
        },
      ],
      Uint8Array.of(0, 4),
    );
    assert.deepEqual(bytes.get('q'), floatConstant([2], [-1, 1]));
  });

  test('of the wrong length or an unknown type are refused', () => {
    const { specs, data } = encoded;
    const refusal = (message: RegExp) => ({ name: 'ModelCompileError', message });
    assert.throws(() => decodeWeights(specs, data.subarray(1)), refusal(/end within "exact"/));
    assert.throws(() => decodeWeights(specs.slice(1), data), refusal(/accounts for/));
    const odd = [{ name: 'odd', shape: [1], dtype: 'complex64' as 'float32' }];
    assert.throws(() => decodeWeights(odd, new Uint8Array(8)), refusal(/"odd".*complex64/));
  });
});
