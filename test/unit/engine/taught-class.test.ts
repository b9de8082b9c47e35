import { expect } from 'chai';
import { EXECUTORS } from '../../../src/domain/backend.js';
import { boxesFound } from '../../../src/domain/detector-head/class-lessons.js';
import { plainSums } from '../../../src/domain/detector-head/sparse-features.js';
import type { TaughtClass } from '../../../src/domain/detector-head/taught-class.js';
import { float16Table, fromFloat16 } from '../../../src/domain/float16.js';
import { intersectionOverUnion, type BBox } from '../../../src/domain/geometry.js';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import type { AnchorPass } from '../../../src/protocol/index.js';
import { cosineSimilarity } from '../../../src/domain/quality/near-duplicate.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

const NOWHERE: BBox = [0, 0, 0, 0];
const EVERYTHING = detectionOptions({ scoreThreshold: 0.3 });

/** Nothing learnt yet: it finds what the class finds that it begins as. */
function untaught({ network }: AnchorPass, base: string, threshold: number): TaughtClass {
  return {
    id: 'test',
    label: 'something new',
    model: 'coco-ssd',
    column: {
      base: network.labels.indexOf(base),
      weights: new Float32Array(network.layout.weightCount),
    },
    verifier: { weights: new Float32Array(network.labels.length), bias: 50 },
    threshold,
    created: 0,
  };
}

describe('A class that was taught to the detector', function () {
  this.timeout(240_000);
  let reference: Float32Array | undefined;

  for (const { runtime, backend } of [...EXECUTORS].reverse()) {
    it(`is learnt and found at the anchors, in ${runtime} on ${backend}`, async () => {
      const engine = new DetectionEngine();
      await engine.load(loadOptions(backend, { runtime }));
      const pass = await engine.anchors(await photograph('chelsea'));
      const { layout, labels } = pass.network;
      expect(layout.anchorCount).to.equal(1917);
      expect(layout.weightCount).to.equal(16_353);
      expect(pass.boxes).to.have.length(1917 * 4);
      expect(pass.features.starts.at(-1)).to.equal(pass.features.values.length);

      // The plain CPU goes first: every other must see the same things.
      const logits = fromFloat16(pass.logits);
      const clamped = logits.map((logit) => Math.max(-8, logit));
      reference ??= clamped;
      expect(cosineSimilarity(clamped, reference)).to.be.above(0.99);
      const numbers = float16Table();
      expect(pass.features.values.every((bits) => (numbers[bits] ?? 0) > 0)).to.equal(true);
      const named = logits.map((logit, at) =>
        labels[at % labels.length] === null ? -Infinity : logit,
      );
      const highest = named.reduce((most, logit) => Math.max(most, logit));
      const best = named.indexOf(highest) % labels.length;
      expect(labels[best]).to.equal('cat');

      const detect = async (
        taught: readonly TaughtClass[],
      ): ReturnType<DetectionEngine['detect']> =>
        engine.detect(await photograph('chelsea'), 0, { ...EVERYTHING, taught });
      const plain = await detect([]);
      const silent = await detect([
        untaught(pass, 'toaster', 0.9),
        { ...untaught(pass, 'bear', 0.99), label: 'second' },
      ]);
      // Down to the last bit, also where another graph computes them.
      expect(silent.detections).to.deep.equal(plain.detections);

      const before = await engine.stats();
      const { detections } = await detect([untaught(pass, 'cat', 0.5)]);
      expect((await engine.stats()).tensors).to.equal(before.tensors);
      const [cat] = plain.detections;
      const found = detections.find((each) => each.class === 'something new');
      expect(found?.score).to.be.closeTo(Math.sqrt(cat?.score ?? 0), 0.02);
      // Those of the network's own classes are voted on besides.
      const overlap = intersectionOverUnion(found?.bbox ?? NOWHERE, cat?.bbox ?? NOWHERE);
      expect(overlap).to.be.above(0.9);
      expect(detections.some((each) => each.class === 'cat')).to.equal(false);

      // The verifier sees under a box live what it saw there when it learnt.
      const weights = new Float32Array(layout.maps[0]?.channels ?? 0).fill(0.05);
      const curious = untaught(pass, 'cat', 0.1);
      const region = { weights, bias: -6 };
      const asked = { ...curious, verifier: { ...curious.verifier, region } };
      const looked = await detect([asked]);
      expect((await engine.stats()).tensors).to.equal(before.tensors);
      const view = { ...pass, drawn: [], picture: 0, group: 0 };
      const sum = plainSums(layout)(new Float32Array(layout.weightCount));
      const column = { base: asked.column.base, sum };
      const [learnt] = boxesFound(pass.network, column, asked, view);
      const seen = looked.detections.find((each) => each.class === 'something new');
      expect(seen?.score).to.be.closeTo(learnt?.score ?? NaN, 0.02);
      expect(learnt?.score).to.be.within(0.2, 0.95 * (found?.score ?? NaN));
      const silenced = { ...asked.verifier, region: { ...region, bias: -60 } };
      const { detections: none } = await detect([{ ...asked, verifier: silenced }]);
      expect(none.some((each) => each.class === 'something new')).to.equal(false);

      // Among several, each keeps to its own column; and feature maps can be had with them.
      const several = await engine.detect(await photograph('chelsea'), 0, {
        ...EVERYTHING,
        features: ['feature_1'],
        taught: [
          untaught(pass, 'toaster', 0.9),
          { ...untaught(pass, 'cat', 0.5), label: 'second' },
        ],
      });
      expect(several.features).to.have.length(several.detections.length);
      const second = several.detections.find((each) => each.class === 'second');
      expect(second?.score).to.be.closeTo(found?.score ?? NaN, 1e-6);

      const other = await detect([{ ...untaught(pass, 'cat', 0.5), model: 'another' }]);
      expect(other.detections).to.deep.equal(plain.detections);
      await engine.dispose();
    });
  }
});
