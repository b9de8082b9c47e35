import { expect } from 'chai';
import { teachClass, type TeachClassInput } from '../../../src/domain/detector-head/teach-class.js';
import { randomNumbers } from '../../../src/domain/random.js';
import { ClassTrainerClient } from '../../../src/platform/class-trainer-client.js';
import { anchorScene, SMALL_NETWORK } from '../../support/anchor-scenes.js';
import { rejection } from '../../support/promises.js';

/** As the site was last built. */
const TRAINER_URL = new URL('/engine/trainer.js', location.href).href;

/** The same every time: what was handed over once is gone. */
function request(steps: number): TeachClassInput {
  const random = randomNumbers(5);
  const scenes = (thing: 'new' | 'other', count: number): TeachClassInput['examples'] =>
    Array.from({ length: count }, (_, index) => {
      return { ...anchorScene(thing, random.below(9), index, random).view, picture: index };
    });
  return {
    network: SMALL_NETWORK,
    examples: scenes('new', 6),
    negatives: scenes('other', 6),
    options: { learningRate: 0.05, steps },
  };
}

describe('ClassTrainerClient, with the built trainer', function () {
  this.timeout(60_000);

  it('learns what is learnt without a worker', async () => {
    // The worker computes in single precision: over more steps the two drift apart.
    const learnt = await new ClassTrainerClient(TRAINER_URL).teachClass(request(20));
    const { column, threshold, report, ...rest } = await teachClass(request(20));
    expect(learnt.column.base).to.equal(column.base);
    expect(column.weights.some((weight) => Math.abs(weight) > 0.05)).to.equal(true);
    column.weights.forEach((weight, at) => {
      expect(learnt.column.weights[at]).to.be.closeTo(weight, 1e-3);
    });
    expect(learnt.threshold).to.be.closeTo(threshold, 0.02);
    expect(learnt.report.ap50).to.be.closeTo(report.ap50 ?? NaN, 0.02);
    expect([learnt.end, learnt.offset?.length]).to.deep.equal([rest.end, rest.offset?.length]);
  });

  it('tells how far it is', async () => {
    const fractions: number[] = [];
    const learnt = await new ClassTrainerClient(TRAINER_URL).teachClass(request(2000), {
      onProgress: ({ fraction }) => {
        fractions.push(fraction);
      },
    });
    expect(learnt.end).to.equal('completed');
    expect(fractions).to.not.be.empty;
    expect(fractions).to.deep.equal(fractions.toSorted((a, b) => a - b));
  });

  it('keeps what it has when it is cancelled', async () => {
    const controller = new AbortController();
    const learnt = await new ClassTrainerClient(TRAINER_URL).teachClass(request(1_000_000), {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    expect(learnt.end).to.equal('cancelled');
    expect(learnt.column.weights.some((weight) => weight !== 0)).to.equal(true);
  });

  it('rejects when it was cancelled before, when its code is missing, and when it is stuck', async () => {
    const client = new ClassTrainerClient(TRAINER_URL);
    const before = client.teachClass(request(10), { signal: AbortSignal.abort() });
    expect(await rejection(before)).to.equal('aborted');
    const nowhere = new ClassTrainerClient(new URL('/engine/nowhere.js', location.href).href);
    expect(await rejection(nowhere.teachClass(request(10)))).to.equal('engine-start-failed');
    const impatient = new ClassTrainerClient(TRAINER_URL, { patience: 1 });
    expect(await rejection(impatient.teachClass(request(1_000_000)))).to.equal('engine-stalled');
  });

  it('hears of it when the worker is killed, and can teach again', async () => {
    const OriginalWorker = Worker;
    const made: Worker[] = [];
    globalThis.Worker = class extends OriginalWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        made.push(this);
      }
    };
    const client = new ClassTrainerClient(TRAINER_URL);
    try {
      const killed = client.teachClass(request(1_000_000), {
        onProgress: () => {
          for (const worker of made) worker.terminate();
        },
      });
      expect(await rejection(killed)).to.equal('engine-died');
    } finally {
      globalThis.Worker = OriginalWorker;
    }
    expect((await client.teachClass(request(20))).end).to.equal('completed');
  });
});
