import { expect } from 'chai';
import { EXECUTORS } from '../../../src/domain/backend.js';
import type { BBox } from '../../../src/domain/geometry.js';
import { cosineSimilarity } from '../../../src/domain/quality/near-duplicate.js';
import { aroundMiddle, middleOf } from '../../../src/domain/region-features.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../src/domain/teach/settings.js';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

const MAPS = DEFAULT_TEACH_SETTINGS.maps;
const CHANNELS = [576, 320];

describe('Features of boxes', function () {
  this.timeout(240_000);
  let reference: Float32Array | undefined;

  for (const { runtime, backend } of [...EXECUTORS].reverse()) {
    it(`come with the detections and by themselves, in ${runtime} on ${backend}`, async () => {
      const engine = new DetectionEngine();
      const info = await engine.load(loadOptions(backend, { runtime }));
      const maps = MAPS;
      expect(info.model.featureMaps).to.include.members([...maps]);
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
      // The second map is averaged under the middle of a box alone, which the model says.
      const part = info.model.featureRegions['embedding'] ?? 1;
      expect(part).to.be.within(0.5, 0.9);
      const box: BBox = [60, 30, 300, 200];
      const [left, top, width, height] = middleOf(box, part);
      const quarters = [0, 1, 2, 3].map((index): BBox => {
        const [x, y] = [left + ((index % 2) * width) / 2, top + ((index >> 1) * height) / 2];
        return aroundMiddle([x, y, width / 2, height / 2], part);
      });
      const picture = await photograph('chelsea');
      const [all, ...four] = await engine.embed(picture, [box, ...quarters], ['embedding']);
      all?.forEach((value, channel) => {
        const mean = four.reduce((sum, row) => sum + (row[channel] ?? 0), 0) / four.length;
        expect(mean).to.be.closeTo(value, 1e-3 * Math.max(1, Math.abs(value)));
      });
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
