import { expect } from 'chai';
import { EXECUTORS } from '../../../src/domain/backend.js';
import { cosineSimilarity } from '../../../src/domain/quality/near-duplicate.js';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

const CHANNELS = [576, 1280];

describe('Features of boxes', function () {
  this.timeout(240_000);
  let reference: Float32Array | undefined;

  for (const { runtime, backend } of [...EXECUTORS].reverse()) {
    it(`come with the detections and by themselves, in ${runtime} on ${backend}`, async () => {
      const engine = new DetectionEngine();
      const info = await engine.load(loadOptions(backend, { runtime }));
      const maps = info.model.featureMaps.slice(0, 2);
      // Everything that is made once is there after the first call.
      await engine.embed(await photograph('chelsea'), [[0, 0, 100, 100]], maps);
      const before = await engine.stats();
      const { detections, features } = await engine.detect(await photograph('chelsea'), 0, {
        ...detectionOptions(),
        features: maps,
      });
      const boxes = detections.map(({ bbox }) => bbox);
      const again = await engine.embed(await photograph('chelsea'), boxes, maps);
      expect((await engine.stats()).tensors).to.equal(before.tensors);
      const [first] = features ?? [];
      expect(features).to.have.length(detections.length);
      expect(first?.length).to.equal((CHANNELS[0] ?? 0) + (CHANNELS[1] ?? 0));
      again.forEach((row, index) => {
        const other = features?.[index] ?? new Float32Array();
        expect(cosineSimilarity(row, other)).to.be.above(0.999);
      });
      // The plain CPU goes first: every other must see the same things.
      reference ??= first ?? new Float32Array();
      expect(cosineSimilarity(first ?? [], reference)).to.be.above(0.97);
      const unknown = await engine
        .embed(await photograph('chelsea'), boxes, ['no-such-map'])
        .catch((e: unknown) => e);
      expect(unknown).to.have.property('code', 'model-incompatible');
      const none = await engine.detect(await photograph('chelsea'), 0, detectionOptions());
      expect(none.features).to.equal(undefined);
      await engine.dispose();
    });
  }
});
