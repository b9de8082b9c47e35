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
 * SSD candidates (pairs of anchor and class, see `selectSsdCandidates`) by
 * three WGSL dispatches, recorded into the same queue as the network:
 * 1. one thread per anchor: its best permitted raw logit;
 * 2. one thread per anchor: its rank among all anchors (how many are better,
 *    ties by index); the first `MAX_CANDIDATES` are listed in that order;
 * 3. one thread per pair of those anchors and the classes: its rank among
 *    them, and if that is below `MAX_CANDIDATES`, its decoded box into the row
 *    of that rank. The worst of the listed anchors is a bound below which no
 *    pair can survive, and the list is sorted, so that hardly any thread has
 *    to look far.
 *
 * tfjs binds a uniform block to every program, and WebGPU's automatic layout
 * drops what a shader does not mention: hence "uniforms.size" in all.
 *
 * Ranking instead of appending makes the rows sorted and the result the same
 * every time.
 */
export function createSsdHeadWebgpu(
  head: SsdHead,
  anchors: Tensor,
  backend: WebGPUBackend,
): DetectorHead {
  const columns = new PermittedColumns((flags) => tensor1d(flags, 'float32'));
  const programs = [bestLogitProgram(head), topAnchorsProgram(head), pairsProgram(head)] as const;
  return {
    outputs: [head.logits, head.boxEncodings],
    candidates: async ([logits, boxes], permitted) => {
      if (!logits || !boxes) throw new RangeError('two outputs expected');
      // Every row is written only where there is something to rank.
      if (!permitted.includes(1)) return { rows: new Float32Array(), readbackBytes: 0 };
      const flags = columns.tensor(permitted);
      const best = run(backend, programs[0], [logits, flags]);
      const top = run(backend, programs[1], [best]);
      const rows = run(backend, programs[2], [top, logits, flags, boxes, anchors]);
      best.dispose();
      top.dispose();
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

/** What the three have in common: `count` threads, each with its index. */
function program(
  name: string,
  count: number,
  outputShape: number[],
  variableNames: string[],
  body: string,
): WebGPUProgram {
  return {
    outputShape,
    shaderKey: `sightline-${name}`,
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(count / WORKGROUP), 1, 1],
    workgroupSize: [WORKGROUP, 1, 1],
    variableNames,
    size: true,
    getUserCode: () => `
      fn main(index : i32) {
        if (index >= ${String(count)} || uniforms.size == 0) { return; }
        ${body}
      }`,
  };
}

/** Output `[anchors]`: the best permitted raw logit. */
function bestLogitProgram({ anchorCount, classCount }: SsdHead): WebGPUProgram {
  const name = `best-logit-${String(anchorCount)}-${String(classCount)}`;
  return program(
    name,
    anchorCount,
    [anchorCount],
    ['logits', 'permitted'],
    `
        var best = -3.4e38;
        let start = index * ${String(classCount)};
        for (var c = 0; c < ${String(classCount)}; c = c + 1) {
          if (permitted[c] > 0.5) { best = max(best, logits[start + c]); }
        }
        result[index] = best;`,
  );
}

/** Output `[MAX_CANDIDATES, 2]`: best logit and index of an anchor, best first. */
function topAnchorsProgram({ anchorCount }: SsdHead): WebGPUProgram {
  const name = `top-anchors-${String(anchorCount)}`;
  return program(
    name,
    anchorCount,
    [MAX_CANDIDATES, 2],
    ['best'],
    `
        let own = best[index];
        var rank = 0;
        for (var other = 0; other < ${String(anchorCount)}; other = other + 1) {
          let value = best[other];
          if (value > own || (value == own && other < index)) { rank = rank + 1; }
        }
        if (rank >= ${String(MAX_CANDIDATES)}) { return; }
        result[rank * 2] = own;
        result[rank * 2 + 1] = f32(index);`,
  );
}

/** Output `[MAX_CANDIDATES, CANDIDATE_STRIDE]`, sorted. */
function pairsProgram({ anchorCount, classCount, boxScales }: SsdHead): WebGPUProgram {
  const [scaleY, scaleX, scaleHeight, scaleWidth] = boxScales.map((scale) => scale.toFixed(6));
  const classes = String(classCount);
  const name = `pairs-${String(anchorCount)}-${classes}-${boxScales.join('-')}`;
  const inputs = ['top', 'logits', 'permitted', 'boxes', 'anchors'];
  const outputShape = [MAX_CANDIDATES, CANDIDATE_STRIDE];
  return program(
    name,
    MAX_CANDIDATES * classCount,
    outputShape,
    inputs,
    `
        let column = index % ${classes};
        let anchor = i32(top[(index / ${classes}) * 2 + 1]);
        let pair = anchor * ${classes} + column;
        let own = logits[pair];
        if (permitted[column] < 0.5 || own < top[${String((MAX_CANDIDATES - 1) * 2)}]) { return; }
        var rank = 0;
        for (var place = 0; place < ${String(MAX_CANDIDATES)}; place = place + 1) {
          if (top[place * 2] < own) { break; }
          let start = i32(top[place * 2 + 1]) * ${classes};
          for (var c = 0; c < ${classes}; c = c + 1) {
            let value = logits[start + c];
            let isBefore = value > own || (value == own && start + c < pair);
            if (isBefore && permitted[c] > 0.5) { rank = rank + 1; }
          }
        }
        if (rank >= ${String(MAX_CANDIDATES)}) { return; }
        let at = anchor * 4;
        let height = anchors[at + 2];
        let width = anchors[at + 3];
        let centreY = boxes[at] / ${String(scaleY)} * height + anchors[at];
        let centreX = boxes[at + 1] / ${String(scaleX)} * width + anchors[at + 1];
        let halfHeight = exp(boxes[at + 2] / ${String(scaleHeight)}) * height / 2.0;
        let halfWidth = exp(boxes[at + 3] / ${String(scaleWidth)}) * width / 2.0;
        let row = rank * ${String(CANDIDATE_STRIDE)};
        result[row] = own;
        result[row + 1] = f32(column);
        result[row + 2] = f32(anchor);
        result[row + 3] = centreY - halfHeight;
        result[row + 4] = centreX - halfWidth;
        result[row + 5] = centreY + halfHeight;
        result[row + 6] = centreX + halfWidth;`,
  );
}
