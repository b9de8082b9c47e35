import type { Tensor } from '@tensorflow/tfjs-core';
import { MAX_CANDIDATES } from '../../domain/detection.js';
import { selectSsdCandidates } from '../../domain/ssd.js';
import type { SsdHead } from '../../domain/model-manifest.js';
import type { DetectorHead } from './detector-head.js';

/** SSD candidates for backends whose tensors lie in ordinary memory (WASM, CPU). */
export async function createSsdHeadHost(head: SsdHead, anchors: Tensor): Promise<DetectorHead> {
  const anchorValues = (await anchors.data<'float32'>()).slice();
  return {
    outputs: [head.logits, head.boxEncodings],
    candidates: async ([logits, boxes], permitted, leastLogit) => {
      if (!logits || !boxes) throw new RangeError('two outputs expected');
      const [logitValues, boxValues] = await Promise.all([
        logits.data<'float32'>(),
        boxes.data<'float32'>(),
      ]);
      return {
        rows: selectSsdCandidates(
          head,
          logitValues,
          boxValues,
          anchorValues,
          permitted,
          MAX_CANDIDATES,
          leastLogit,
        ),
        readbackBytes: 0,
      };
    },
    dispose: () => undefined,
  };
}
