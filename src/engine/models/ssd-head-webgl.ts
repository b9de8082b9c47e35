import { engine, tensor1d, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl.js';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import { CANDIDATE_STRIDE } from '../../domain/candidates.js';
import { MAX_CANDIDATES } from '../../domain/detection.js';
import type { SsdHead } from '../../domain/model-manifest.js';
import type { DetectorHead } from './detector-head.js';
import { PermittedColumns } from './permitted-columns.js';

/**
 * SSD candidates by three fragment shaders: best permitted class per anchor,
 * rank of each anchor, and one decoded row per rank. A fragment cannot choose
 * where it writes, so the last one looks its anchor up.
 */
export function createSsdHeadWebgl(
  head: SsdHead,
  anchors: Tensor,
  backend: MathBackendWebGL,
): DetectorHead {
  const columns = new PermittedColumns((flags) => tensor1d(flags, 'float32'));
  const [best, rank, row] = [bestClassProgram(head), rankProgram(head), rowProgram(head)];
  return {
    outputs: [head.logits, head.boxEncodings],
    candidates: async ([logits, boxes], permitted) => {
      if (!logits || !boxes) throw new RangeError('two outputs expected');
      const bests = run(backend, best, [logits, columns.tensor(permitted)]);
      const ranks = run(backend, rank, [bests]);
      const rows = run(backend, row, [bests, ranks, boxes, anchors]);
      bests.dispose();
      ranks.dispose();
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

function run(backend: MathBackendWebGL, program: GPGPUProgram, inputs: TensorInfo[]): Tensor {
  const info = backend.compileAndRun(program, inputs, 'float32');
  return engine().makeTensorFromTensorInfo(info);
}

/** Output `[anchors, 2]`: best raw logit, its column (-1 when none is permitted). */
function bestClassProgram({ anchorCount, classCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Logits', 'Permitted'],
    outputShape: [anchorCount, 2],
    userCode: `
      void main() {
        ivec2 coords = getOutputCoords();
        float best = -3.4e38;
        float column = -1.0;
        for (int c = 0; c < ${String(classCount)}; c++) {
          float value = getLogits(0, coords.x, c);
          if (getPermitted(c) > 0.5 && value > best) {
            best = value;
            column = float(c);
          }
        }
        setOutput(coords.y == 0 ? best : column);
      }`,
  };
}

/** Output `[anchors]`: how many anchors are better, ties by index. */
function rankProgram({ anchorCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Best'],
    outputShape: [anchorCount],
    userCode: `
      void main() {
        int index = getOutputCoords();
        float own = getBest(index, 0);
        float rank = 0.0;
        for (int other = 0; other < ${String(anchorCount)}; other++) {
          float value = getBest(other, 0);
          if (value > own || (value == own && other < index)) rank += 1.0;
        }
        setOutput(rank);
      }`,
  };
}

/** Output `[MAX_CANDIDATES, CANDIDATE_STRIDE]`, sorted. */
function rowProgram({ anchorCount, boxScales }: SsdHead): GPGPUProgram {
  const [scaleY, scaleX, scaleHeight, scaleWidth] = boxScales.map((scale) => scale.toFixed(6));
  return {
    variableNames: ['Best', 'Rank', 'Boxes', 'Anchors'],
    outputShape: [MAX_CANDIDATES, CANDIDATE_STRIDE],
    userCode: `
      void main() {
        ivec2 coords = getOutputCoords();
        int anchor = 0;
        for (int i = 0; i < ${String(anchorCount)}; i++) {
          if (int(getRank(i) + 0.5) == coords.x) {
            anchor = i;
            break;
          }
        }
        if (coords.y == 0) { setOutput(getBest(anchor, 0)); return; }
        if (coords.y == 1) { setOutput(getBest(anchor, 1)); return; }
        if (coords.y == 2) { setOutput(float(anchor)); return; }
        bool vertical = coords.y == 3 || coords.y == 5;
        float side = coords.y < 5 ? -0.5 : 0.5;
        float size = vertical ? getAnchors(anchor, 2) : getAnchors(anchor, 3);
        float centre = vertical
          ? getBoxes(0, anchor, 0) / ${String(scaleY)} * size + getAnchors(anchor, 0)
          : getBoxes(0, anchor, 1) / ${String(scaleX)} * size + getAnchors(anchor, 1);
        float extent = vertical
          ? exp(getBoxes(0, anchor, 2) / ${String(scaleHeight)}) * size
          : exp(getBoxes(0, anchor, 3) / ${String(scaleWidth)}) * size;
        setOutput(centre + side * extent);
      }`,
  };
}
