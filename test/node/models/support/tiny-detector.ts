import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attributes } from '../../../../models/graph/attributes.js';
import { writeGraphDef } from '../../../../models/tfjs/graph-def.js';
import { encodeWeights } from '../../../../models/tfjs/weights.js';
import { GraphBuilder } from './graphs.js';
import { randomNumbers } from './random.js';
import { integrityOf, packArchive } from './registry.js';

const ROWS = 8;
const COLUMNS = 6;
const ANCHORS = ROWS * COLUMNS;
const CLASSES = 3;

/** A detector of the same make as the real one, small enough to compile in a blink. */
export interface TinyDetector {
  readonly archive: Buffer;
  /** Path of its manifest, whose content is `manifest`. */
  readonly manifestPath: string;
  readonly manifest: ReturnType<typeof tinyManifest>;
}

/** Writes a manifest and packs the archive that it pins; both lie under `folder`. */
export async function makeTinyDetector(folder: string): Promise<TinyDetector> {
  await mkdir(folder, { recursive: true });
  const nodes = tinyGraph();
  const { specs, data } = encodeWeights(nodes, () => false);
  const model = {
    modelTopology: writeGraphDef(nodes),
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  };
  const archive = await packArchive(join(folder, 'packed'), {
    'package.json': JSON.stringify({ name: 'tiny-detector', version: '1.0.0' }),
    'model.json': JSON.stringify(model),
    'weights.bin': data,
  });
  const labels = join(folder, 'labels.cjs');
  await writeFile(
    labels,
    'exports.CLASSES = { a: { id: 1, displayName: "thing" }, b: { id: 2, displayName: "other" } };',
  );
  const manifest = tinyManifest(integrityOf(archive), labels);
  const manifestPath = join(folder, 'manifest.json');
  await writeFile(manifestPath, JSON.stringify(manifest));
  return { archive, manifestPath, manifest };
}

function tinyManifest(integrity: string, labels: string) {
  const tolerance = { input: 1e-4, scores: 1e-5, corners: 1e-5, outputs: 1e-4 };
  return {
    id: 'tiny',
    name: 'Tiny detector',
    licence: 'CC0-1.0',
    origin: 'made up for tests',
    source: {
      package: 'tiny-detector',
      version: '1.0.0',
      integrity,
      topology: 'package/model.json',
    },
    labels: { module: labels, export: 'CLASSES' },
    input: {
      node: 'prepared',
      name: 'image',
      shape: [1, ROWS, COLUMNS, 3],
      scale: 2 / 255,
      offset: -1,
      resize: 'stretch-legacy-bilinear',
    },
    outputs: [
      { name: 'logits', node: 'raw_logits', shape: [1, ANCHORS, CLASSES] },
      { name: 'boxes', node: 'encodings', shape: [1, ANCHORS, 4] },
      {
        name: 'anchors',
        stack: ['priors', 'priors:1', 'priors:2', 'priors:3'],
        axis: 1,
        shape: [ANCHORS, 4],
      },
      { name: 'feature_0', node: 'feature', shape: [1, ROWS, COLUMNS, 4] },
    ],
    head: {
      kind: 'ssd',
      logits: 'logits',
      boxEncodings: 'boxes',
      anchors: 'anchors',
      boxScales: [2, 2, 4, 4],
    },
    features: ['feature_0'],
    classFeatures: [],
    boxFeatures: [],
    parity: {
      input: 'picture',
      scores: 'scores',
      corners: 'corners',
      pictures: [{ path: 'test/fixtures/chelsea.jpg', shows: 'thing' }],
      tolerance: {
        float32: tolerance,
        float16: { input: 1e-4, scores: 5e-3, corners: 5e-3, outputs: 5e-2 },
      },
    },
  };
}

function tinyGraph() {
  const b = new GraphBuilder();
  b.node('picture', 'Placeholder', [], {
    dtype: { kind: 'type', value: 'DT_INT32' },
    shape: { kind: 'shape', value: [-1, -1, -1, 3] },
  });
  b.node('float', 'Cast', ['picture'], {
    SrcT: { kind: 'type', value: 'DT_INT32' },
    DstT: { kind: 'type', value: 'DT_FLOAT' },
  });
  b.node('resized', 'ResizeBilinear', ['float', b.ints('size', [2], [ROWS, COLUMNS])]);
  b.node('scaled', 'Mul', [b.float('factor', [], [2 / 255]), 'resized']);
  b.node('prepared', 'Sub', ['scaled', b.float('one', [], [1])]);

  b.convolution('stem', 'Conv2D', 'prepared', [3, 3, 3, 4]);
  b.batchNorm('stem/norm', 'stem', 4);
  b.node('feature', 'Relu6', ['stem/norm']);

  b.convolution('class', 'Conv2D', 'feature', [1, 1, 4, CLASSES]);
  b.node('class/biased', 'BiasAdd', ['class', b.float('class/bias', [CLASSES], [-4, 2, -2])]);
  b.node('raw_logits', 'Reshape', ['class/biased', perAnchor(b, 'class', CLASSES)]);
  b.node('scores', 'Sigmoid', ['raw_logits']);

  b.convolution('box', 'Conv2D', 'feature', [1, 1, 4, 4]);
  b.node('box/biased', 'BiasAdd', ['box', b.float('box/bias', [4])]);
  b.node('encodings', 'Reshape', ['box/biased', perAnchor(b, 'box', 4)]);
  decode(b);
  return b.nodes;
}

/** The shape `[batch, -1, columns]`, computed from the feature map as the real graph does it. */
function perAnchor(b: GraphBuilder, name: string, columns: number): string {
  const one = b.ints(`${name}/one`, [1], [1]);
  b.node(`${name}/shape`, 'Shape', ['feature']);
  const slice = [`${name}/shape`, b.ints(`${name}/zero`, [1], [0]), one, one];
  b.node(`${name}/batch`, 'StridedSlice', slice, { shrink_axis_mask: { kind: 'int', value: 1 } });
  const rest = [b.ints(`${name}/all`, [], [-1]), b.ints(`${name}/columns`, [], [columns])];
  return b.node(`${name}/wanted`, 'Pack', [`${name}/batch`, ...rest], stackOf(3, 0));
}

/** Corners `[anchors, 4]` from encodings and anchors, with the divisors (2, 2, 4, 4). */
function decode(b: GraphBuilder): void {
  const random = randomNumbers(11);
  const anchors = Array.from({ length: ANCHORS * 4 }, () => 0.5 + random() * 0.4);
  b.node('priors', 'Unpack', [b.float('anchor_table', [ANCHORS, 4], anchors)], unstackOf(4));
  b.node('flat', 'Reshape', ['encodings', b.ints('flat/shape', [2], [ANCHORS, 4])]);
  b.node('t', 'Unpack', ['flat'], unstackOf(4));
  b.float('half', [], [0.5]);
  b.float('quarter', [], [0.25]);
  const output = (name: string, index: number) => (index === 0 ? name : `${name}:${index}`);
  for (const axis of [0, 1]) {
    const extent = output('priors', axis + 2);
    b.node(`shift_${axis}`, 'Mul', [output('t', axis), 'half']);
    b.node(`offset_${axis}`, 'Mul', [`shift_${axis}`, extent]);
    b.node(`centre_${axis}`, 'Add', [`offset_${axis}`, output('priors', axis)]);
    b.node(`growth_${axis}`, 'Mul', [output('t', axis + 2), 'quarter']);
    b.node(`factor_${axis}`, 'Exp', [`growth_${axis}`]);
    b.node(`extent_${axis}`, 'Mul', [`factor_${axis}`, extent]);
    b.node(`half_${axis}`, 'Mul', [`extent_${axis}`, 'half']);
    b.node(`low_${axis}`, 'Sub', [`centre_${axis}`, `half_${axis}`]);
    b.node(`high_${axis}`, 'Add', [`centre_${axis}`, `half_${axis}`]);
  }
  b.node('corners', 'Pack', ['low_0', 'low_1', 'high_0', 'high_1'], stackOf(4, 1));
}

function stackOf(count: number, axis: number): Attributes {
  return { axis: { kind: 'int', value: axis }, N: { kind: 'int', value: count } };
}

function unstackOf(count: number): Attributes {
  return { axis: { kind: 'int', value: 1 }, num: { kind: 'int', value: count } };
}
