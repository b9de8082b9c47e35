import sharp from 'sharp';
import { selectSsdCandidates } from '../src/domain/ssd.js';
import { CANDIDATE_STRIDE, sigmoid } from '../src/domain/candidates.js';
import type { ModelEntry, SelfTest, SsdHead } from '../src/domain/model-manifest.js';
import { emitFile } from './emit.js';
import { ModelCompileError } from './errors.js';
import type { Graph } from './graph/graph.js';
import { floatConstant } from './graph/tensor.js';
import type { CompilerManifest } from './manifest.js';
import { loadPicture } from './pictures.js';
import { toArtifacts } from './tfjs/evaluator.js';
import { Network } from './tfjs/network.js';
import { preparePicture } from './tflite/calibrate.js';

/** Little of a photograph is lost, and it stays a fraction of the smallest model. */
const JPEG_QUALITY = 85;

/** Below this a runtime that is slightly off could rightly see something else first. */
const LEAST_SCORE = 0.7;

/**
 * Writes the first photograph of the parity check in the size of the network's
 * input, with what the float32 graph sees in it: the engine shows it to every
 * runtime before it trusts one. `startRuntime` must have been awaited.
 *
 * @param picture Path of the photograph.
 * @throws ModelCompileError when the network is not sure of anything in it.
 */
export async function makeSelfTest(
  { id, input }: CompilerManifest,
  head: SsdHead,
  labels: ModelEntry['labels'],
  graph: Graph,
  picture: string,
  folder: string,
): Promise<SelfTest> {
  const [, height, width] = input.shape;
  const jpeg = await sharp(picture)
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  const image = floatConstant(input.shape, preparePicture(await loadPicture(jpeg), input));
  const [logits, boxes, anchors] = runOnce(graph, input.name, image, [
    head.logits,
    head.boxEncodings,
    head.anchors,
  ]);
  const permitted = Uint8Array.from(labels, (label) => (label === null ? 0 : 1));
  const row = selectSsdCandidates(
    head,
    logits?.data ?? [],
    boxes?.data ?? [],
    anchors?.data ?? [],
    permitted,
    1,
  );
  const label = labels[row[1] ?? -1];
  const score = sigmoid(row[0] ?? -Infinity);
  if (
    label === null ||
    label === undefined ||
    row.length < CANDIDATE_STRIDE ||
    score < LEAST_SCORE
  ) {
    throw new ModelCompileError(
      `${id} should be sure of what the first picture of its manifest shows, ` +
        `for that is the engine's self-test (it sees "${String(label)}" at ${score.toFixed(2)}).`,
    );
  }
  const [ymin = 0, xmin = 0, ymax = 0, xmax = 0] = row.slice(3);
  return {
    picture: await emitFile(folder, `${id}.self-test`, 'jpg', jpeg),
    label,
    score,
    box: [ymin, xmin, ymax, xmax],
  };
}

function runOnce(
  graph: Graph,
  inputName: string,
  image: ReturnType<typeof floatConstant>,
  names: readonly string[],
): ReturnType<Network['run']> {
  const network = new Network(toArtifacts(graph, undefined, names));
  try {
    return network.run({ [inputName]: image }, names);
  } finally {
    network.dispose();
  }
}
