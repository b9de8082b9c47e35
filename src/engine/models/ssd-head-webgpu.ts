import { engine, tensor1d, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program.js';
import { CANDIDATE_STRIDE } from '../../domain/candidates.js';
import { MAX_CANDIDATES } from '../../domain/detection.js';
import type { SsdHead } from '../../domain/model-manifest.js';
import type { DetectorHead } from './detector-head.js';
import { PermittedColumns } from './permitted-columns.js';

const WORKGROUP = 64;

/**
 * SSD candidates by two WGSL dispatches, recorded into the same queue as the
 * network:
 * 1. one thread per anchor: best permitted class on raw logits;
 * 2. one thread per anchor: its rank among all anchors (how many are better,
 *    ties by index), and if that is below `MAX_CANDIDATES`, its decoded box
 *    into the row of that rank.
 *
 * tfjs binds a uniform block to every program, and WebGPU's automatic layout
 * drops what a shader does not mention: hence "uniforms.size" in both.
 *
 * Ranking instead of appending makes the rows sorted and the result the same
 * every time; with 1,917 anchors it is cheaper than any sort.
 */
export function createSsdHeadWebgpu(
  head: SsdHead,
  anchors: Tensor,
  backend: WebGPUBackend,
): DetectorHead {
  const columns = new PermittedColumns((flags) => tensor1d(flags, 'float32'));
  return {
    outputs: [head.logits, head.boxEncodings],
    candidates: async ([logits, boxes], permitted) => {
      if (!logits || !boxes) throw new RangeError('two outputs expected');
      const best = run(backend, bestClassProgram(head), [logits, columns.tensor(permitted)]);
      const rows = run(backend, rankProgram(head), [best, boxes, anchors]);
      best.dispose();
      try {
        const values = await rows.data<'float32'>();
        return { rows: values, readbackBytes: values.byteLength };
      } finally {
        rows.dispose();
      }
    },
    dispose: () => {
      columns.dispose();
    },
  };
}

function run(backend: WebGPUBackend, program: WebGPUProgram, inputs: TensorInfo[]): Tensor {
  const info = backend.runWebGPUProgram(program, inputs, 'float32');
  return engine().makeTensorFromTensorInfo(info);
}

/** Output `[anchors, 2]`: best raw logit, its column (-1 when none is permitted). */
function bestClassProgram({ anchorCount, classCount }: SsdHead): WebGPUProgram {
  return {
    outputShape: [anchorCount, 2],
    shaderKey: `sightline-best-class-${String(anchorCount)}-${String(classCount)}`,
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(anchorCount / WORKGROUP), 1, 1],
    workgroupSize: [WORKGROUP, 1, 1],
    variableNames: ['logits', 'permitted'],
    size: true,
    getUserCode: () => `
      fn main(index : i32) {
        if (index >= ${String(anchorCount)} || uniforms.size == 0) { return; }
        var best = -3.4e38;
        var column = -1.0;
        let start = index * ${String(classCount)};
        for (var c = 0; c < ${String(classCount)}; c = c + 1) {
          let value = logits[start + c];
          if (permitted[c] > 0.5 && value > best) {
            best = value;
            column = f32(c);
          }
        }
        result[index * 2] = best;
        result[index * 2 + 1] = column;
      }`,
  };
}

/** Output `[MAX_CANDIDATES, CANDIDATE_STRIDE]`, sorted. */
function rankProgram({ anchorCount, boxScales }: SsdHead): WebGPUProgram {
  const [scaleY, scaleX, scaleHeight, scaleWidth] = boxScales.map((scale) => scale.toFixed(6));
  return {
    outputShape: [MAX_CANDIDATES, CANDIDATE_STRIDE],
    shaderKey: `sightline-rank-${String(anchorCount)}-${boxScales.join('-')}`,
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(anchorCount / WORKGROUP), 1, 1],
    workgroupSize: [WORKGROUP, 1, 1],
    variableNames: ['best', 'boxes', 'anchors'],
    size: true,
    getUserCode: () => `
      fn main(index : i32) {
        if (index >= ${String(anchorCount)} || uniforms.size == 0) { return; }
        let own = best[index * 2];
        var rank = 0;
        for (var other = 0; other < ${String(anchorCount)}; other = other + 1) {
          let value = best[other * 2];
          if (value > own || (value == own && other < index)) { rank = rank + 1; }
        }
        if (rank >= ${String(MAX_CANDIDATES)}) { return; }
        let at = index * 4;
        let height = anchors[at + 2];
        let width = anchors[at + 3];
        let centreY = boxes[at] / ${String(scaleY)} * height + anchors[at];
        let centreX = boxes[at + 1] / ${String(scaleX)} * width + anchors[at + 1];
        let halfHeight = exp(boxes[at + 2] / ${String(scaleHeight)}) * height / 2.0;
        let halfWidth = exp(boxes[at + 3] / ${String(scaleWidth)}) * width / 2.0;
        let row = rank * ${String(CANDIDATE_STRIDE)};
        result[row] = own;
        result[row + 1] = best[index * 2 + 1];
        result[row + 2] = f32(index);
        result[row + 3] = centreY - halfHeight;
        result[row + 4] = centreX - halfWidth;
        result[row + 5] = centreY + halfHeight;
        result[row + 6] = centreX + halfWidth;
      }`,
  };
}
