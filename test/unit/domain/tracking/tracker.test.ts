import { expect } from 'chai';
import fc from 'fast-check';
import type { Detection } from '../../../../src/domain/detection.js';
import type { BBox } from '../../../../src/domain/geometry.js';
import type { TrackingOptions } from '../../../../src/domain/tracking/options.js';
import { Tracker } from '../../../../src/domain/tracking/tracker.js';
import { boxes } from '../../../support/arbitraries.js';
import {
  composeScene,
  judge,
  moving,
  type SceneFrame,
  type SceneObject,
} from '../../../support/composed-scene.js';

const RATES = [3, 10, 30, 60];

function found(x: number, overrides: Partial<Detection> = {}): Detection {
  return { bbox: [x, 100, 40, 80], class: 'person', score: 0.9, ...overrides };
}

function track(frames: readonly SceneFrame[], options: Partial<TrackingOptions> = {}) {
  const tracker = new Tracker(options);
  return judge(frames, (detections, timestamp) => tracker.update(detections, timestamp));
}

const people = (...paths: SceneObject['at'][]): SceneObject[] =>
  paths.map((at) => ({ label: 'person', at }));

describe('Tracker', () => {
  describe('on composed scenes', () => {
    for (const rate of RATES) {
      it(`never changes an id while nothing is hidden, at ${String(rate)} frames a second`, () => {
        const objects = people(
          moving([40, 100], [50, 0]),
          moving([400, 220], [-50, 10]),
          moving([60, 400], [30, -8]),
          (time) => moving([300 + 60 * Math.sin(time), 560], [0, 0])(0),
        );
        const noise = { jitter: 0.03, missed: 0.1, seed: 7 };
        const { idSwitches, idf1, falsePositives } = track(
          composeScene(objects, { seconds: 6, rate, noise }),
        );
        expect({ idSwitches, falsePositives }).to.deep.equal({ idSwitches: 0, falsePositives: 0 });
        // One in ten is missed; everything else is under the right id.
        expect(idf1).to.be.above(0.9);
      });

      it(`changes at most one id when two cross, at ${String(rate)} frames a second`, () => {
        const objects = people(moving([60, 200], [55, 0]), moving([360, 210], [-55, 0]));
        for (const seed of [1, 2, 3, 4, 5]) {
          const noise = { jitter: 0.02, missed: 0.03, seed };
          const { idSwitches } = track(composeScene(objects, { seconds: 5.4, rate, noise }));
          expect(idSwitches, `seed ${String(seed)}`).to.be.at.most(1);
        }
      });

      it(`finds one again behind a pillar, at ${String(rate)} frames a second`, () => {
        const pillar: BBox = [180, 0, 60, 400];
        const objects = [
          ...people(moving([60, 200], [70, 0])),
          { label: 'pillar', at: () => pillar },
        ];
        const { idSwitches, idf1 } = track(composeScene(objects, { seconds: 5, rate }));
        expect(idSwitches).to.equal(0);
        expect(idf1).to.be.above(0.98);
      });
    }

    it('keeps the id of one who leaves for less than the buffer, and gives a new one after it', () => {
      const away = (from: number, to: number): SceneObject['at'] => {
        const stay = moving([100, 100], [0, 0]);
        return (time) => (time > from && time < to ? undefined : stay(time));
      };
      const switches = (at: SceneObject['at']) =>
        track(composeScene(people(at), { seconds: 6, rate: 10 }), { lostTrackBuffer: 1.5 })
          .idSwitches;
      expect(switches(away(2, 3.4))).to.equal(0);
      expect(switches(away(2, 4))).to.equal(1);
    });

    it('keeps apart two of different labels in one place', () => {
      const objects: SceneObject[] = [
        { label: 'dog', at: moving([60, 200], [60, 0], [60, 60]) },
        { label: 'cat', at: moving([300, 200], [-60, 0], [60, 60]) },
      ];
      const { idSwitches } = track(composeScene(objects, { seconds: 5, rate: 10 }));
      expect(idSwitches).to.equal(0);
    });

    it('needs the faint detections: without them a half hidden one is lost from sight', () => {
      const objects = [
        ...people(moving([100, 200], [12, 0])),
        { label: 'pillar', at: (): BBox => [110, 0, 20, 400] },
      ];
      const scene = composeScene(objects, { seconds: 5, rate: 10 });
      const sure = scene.map((frame) => ({
        ...frame,
        detections: frame.detections.filter(({ score }) => score >= 0.5),
      }));
      expect(track(scene).missed).to.equal(0);
      expect(track(sure).missed).to.be.above(5);
    });
  });

  describe('update', () => {
    it('gives whole numbers from 1, best first, and keeps them', () => {
      const tracker = new Tracker();
      const first = tracker.update([found(0, { score: 0.6 }), found(300)], 0);
      expect(first.map(({ trackId }) => trackId)).to.deep.equal([2, 1]);
      const second = tracker.update([found(303), found(4)], 33);
      expect(second.map(({ trackId }) => trackId)).to.deep.equal([1, 2]);
    });

    it('starts nothing on a faint detection, but goes on with one', () => {
      const tracker = new Tracker();
      expect(tracker.update([found(0, { score: 0.3 })], 0)).to.deep.equal([]);
      tracker.update([found(0)], 33);
      const [faint] = tracker.update([found(1, { score: 0.3 })], 66);
      expect(faint).to.deep.include({ trackId: 1, score: 0.3 });
    });

    it('waits for as many frames in a row as it is told to', () => {
      const tracker = new Tracker({ minimumConsecutiveFrames: 3 });
      expect(tracker.update([found(0)], 0)).to.deep.equal([]);
      expect(tracker.update([found(1)], 33)).to.deep.equal([]);
      expect(tracker.update([], 66)).to.deep.equal([]);
      expect(tracker.update([found(2)], 100)).to.deep.equal([]);
      expect(tracker.update([found(3)], 133)).to.deep.equal([]);
      expect(tracker.update([found(4)], 166).map(({ trackId }) => trackId)).to.deep.equal([1]);
    });

    it('takes an object that has moved far in a long pause for the same, not in a short one', () => {
      const after = (milliseconds: number) => {
        const tracker = new Tracker();
        tracker.update([found(0)], 0);
        return tracker.update([found(45)], milliseconds)[0]?.trackId;
      };
      expect(after(333)).to.equal(1);
      expect(after(33)).to.equal(2);
    });

    it('forgets what was lost during a pause, not what was there before it', () => {
      const after = (frames: readonly Detection[][]) => {
        const tracker = new Tracker({ lostTrackBuffer: 2 });
        frames.forEach((detections, index) => tracker.update(detections, index * 100));
        return tracker.update([found(0)], 4000)[0]?.trackId;
      };
      expect(after([[found(0)]])).to.equal(1);
      expect(after([[found(0)], []])).to.equal(2);
    });

    it('begins anew when the clock goes back, without using an id again', () => {
      const tracker = new Tracker();
      tracker.update([found(0)], 5000);
      expect(tracker.update([found(0)], 0)[0]?.trackId).to.equal(2);
      tracker.reset();
      expect(tracker.update([found(0)], 33)[0]?.trackId).to.equal(3);
    });

    it('knows an object again in the same picture', () => {
      const tracker = new Tracker();
      tracker.update([found(0)], 40);
      expect(tracker.update([found(0)], 40)[0]?.trackId).to.equal(1);
    });

    it('takes other options from the next frame on', () => {
      const tracker = new Tracker();
      tracker.options = { ...tracker.options, trackActivationThreshold: 0.95 };
      expect(tracker.update([found(0)], 0)).to.deep.equal([]);
    });

    it('ignores boxes that are none', () => {
      const tracker = new Tracker();
      const broken = [
        found(NaN),
        found(Infinity),
        found(0, { bbox: [0, 0, 0, 10] }),
        found(0, { bbox: [0, 0, 10, -1] }),
        found(0, { score: NaN }),
      ];
      expect(tracker.update(broken, 0)).to.deep.equal([]);
      expect(tracker.update([found(0)], 33)).to.have.length(1);
    });

    it('tells only of what was detected, each once, with ids that differ, whatever comes', () => {
      const detection = fc.record({
        bbox: boxes(),
        class: fc.constantFrom('cat', 'dog'),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      const frames = fc.array(
        fc.record({
          detections: fc.array(detection, { maxLength: 12 }),
          pause: fc.integer({ min: -50, max: 4000 }),
        }),
        { maxLength: 30 },
      );
      fc.assert(
        fc.property(frames, fc.integer({ min: 1, max: 3 }), (list, minimumConsecutiveFrames) => {
          const tracker = new Tracker({ minimumConsecutiveFrames });
          let time = 1000;
          let largest = 0;
          for (const { detections, pause } of list) {
            time += pause;
            const tracked = tracker.update(detections, time);
            const ids = tracked.map(({ trackId }) => trackId);
            expect(new Set(ids).size).to.equal(ids.length);
            for (const { trackId, ...rest } of tracked) {
              expect(trackId).to.be.above(0);
              expect(detections).to.deep.include(rest);
            }
            if (minimumConsecutiveFrames === 1) {
              const sure = detections.filter(({ score }) => score >= 0.5);
              for (const { bbox } of sure) {
                expect(tracked.some((other) => other.bbox === bbox)).to.equal(true);
              }
            }
            const newest = Math.max(largest, ...ids);
            expect(newest - largest).to.be.at.most(detections.length);
            largest = newest;
          }
        }),
      );
    });
  });
});
