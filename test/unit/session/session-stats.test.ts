import { expect } from 'chai';
import { SightlineError } from '../../../src/domain/errors.js';
import { deferred } from '../../../src/platform/deferred.js';
import type { DetectionResult, EngineStats } from '../../../src/protocol/index.js';
import { StatsKeeper } from '../../../src/session/session-stats.js';
import { delay } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

const result: DetectionResult = {
  detections: [],
  frame: { width: 1, height: 1, timestamp: 0 },
  regions: [[0, 0, 1, 1]],
  backend: 'cpu',
  timings: { preprocess: 0, inference: 0, postprocess: 0 },
  readbackBytes: 0,
};

/** Longer than the pause between two questions. */
const PAUSE = 300;

describe('StatsKeeper', () => {
  /** The questions to the engine, to be answered by hand. */
  let questions: ReturnType<typeof deferred<EngineStats>>[];
  let stats: StatsKeeper;

  beforeEach(() => {
    questions = [];
    stats = new StatsKeeper({
      restarts: 0,
      stats: () => {
        const question = deferred<EngineStats>();
        questions.push(question);
        return question.promise;
      },
    });
  });

  async function answer(frames: number): Promise<void> {
    questions.at(-1)?.resolve({
      backend: 'cpu',
      tensors: 0,
      tensorBytes: 0,
      gpuBytes: undefined,
      frames,
      recoveries: 0,
    });
    await delay(PAUSE);
  }

  it('asks an engine that is loaded, and tells its answer', async () => {
    expect(stats.read(false).engine).to.equal(undefined);
    expect(questions).to.have.length(0);
    stats.read(true);
    await answer(7);
    expect(stats.read(true).engine?.frames).to.equal(7);
    expect(stats.read(false).engine).to.equal(undefined);
  });

  it('waits for the answer before it asks again', async () => {
    stats.read(true);
    await delay(PAUSE);
    stats.count(result, 0);
    stats.read(true);
    expect(questions).to.have.length(1);
    await answer(0);
    stats.read(true);
    expect(questions, 'the frame came after the question').to.have.length(2);
  });

  it('asks only where the answer may be new', async () => {
    stats.read(true);
    await answer(0);
    stats.read(true);
    expect(questions).to.have.length(1);
    stats.count(result, 0);
    stats.read(true);
    await answer(1);
    stats.outdate();
    stats.read(true);
    expect(questions).to.have.length(3);
  });

  it('asks the successor of an engine that has gone', async () => {
    stats.read(true);
    questions[0]?.reject(new SightlineError('engine-died'));
    await delay(PAUSE);
    stats.read(true);
    expect(questions).to.have.length(2);
  });

  it('asks at most 4 times a second', async () => {
    stats.read(true);
    questions[0]?.reject(new SightlineError('engine-died'));
    await delay(20);
    stats.read(true);
    expect(questions).to.have.length(1);
  });

  it('asks nothing while nobody can see the page', async () => {
    await replacing(document, 'visibilityState', 'hidden', () => {
      stats.read(true);
    });
    expect(questions).to.have.length(0);
    stats.read(true);
    expect(questions).to.have.length(1);
  });
});
