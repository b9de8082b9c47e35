import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compiledForms, optimiseOriginal } from '../../../models/compile-model.js';
import { compileModels } from '../../../models/compile-models.js';
import { SHARD_BYTES } from '../../../models/emit.js';
import { constantNode, type Graph } from '../../../models/graph/graph.js';
import { floatConstant } from '../../../models/graph/tensor.js';
import { readLabels } from '../../../models/labels.js';
import { readManifest, type CompilerManifest } from '../../../models/manifest.js';
import { checkParity, ParityError } from '../../../models/parity.js';
import { loadPicture, type Picture } from '../../../models/pictures.js';
import { fetchPackage } from '../../../models/source/fetch-package.js';
import { loadOriginal } from '../../../models/source/load-original.js';
import type { GraphDefJson } from '../../../models/tfjs/graph-def.js';
import { Network, startRuntime, type Artifacts } from '../../../models/tfjs/network.js';
import type { WeightSpec } from '../../../models/tfjs/weights.js';
import { sigmoid } from '../../../src/domain/candidates.js';
import { legacyBilinear } from '../../../src/domain/legacy-resize.js';
import {
  variantFiles,
  type ModelEntry,
  type ModelFile,
} from '../../../src/domain/model-manifest.js';
import { operations } from './support/graphs.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ignore = (): void => undefined;

describe('coco-ssd as it is shipped', () => {
  let outDir: string;
  let model: ModelEntry;
  let files: readonly ModelFile[];
  let network: Network;

  before(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'coco-ssd-'));
    const { models } = await compileModels({ outDir, log: ignore });
    const found = models.find(({ id }) => id === 'coco-ssd');
    const variant = found?.variants.find(({ runtime }) => runtime === 'tfjs-graph-model');
    assert.ok(found && variant?.runtime === 'tfjs-graph-model');
    model = found;
    files = variantFiles(variant);
    const { modelTopology, weightSpecs } = JSON.parse(
      await readFile(join(outDir, variant.topology.path), 'utf8'),
    ) as { modelTopology: GraphDefJson; weightSpecs: WeightSpec[] };
    const shards = variant.weights.map(({ path }) => readFile(join(outDir, path)));
    const data = Uint8Array.from(Buffer.concat(await Promise.all(shards)));
    await startRuntime();
    network = new Network({ topology: modelTopology, weights: { specs: weightSpecs, data } });
  });

  after(async () => {
    network.dispose();
    await rm(outDir, { recursive: true, force: true });
  });

  test('fits its download budget, in files that fit theirs', () => {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(total <= 9.3e6, `${total} bytes`);
    assert.ok(total > 8e6, `${total} bytes are too few for this network`);
    for (const { path, bytes } of files) assert.ok(bytes <= SHARD_BYTES, `${path}: ${bytes}`);
  });

  test('has a label for each of the 80 classes, and none for the gaps between them', () => {
    assert.equal(model.labels.length, 91);
    assert.equal(model.labels.filter((label) => label !== null).length, 80);
    assert.equal(model.labels[0], null);
    assert.equal(model.labels[1], 'person');
    assert.equal(model.labels[12], null);
    assert.equal(model.labels[17], 'cat');
    assert.equal(model.labels[90], 'toothbrush');
    assert.equal(model.head.anchorCount, 1917);
    assert.equal(model.head.classCount, 91);
  });

  test('names the maps that feed its heads, and their inputs for teaching', () => {
    const [, height, width] = model.input.shape;
    const image = floatConstant(model.input.shape, new Float32Array(height * width * 3));
    const channels = [576, 1280, 512, 256, 256, 128];
    const sizes = [19, 10, 5, 3, 2, 1];
    assert.equal(model.features.length, channels.length + 1);
    for (const kind of ['', 'class_', 'box_']) {
      const shapes = network.shapes(
        { [model.input.name]: image },
        model.features.slice(0, channels.length).map((name) => `${kind}${name}`),
      );
      for (const [index, shape] of shapes.entries()) {
        assert.deepEqual(shape, [1, sizes[index], sizes[index], channels[index]]);
      }
    }
    // One more that feeds none of them, for heads that tell things apart.
    assert.equal(model.features.at(-1), 'embedding');
    const shapes = network.shapes({ [model.input.name]: image }, ['embedding']);
    assert.deepEqual(shapes, [[1, 10, 10, 320]]);
    assert.deepEqual(model.regions, { embedding: 0.667 });
  });

  test('has anchors within the picture, from small to large', () => {
    const [anchors] = network.run({}, [model.head.anchors]);
    const rows = Array.from({ length: 1917 }, (_, row) => [
      ...(anchors?.data.slice(row * 4, row * 4 + 4) ?? []),
    ]);
    for (const [y = NaN, x = NaN, height = NaN, width = NaN] of rows) {
      assert.ok(y > 0 && y < 1 && x > 0 && x < 1, `centre (${y}, ${x})`);
      // The widest of the coarsest grid is 0.95 · √3 pictures wide.
      assert.ok(height > 0 && height < 1.65 && width > 0 && width < 1.65, `${height} × ${width}`);
    }
    // The first of the finest grid of 19 × 19 cells: centred in its cell, a tenth of the picture high.
    const [y, x, height, width] = rows[0] ?? [];
    assert.deepEqual([y, x], [Math.fround(0.5 / 19), Math.fround(0.5 / 19)]);
    assert.deepEqual([height?.toFixed(6), width?.toFixed(6)], ['0.100000', '0.100000']);
    // The last grid is a single cell.
    assert.deepEqual(rows.at(-1)?.slice(0, 2), [0.5, 0.5]);
  });

  test('finds the cat in one synchronous run of the files as they lie on disk', async () => {
    const { rgba, width, height } = await loadPicture(join(ROOT, 'test/fixtures/chelsea.jpg'));
    const { shape, scale, offset, name } = model.input;
    const image = legacyBilinear({ data: rgba, width, height }, shape[2], shape[1], scale, offset);
    const [logits] = network.run({ [name]: floatConstant(shape, image) }, [model.head.logits]);
    const found = Array.from(logits?.data ?? [], (logit, index) => ({
      label: model.labels[index % model.labels.length],
      score: sigmoid(logit),
    }));
    const best = found
      .filter(({ label }) => label !== null)
      .reduce((a, b) => (b.score > a.score ? b : a));
    assert.equal(best.label, 'cat');
    assert.ok(best.score > 0.9);
  });
});

describe('coco-ssd against its original', () => {
  let manifest: CompilerManifest;
  let original: Artifacts;
  let graph: Graph;
  let pictures: readonly Picture[];

  before(async () => {
    manifest = await readManifest(join(ROOT, 'models/coco-ssd/manifest.json'));
    const archive = await fetchPackage(manifest.source, join(ROOT, '.cache/packages'), ignore);
    original = await loadOriginal(archive, manifest.source.topology);
    await startRuntime();
    graph = optimiseOriginal(manifest, original).graph;
    pictures = [await loadPicture(join(ROOT, manifest.parity.pictures[0]?.path ?? ''))];
  });

  function parityOf(changed: Graph) {
    const labels = readLabels(manifest.labels, 91);
    return checkParity(manifest, original, compiledForms(changed), labels, pictures);
  }

  test('is fused as far as its operations go', () => {
    assert.deepEqual(operations(graph), {
      _FusedConv2D: 55,
      FusedDepthwiseConv2dNative: 33,
      AddV2: 10,
      Reshape: 12,
      ConcatV2: 2,
      Squeeze: 1,
    });
  });

  test('agrees on scores, corners and every named output, in both precisions', async () => {
    const deviations = await parityOf(graph);
    assert.equal(deviations.length, 2 * (3 + 2 + 19));
    for (const { worst } of deviations) assert.ok(Number.isFinite(worst));
    const scores = deviations.filter(({ output }) => output === 'scores');
    const [full, half] = [...scores].sort((a, b) => a.worst - b.worst);
    assert.equal(full?.precision, 'float32');
    assert.ok(half && half.worst > full.worst, 'float16 cannot be as exact as float32');
  });

  for (const [name, input] of [
    ['FeatureExtractor/MobilenetV2/Conv/Relu6', 1],
    ['FeatureExtractor/MobilenetV2/expanded_conv_8/depthwise/Relu6', 1],
    ['BoxPredictor_5/BoxEncodingPredictor/BiasAdd', 2],
    ['BoxPredictor_0/ClassPredictor/BiasAdd', 2],
  ] as const) {
    test(`one wrong weight in input ${input} of ${name} is noticed`, async () => {
      const changed = graph.clone();
      const weights = changed.producer(name).inputs[input] ?? '';
      const value = changed.constant(weights);
      assert.ok(value?.dtype === 'float32');
      const middle = value.data.length >> 1;
      const data = value.data.map((weight, index) => (index === middle ? weight + 0.1 : weight));
      changed.set(constantNode(weights, { ...value, data }));
      await assert.rejects(parityOf(changed), (failure: unknown) => {
        assert.ok(failure instanceof ParityError);
        const { picture, node, worst, tolerance } = failure.deviations[0] ?? {};
        assert.equal(picture, 'chelsea.jpg');
        assert.ok((worst ?? 0) > (tolerance ?? 0));
        assert.ok(failure.message.includes(`${picture} (node "${node ?? ''}" of the original`));
        return true;
      });
    });
  }

  test('a weight that is not a number is noticed', async () => {
    const changed = graph.clone();
    const bias = changed.producer('BoxPredictor_5/ClassPredictor/BiasAdd').inputs[2] ?? '';
    const value = changed.constant(bias);
    assert.ok(value?.dtype === 'float32');
    changed.set(constantNode(bias, { ...value, data: value.data.map(() => NaN) }));
    await assert.rejects(parityOf(changed), (failure: unknown) => {
      assert.ok(failure instanceof ParityError);
      assert.equal(failure.deviations[0]?.worst, Infinity);
      assert.equal(failure.deviations[0].output, 'scores');
      return true;
    });
  });
});
