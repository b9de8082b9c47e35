import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { optimiseOriginal } from '../../../models/compile-model.js';
import { constantNode, type Graph } from '../../../models/graph/graph.js';
import { floatConstant } from '../../../models/graph/tensor.js';
import { readManifest, type CompilerManifest } from '../../../models/manifest.js';
import { loadPicture, type Picture } from '../../../models/pictures.js';
import { fetchPackage } from '../../../models/source/fetch-package.js';
import { loadOriginal } from '../../../models/source/load-original.js';
import { toArtifacts } from '../../../models/tfjs/evaluator.js';
import { Network, startRuntime } from '../../../models/tfjs/network.js';
import { preparePicture } from '../../../models/tflite/calibrate.js';
import { LiteNetwork } from '../../../models/tflite/litert.js';
import { bytesOf } from '../../../models/tflite/model.js';
import { seededRandom } from '../../../models/tflite/random.js';
import { dense } from '../../../src/domain/detector-head/column.js';
import { regionLogit } from '../../../src/domain/detector-head/taught-class.js';
import { foldTaught, type TaughtWeights } from '../../../src/domain/detector-head/fold-columns.js';
import { TAUGHT, TAUGHT_REGIONS } from '../../../src/domain/model-manifest.js';
import {
  classLayout,
  compileTflite,
  teachingOutputs,
  type LiteForm,
} from '../../../models/tflite/compile-tflite.js';
import { LiteParityError, proveTflite } from '../../../models/tflite/prove.js';
import { startServer, type RunningServer } from '../../../tools/server.js';
import { launchChromium } from '../../support/chromium.js';
import type { LiteReply, LiteRequest } from './tflite-worker.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CLASSES = 91;
const CAT = 17;
const ignore = (): void => undefined;

let manifest: CompilerManifest;
let tolerances: NonNullable<CompilerManifest['tflite']>['tolerance'];
let graph: Graph;
let pictures: readonly Picture[];
let forms: readonly LiteForm[];

before(async () => {
  manifest = await readManifest(join(ROOT, 'models/coco-ssd/manifest.json'));
  assert.ok(manifest.tflite);
  tolerances = manifest.tflite.tolerance;
  const archive = await fetchPackage(manifest.source, join(ROOT, '.cache/packages'), ignore);
  const original = await loadOriginal(archive, manifest.source.topology);
  await startRuntime();
  graph = optimiseOriginal(manifest, original).graph;
  pictures = await Promise.all(
    manifest.parity.pictures.map(({ path }) => loadPicture(join(ROOT, path))),
  );
  forms = compileTflite(manifest, graph, pictures);
});

describe('coco-ssd as TensorFlow Lite', () => {
  test('fits its download budgets, the second purpose at next to no cost', () => {
    assert.deepEqual(
      forms.map(({ precision }) => precision),
      ['float16', 'int8'],
    );
    for (const { precision, weights, detect, teach } of forms) {
      const whole = weights.length + detect.length + teach.length;
      assert.ok(whole <= (precision === 'int8' ? 5.6e6 : 9.3e6), `${precision}: ${whole} bytes`);
      assert.ok(detect.length < 6e4 && teach.length < 6e4);
    }
  });

  test('agrees with the graph on every photograph and output, in the runtime of the app', async () => {
    const deviations = await proveTflite(manifest, graph, forms, pictures, tolerances);
    assert.equal(deviations.length, pictures.length * 2 * (4 + 23));
    const scores = deviations.filter(({ output }) => output === 'scores');
    const worst = (precision: string): number =>
      Math.max(...scores.filter((each) => each.precision === precision).map(({ value }) => value));
    assert.ok(worst('float16') > 0 && worst('float16') < worst('int8'));
    const outputs = new Set(deviations.map(({ output }) => output));
    for (const name of teachingOutputs(manifest)) assert.ok(outputs.has(name), name);
  });

  test('has columns for taught classes, which leave all else as it is to the last bit', async () => {
    const layout = classLayout(manifest, graph);
    const random = seededRandom(3);
    const column = Float32Array.from({ length: layout.weightCount }, () => random() - 0.5);
    const [first] = layout.maps;
    const [picture] = pictures;
    assert.ok(first && picture);
    const region = {
      weights: Float32Array.from({ length: first.channels }, () => random() - 0.5),
      bias: random(),
    };
    const image = preparePicture(picture, manifest.input);
    const run = async (file: Uint8Array): Promise<ReadonlyMap<string, Float32Array>> => {
      const network = await LiteNetwork.load(file);
      try {
        return await network.run(image);
      } finally {
        network.dispose();
      }
    };
    for (const { precision, detect, teach, finds, weights } of forms) {
      const plain = await run(Buffer.concat([detect, weights]));
      const featured = await run(Buffer.concat([teach, weights]));
      const features = new Float32Array(layout.featureCount);
      layout.maps.forEach(({ firstFeature }, index) => {
        const name = manifest.classFeatures[index] ?? '';
        features.set(featured.get(name) ?? [], firstFeature);
      });
      const expected = new Float32Array(layout.anchorCount);
      for (const map of layout.maps) dense(map, column, features, expected);
      assert.deepEqual(
        finds.map(({ slots, hasFeatures }) => [slots, hasFeatures]),
        (precision === 'int8' ? [1, 4, 16] : [4, 16]).flatMap((slots) => [
          [slots, false],
          [slots, true],
        ]),
      );
      for (const { slots, hasFeatures, graph: own, places } of finds) {
        const file = Buffer.concat([own, weights]);
        const silent = { column: new Float32Array(layout.weightCount) };
        // The last slot, so that the order of outputs shows.
        const classes = [...Array<TaughtWeights>(slots - 1).fill(silent), { column, region }];
        const folded = foldTaught(layout, classes, slots, true);
        assert.equal(folded.length, places.length);
        folded.forEach(({ filter, bias }, index) => {
          const place = places[index];
          assert.ok(place);
          assert.equal(filter.byteLength, place.filter.bytes);
          file.set(bytesOf(filter), place.filter.at);
          file.set(bytesOf(bias), place.bias.at);
        });
        const found = await run(file);
        assert.equal(found.size, hasFeatures ? 11 : 4);
        for (const [name, values] of plain) assert.deepEqual(found.get(name), values);
        const taught = found.get(TAUGHT) ?? [];
        assert.equal(taught.length, layout.anchorCount * slots);
        taught.forEach((value, at) => {
          const wanted = at % slots === slots - 1 ? expected[Math.floor(at / slots)] : 0;
          assert.ok(Math.abs(value - (wanted ?? NaN)) < 1e-3, `${at}: ${value}, not ${wanted}`);
        });
        const regions = found.get(TAUGHT_REGIONS) ?? [];
        assert.equal(regions.length, first.rows * first.columns * slots);
        regions.forEach((value, at) => {
          const from = Math.floor(at / slots) * first.channels;
          const cell = features.subarray(from, from + first.channels);
          const wanted = at % slots === slots - 1 ? regionLogit(region, cell) : 0;
          assert.ok(Math.abs(value - wanted) < 1e-3, `region ${at}: ${value}, not ${wanted}`);
        });
      }
    }
  });

  /** What the proof says on one photograph when the graph had other biases in its first head. */
  async function proveAgainst(bend: (value: number, index: number) => number): Promise<unknown> {
    const changed = graph.clone();
    const name = changed.producer('BoxPredictor_0/ClassPredictor/BiasAdd').inputs[2] ?? '';
    const bias = changed.constant(name);
    assert.ok(bias?.dtype === 'float32');
    changed.set(constantNode(name, { ...bias, data: bias.data.map(bend) }));
    const proof = proveTflite(manifest, changed, forms, pictures.slice(0, 1), tolerances);
    return proof.catch((failure: unknown) => failure);
  }

  test('is not called right when another graph was meant', async () => {
    // As if the graph thought everything a cat.
    const failure = await proveAgainst((value, index) =>
      index % CLASSES === CAT ? value + 6 : value,
    );
    assert.ok(failure instanceof LiteParityError);
    assert.match(failure.message, /float16 \(detect\): \w+ differs by .* on chelsea\.jpg/);
    const precisions = failure.deviations.map(({ precision }) => precision);
    assert.deepEqual([...new Set(precisions)], ['float16', 'int8']);
  });

  test('is not called right where a side is not a number', async () => {
    const failure = await proveAgainst(() => NaN);
    assert.ok(failure instanceof LiteParityError);
    const found = new Map(failure.deviations.map(({ output, value }) => [output, value]));
    assert.equal(found.get('scores'), Infinity);
    assert.equal(found.get('logits'), Infinity);
  });

  test('is not called right when its weights are damaged', async () => {
    const [half] = forms;
    assert.ok(half);
    const middle = half.weights.length / 2;
    // Within the data of one filter: LiteRT itself notices damage to the tables between them.
    const weights = Uint8Array.from(half.weights).fill(0xff, middle, middle + 4096);
    await assert.rejects(
      proveTflite(manifest, graph, [{ ...half, weights }], pictures.slice(0, 1), tolerances),
      LiteParityError,
    );
  });
});

describe('coco-ssd as TensorFlow Lite in Chromium', () => {
  let dir: string;
  let server: RunningServer;
  let browser: Browser;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tflite-'));
    const require = createRequire(import.meta.url);
    const litert = dirname(require.resolve('@litertjs/core/wasm/litert_wasm_internal.js'));
    await symlink(litert, join(dir, 'litert'), 'junction');
    await build({
      entryPoints: [fileURLToPath(new URL('tflite-worker.ts', import.meta.url))],
      outfile: join(dir, 'worker.js'),
      bundle: true,
      format: 'iife',
      logLevel: 'error',
    });
    await writeFile(join(dir, 'index.html'), '<!doctype html><title>TensorFlow Lite</title>');
    for (const { precision, detect, weights } of forms) {
      await writeFile(join(dir, `${precision}.tflite`), Buffer.concat([detect, weights]));
    }
    const { input, head } = manifest;
    const [picture] = pictures;
    assert.ok(picture);
    const image = preparePicture(picture, input);
    const network = new Network(toArtifacts(graph));
    const [logits] = network.run({ [input.name]: floatConstant(input.shape, image) }, [
      head.logits,
    ]);
    network.dispose();
    assert.ok(logits);
    await writeFile(join(dir, 'image.bin'), image);
    await writeFile(join(dir, 'logits.bin'), logits.data);
    server = await startServer({ dir, port: 0 });
    browser = await launchChromium({ gpu: 'none' });
  });

  after(async () => {
    await browser.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  for (const precision of ['float16', 'int8'] as const) {
    for (const threads of [1, 2]) {
      test(`sees the cat in a classic worker: ${precision}, ${threads} threads`, async () => {
        const page = await browser.newPage();
        try {
          await page.goto(server.url);
          const reply = await page.evaluate(
            (request) =>
              new Promise<LiteReply | { failure: string }>((resolve) => {
                const worker = new Worker('worker.js');
                worker.onmessage = ({ data }: MessageEvent<LiteReply>) => {
                  resolve(data);
                };
                worker.onerror = ({ message }) => {
                  resolve({ failure: message });
                };
                worker.postMessage(request);
              }),
            {
              model: `${precision}.tflite`,
              image: 'image.bin',
              logits: 'logits.bin',
              shape: manifest.input.shape,
              classes: CLASSES,
              threads,
            } satisfies LiteRequest,
          );
          if ('failure' in reply) assert.fail(reply.failure);
          assert.deepEqual(reply.outputs, ['logits', 'boxes']);
          assert.equal(reply.best, CAT);
          assert.ok(reply.worst <= tolerances[precision].scores, String(reply.worst));
          assert.ok(threads === 1 ? reply.threads === 1 : reply.threads > 1);
        } finally {
          await page.close();
        }
      });
    }
  }
});
