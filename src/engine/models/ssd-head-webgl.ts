import { dispose, engine, tensor1d, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl.js';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/gpgpu_math.js';
import { CANDIDATE_STRIDE } from '../../domain/candidates.js';
import { MAX_CANDIDATES } from '../../domain/detection.js';
import type { SsdHead } from '../../domain/model-manifest.js';
import type { DetectorHead } from './detector-head.js';
import { PermittedColumns } from './permitted-columns.js';

/**
 * SSD candidates (pairs of anchor and class, see `selectSsdCandidates`) by
 * fragment shaders. A fragment cannot choose where it writes, so ranks are
 * computed first and then looked up:
 * best logit and rank of each anchor, the best anchors in order; rank of each
 * pair of those with a class, the best pairs in order; one decoded row each.
 */
export function createSsdHeadWebgl(
  head: SsdHead,
  anchors: Tensor,
  backend: MathBackendWebGL,
): DetectorHead {
  const columns = new PermittedColumns((flags) => tensor1d(flags, 'float32'));
  const programs = {
    best: bestLogitProgram(head),
    rank: anchorRankProgram(head),
    top: topAnchorsProgram(head),
    pairRank: pairRankProgram(head),
    pair: topPairsProgram(head),
    row: rowProgram(head),
  };
  return {
    outputs: [head.logits, head.boxEncodings],
    candidates: async ([logits, boxes], permitted, leastLogit = -Infinity) => {
      if (!logits || !boxes) throw new RangeError('two outputs expected');
      if (!permitted.includes(1)) return { rows: new Float32Array(), readbackBytes: 0 };
      const flags = columns.tensor(permitted);
      const least = Math.max(LOWEST, leastLogit);
      const best = run(backend, programs.best, [logits, flags], least);
      const ranks = run(backend, programs.rank, [best]);
      const top = run(backend, programs.top, [best, ranks]);
      const pairRanks = run(backend, programs.pairRank, [top, logits, flags], least);
      const pairs = run(backend, programs.pair, [top, pairRanks]);
      const rows = run(backend, programs.row, [pairs, logits, boxes, anchors]);
      dispose([best, ranks, top, pairRanks, pairs]);
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

function run(
  backend: MathBackendWebGL,
  program: GPGPUProgram,
  inputs: TensorInfo[],
  ...uniforms: number[]
): Tensor {
  const values = uniforms.map((value) => [value]);
  const info = backend.compileAndRun(program, inputs, 'float32', values);
  return engine().makeTensorFromTensorInfo(info);
}

const COUNT = String(MAX_CANDIDATES);

/** Below every logit: shaders have no infinity that all drivers agree on. */
const LOWEST = -3.4e38;
const NOTHING = LOWEST.toExponential();

const LEAST = { name: 'least', type: 'float' } as const;

/** Output `[anchors]`: the best permitted raw logit, or `NOTHING` where that is too low. */
function bestLogitProgram({ anchorCount, classCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Logits', 'Permitted'],
    outputShape: [anchorCount],
    customUniforms: [LEAST],
    userCode: `
      void main() {
        int anchor = getOutputCoords();
        float best = ${NOTHING};
        for (int c = 0; c < ${String(classCount)}; c++) {
          if (getPermitted(c) > 0.5) best = max(best, getLogits(0, anchor, c));
        }
        setOutput(best < least ? ${NOTHING} : best);
      }`,
  };
}

/** Output `[anchors]`: how many anchors are better, ties by index; the last where an anchor is out. */
function anchorRankProgram({ anchorCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Best'],
    outputShape: [anchorCount],
    userCode: `
      void main() {
        int index = getOutputCoords();
        float own = getBest(index);
        if (own == ${NOTHING}) {
          setOutput(${String(anchorCount)}.0);
          return;
        }
        float rank = 0.0;
        for (int other = 0; other < ${String(anchorCount)}; other++) {
          float value = getBest(other);
          if (value > own || (value == own && other < index)) rank += 1.0;
        }
        setOutput(rank);
      }`,
  };
}

/** Output `[MAX_CANDIDATES, 2]`: best logit and index of an anchor, best first; `NOTHING` in places that are left. */
function topAnchorsProgram({ anchorCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Best', 'Rank'],
    outputShape: [MAX_CANDIDATES, 2],
    userCode: `
      void main() {
        ivec2 coords = getOutputCoords();
        int anchor = -1;
        for (int i = 0; i < ${String(anchorCount)}; i++) {
          if (int(getRank(i) + 0.5) == coords.x) {
            anchor = i;
            break;
          }
        }
        if (coords.y == 1) setOutput(float(anchor));
        else setOutput(anchor < 0 ? ${NOTHING} : getBest(anchor));
      }`,
  };
}

/**
 * Output `[MAX_CANDIDATES, classes]`: how many pairs of the listed anchors are
 * better, ties by index; `MAX_CANDIDATES` where a pair cannot survive.
 */
function pairRankProgram({ classCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Top', 'Logits', 'Permitted'],
    outputShape: [MAX_CANDIDATES, classCount],
    customUniforms: [LEAST],
    userCode: `
      void main() {
        ivec2 coords = getOutputCoords();
        setOutput(${COUNT}.0);
        if (getTop(coords.x, 0) == ${NOTHING} || getPermitted(coords.y) < 0.5) return;
        int anchor = int(getTop(coords.x, 1) + 0.5);
        float own = getLogits(0, anchor, coords.y);
        if (own < max(least, getTop(${COUNT} - 1, 0))) return;
        float rank = 0.0;
        for (int place = 0; place < ${COUNT}; place++) {
          if (getTop(place, 0) < own) break;
          int other = int(getTop(place, 1) + 0.5);
          for (int c = 0; c < ${String(classCount)}; c++) {
            float value = getLogits(0, other, c);
            bool isLower = other < anchor || (other == anchor && c < coords.y);
            bool isBefore = value > own || (value == own && isLower);
            if (isBefore && getPermitted(c) > 0.5) rank += 1.0;
          }
        }
        setOutput(rank);
      }`,
  };
}

/** Output `[MAX_CANDIDATES, 2]`: anchor and class of a pair, best first; -1 in places that are left. */
function topPairsProgram({ classCount }: SsdHead): GPGPUProgram {
  return {
    variableNames: ['Top', 'Rank'],
    outputShape: [MAX_CANDIDATES, 2],
    userCode: `
      void main() {
        ivec2 coords = getOutputCoords();
        setOutput(-1.0);
        for (int place = 0; place < ${COUNT}; place++) {
          if (getTop(place, 0) == ${NOTHING}) return;
          for (int c = 0; c < ${String(classCount)}; c++) {
            if (int(getRank(place, c) + 0.5) == coords.x) {
              setOutput(coords.y == 0 ? getTop(place, 1) : float(c));
              return;
            }
          }
        }
      }`,
  };
}

/** Output `[MAX_CANDIDATES, CANDIDATE_STRIDE]`; class -1, which no label has, in places that are left. */
function rowProgram({ boxScales }: SsdHead): GPGPUProgram {
  const [scaleY, scaleX, scaleHeight, scaleWidth] = boxScales.map((scale) => scale.toFixed(6));
  return {
    variableNames: ['Pairs', 'Logits', 'Boxes', 'Anchors'],
    outputShape: [MAX_CANDIDATES, CANDIDATE_STRIDE],
    userCode: `
      void main() {
        ivec2 coords = getOutputCoords();
        if (getPairs(coords.x, 0) < 0.0) { setOutput(-1.0); return; }
        int anchor = int(getPairs(coords.x, 0) + 0.5);
        int column = int(getPairs(coords.x, 1) + 0.5);
        if (coords.y == 0) { setOutput(getLogits(0, anchor, column)); return; }
        if (coords.y == 1) { setOutput(float(column)); return; }
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
