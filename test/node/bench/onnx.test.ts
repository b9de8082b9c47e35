import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { InferenceSession, Tensor, env } from 'onnxruntime-web';
import { floatConstant } from '../../../models/graph/tensor.js';
import { loadPicture } from '../../../models/pictures.js';
import { toArtifacts } from '../../../models/tfjs/evaluator.js';
import { Network } from '../../../models/tfjs/network.js';
import { preparePicture } from '../../../models/tflite/calibrate.js';
import { detectionOutputs } from '../../../models/tflite/compile-tflite.js';
import { halveWeights } from '../../../models/tflite/halve.js';
import { root } from '../../../tools/root.js';
import { toPlanes } from '../../bench/page/planes.js';
import { floatNetwork, type FloatNetwork } from '../../bench/rivals/network.js';
import { toOnnx } from '../../bench/rivals/onnx/lower.js';
import { writeOnnx } from '../../bench/rivals/onnx/write.js';

/** What the manifest allows the outputs of the float32 graph to be off from the original. */
const TOLERANCE = 3e-4;

describe('the network as ONNX', () => {
  let network: FloatNetwork;

  before(async () => {
    network = await floatNetwork();
    env.wasm.numThreads = 1;
  });

  it('computes in ONNX Runtime what the graph computes in TensorFlow.js', async () => {
    const { manifest, graph, model } = network;
    const { name, shape } = manifest.input;
    const [, height, width] = shape;
    const cat = await loadPicture(join(root, 'test/fixtures/chelsea.jpg'));
    const image = preparePicture(cat, manifest.input);
    const outputs = detectionOutputs(manifest);
    const original = new Network(toArtifacts(graph, undefined, outputs));
    const expected = original.run({ [name]: floatConstant(shape, image) }, outputs);
    original.dispose();

    const session = await InferenceSession.create(await writeOnnx(toOnnx(model)));
    const planes = new Tensor('float32', toPlanes(image, 3, 1, 0), [1, 3, height, width]);
    const found = await session.run({ [name]: planes });
    await session.release();

    for (const [index, output] of outputs.entries()) {
      const wanted = expected[index];
      assert.ok(wanted);
      assert.deepEqual(found[output]?.dims, wanted.shape);
      const data = found[output].data as Float32Array;
      const near = data.every(
        (value, at) => Math.abs(value - (wanted.data[at] ?? NaN)) < TOLERANCE,
      );
      assert.ok(near, `${output} is another`);
    }
  });

  it('refuses what is not float32', () => {
    assert.throws(() => toOnnx(halveWeights(network.model)), RangeError);
  });
});

describe('toPlanes', () => {
  it('sorts pixels by colour, without opacity', () => {
    const rgba = [1, 2, 3, 255, 4, 5, 6, 255];
    assert.deepEqual([...toPlanes(rgba, 4, 2, -1)], [1, 7, 3, 9, 5, 11]);
    assert.deepEqual([...toPlanes([1, 2, 3, 4, 5, 6], 3, 1, 0)], [1, 4, 2, 5, 3, 6]);
  });
});
