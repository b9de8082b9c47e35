import { expect } from 'chai';
import fc from 'fast-check';
import {
  DEFAULT_DETECTION_OPTIONS,
  type Detection,
  type DetectionOptions,
} from '../../../src/domain/detection.js';
import { nonMaxSuppression } from '../../../src/domain/non-max-suppression.js';
import { DEFAULT_LIVE_TRACKING_OPTIONS, TrackKeeper } from '../../../src/session/track-keeper.js';
import type { DetectionResult } from '../../../src/session/types.js';
import { boxes } from '../../support/arbitraries.js';

const OPTIONS = DEFAULT_DETECTION_OPTIONS;

function seen(detections: readonly Detection[], timestamp: number): DetectionResult {
  return {
    detections,
    frame: { width: 640, height: 480, timestamp },
    backend: 'wasm',
    timings: { preprocess: 1, inference: 2, postprocess: 3 },
    readbackBytes: 0,
    regions: [],
  };
}

function cup(x: number, score = 0.9): Detection {
  return { bbox: [x, 100, 60, 60], class: 'cup', score };
}

describe('TrackKeeper', () => {
  it('asks the engine for faint detections and for all of them', () => {
    const keeper = new TrackKeeper();
    const wide = keeper.widen({ ...OPTIONS, categoryDenylist: ['cat'] });
    expect(wide).to.deep.include({ scoreThreshold: 0.1, maxResults: 100, iouThreshold: 0.6 });
    expect(wide.categoryDenylist).to.deep.equal(['cat']);
    expect(keeper.widen({ ...OPTIONS, scoreThreshold: 0.02 }).scoreThreshold).to.equal(0.02);
  });

  it('shows exactly what the engine would have given had it been asked for that only', () => {
    const candidates = fc.array(
      fc.record({
        bbox: boxes(),
        class: fc.constantFrom('cat', 'dog', 'cup'),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
        index: fc.nat(1916),
      }),
      { maxLength: 40 },
    );
    const threshold = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(candidates, { minLength: 1, maxLength: 5 }),
        threshold,
        fc.integer({ min: 1, max: 20 }),
        (frames, scoreThreshold, maxResults) => {
          const keeper = new TrackKeeper();
          const options: DetectionOptions = { ...OPTIONS, scoreThreshold, maxResults };
          frames.forEach((list, index) => {
            const result = seen(nonMaxSuppression(list, keeper.widen(options)), index * 100);
            const { detections } = keeper.follow(result, options);
            expect(
              detections.map(({ trackId, ...rest }) => {
                expect(trackId).to.be.above(0);
                return rest;
              }),
            ).to.deep.equal(nonMaxSuppression(list, options));
          });
        },
      ),
    );
  });

  it('keeps an id over a frame in which the object is too faint to be shown', () => {
    const keeper = new TrackKeeper();
    const ids = [0.9, 0.3, 0.3, 0.8].map((score, index) =>
      keeper
        .follow(seen([cup(100 + index, score)], index * 100), OPTIONS)
        .detections.map(({ trackId }) => trackId),
    );
    expect(ids).to.deep.equal([[1], [], [], [1]]);
    expect(keeper.faint).to.deep.equal([]);
    keeper.follow(seen([cup(104, 0.3)], 400), OPTIONS);
    expect(keeper.faint.map(({ trackId }) => trackId)).to.deep.equal([1]);
  });

  it('counts nobody on who is too faint for a threshold that was raised', () => {
    const keeper = new TrackKeeper();
    const follow = (score: number, scoreThreshold: number, timestamp: number): number[] => {
      keeper.follow(seen([cup(100, score)], timestamp), { ...OPTIONS, scoreThreshold });
      return keeper.faint.map(({ trackId }) => trackId);
    };
    expect(follow(0.6, 0.5, 0)).to.deep.equal([]);
    expect(follow(0.4, 0.5, 100)).to.deep.equal([1]);
    expect(follow(0.6, 0.8, 200)).to.deep.equal([]);
    expect(follow(0.9, 0.8, 300)).to.deep.equal([]);
    expect(follow(0.6, 0.8, 400)).to.deep.equal([1]);
    expect(follow(0.6, 0.7, 500)).to.deep.equal([1]);
  });

  it('smooths boxes for the eye and leaves the observed ones alone', () => {
    const keeper = new TrackKeeper();
    keeper.follow(seen([cup(100)], 0), OPTIONS);
    const { detections, steady } = keeper.follow(seen([cup(104)], 33), OPTIONS);
    expect(detections[0]?.bbox[0]).to.equal(104);
    expect(steady[0]?.bbox[0]).to.be.within(101, 103.9);
    expect(steady[0]).to.deep.include({ trackId: 1, class: 'cup', score: 0.9 });
  });

  it('follows a threshold that changes between frames', () => {
    const keeper = new TrackKeeper();
    const low = { ...OPTIONS, scoreThreshold: 0.25 };
    const [first] = keeper.follow(seen([cup(100, 0.3)], 0), low).detections;
    expect(first?.trackId).to.equal(1);
    expect(keeper.follow(seen([cup(100, 0.3)], 100), OPTIONS).detections).to.deep.equal([]);
    const [again] = keeper.follow(seen([cup(100, 0.3)], 200), low).detections;
    expect(again?.trackId).to.equal(1);
  });

  it('shows what is below the activation threshold as long as it belongs to a track', () => {
    const keeper = new TrackKeeper();
    keeper.options = { ...DEFAULT_LIVE_TRACKING_OPTIONS, trackActivationThreshold: 0.8 };
    expect(keeper.follow(seen([cup(100, 0.6)], 0), OPTIONS).detections).to.deep.equal([]);
    keeper.follow(seen([cup(100, 0.85)], 100), OPTIONS);
    expect(keeper.follow(seen([cup(100, 0.6)], 200), OPTIONS).detections).to.have.length(1);
  });

  it('knows objects again when a picture that stands still is looked at once more', () => {
    const keeper = new TrackKeeper();
    keeper.follow(seen([cup(100), cup(400)], 5000), OPTIONS);
    const { detections } = keeper.identify(seen([cup(400), cup(100)], 0), OPTIONS);
    expect(detections.map(({ trackId }) => trackId)).to.deep.equal([2, 1]);
  });

  it('knows nobody after a change of the source, and uses no id again', () => {
    const keeper = new TrackKeeper();
    keeper.follow(seen([cup(100)], 0), OPTIONS);
    keeper.reset();
    const { detections, steady } = keeper.follow(seen([cup(101)], 33), OPTIONS);
    expect(detections[0]?.trackId).to.equal(2);
    expect(steady[0]?.bbox[0]).to.equal(101);
  });
});
