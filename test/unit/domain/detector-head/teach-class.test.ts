import { expect } from 'chai';
import { columnLogits } from '../../../../src/domain/detector-head/column.js';
import { bestBoxes, verifiedBoxes } from '../../../../src/domain/detector-head/taught-class.js';
import {
  likestClass,
  teachClass,
  type LearntClass,
} from '../../../../src/domain/detector-head/teach-class.js';
import type { Candidate } from '../../../../src/domain/non-max-suppression.js';
import { intersectionOverUnion, type BBox } from '../../../../src/domain/geometry.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import {
  anchorScene,
  SMALL_NETWORK,
  type Scene,
  type Thing,
} from '../../../support/anchor-scenes.js';

const random = randomNumbers(3);

function scenes(thing: Thing, count: number): Scene[] {
  return Array.from({ length: count }, (_, index) =>
    anchorScene(thing, random.below(9), index, random),
  );
}

const examples = scenes('new', 12).map(({ view }) => view);
const negatives = [...scenes('cat', 8), ...scenes('other', 12)].map(({ view }, picture) => ({
  ...view,
  picture,
}));
const options = { learningRate: 0.05, steps: 200 };

function find(learnt: LearntClass, { features, logits, view }: Scene): Candidate[] {
  const { layout, labels } = SMALL_NETWORK;
  const said = columnLogits(layout, learnt.column, features, logits, labels.length);
  const classCount = labels.length;
  return verifiedBoxes(
    { label: 'cat in a hat', ...learnt },
    bestBoxes(said, view.boxes),
    ({ anchor }) => logits.subarray(anchor * classCount, (anchor + 1) * classCount),
    { width: 1, height: 1 },
  );
}

describe('teachClass', () => {
  let learnt: LearntClass;

  before(async () => {
    learnt = await teachClass({ network: SMALL_NETWORK, examples, negatives, options });
  });

  it('begins as the class that the examples look most like', () => {
    expect(likestClass(SMALL_NETWORK, examples)).to.equal(1);
    expect(learnt.column.base).to.equal(1);
  });

  it('finds the thing where it is, in pictures that it has not learnt from', () => {
    for (const scene of scenes('new', 20)) {
      const [best] = find(learnt, scene);
      expect(best?.class).to.equal('cat in a hat');
      expect(best?.score).to.be.at.least(learnt.threshold);
      const [drawn] = scene.view.drawn as readonly [BBox];
      expect(intersectionOverUnion(best?.bbox ?? [0, 0, 0, 0], drawn)).to.be.at.least(0.5);
    }
  });

  it('is silent at what the network knows by name, and at everything else', () => {
    for (const scene of [...scenes('cat', 20), ...scenes('other', 20)]) {
      expect(find(learnt, scene)[0]?.score ?? 0).to.be.below(learnt.threshold);
    }
  });

  it('learns the same from the same seed', async () => {
    const again = await teachClass({ network: SMALL_NETWORK, examples, negatives, options });
    expect(again).to.deep.equal(learnt);
  });

  it('tells how far it is, lets others work in between and keeps what it has when cancelled', async () => {
    const controller = new AbortController();
    const fractions: number[] = [];
    let pauses = 0;
    const cancelled = await teachClass(
      { network: SMALL_NETWORK, examples, negatives, options },
      {
        signal: controller.signal,
        onProgress: (fraction) => {
          fractions.push(fraction);
          if (fraction > 0.5) controller.abort();
        },
        pause: () => {
          pauses++;
          return Promise.resolve();
        },
      },
    );
    // The class itself comes first; what is cut off is the search for its threshold.
    expect(cancelled.column).to.deep.equal(learnt.column);
    expect(cancelled.end).to.equal('cancelled');
    expect(cancelled.threshold).to.be.at.least(0.7);
    expect(fractions).to.deep.equal(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).to.be.within(0.5, 0.6);
    expect(pauses).to.equal(fractions.length);
  });

  it('has nothing to keep when it is cancelled before it begins', async () => {
    const thrown = await teachClass(
      { network: SMALL_NETWORK, examples, negatives, options },
      { signal: AbortSignal.abort() },
    ).catch((reason: unknown) => reason);
    expect(thrown).to.have.property('name', 'AbortError');
  });

  it('also learns from one example, and without negatives', async () => {
    const one = await teachClass({
      network: SMALL_NETWORK,
      examples: examples.slice(0, 1),
      negatives: [],
      options,
    });
    expect(one.threshold).to.be.within(0.3, 0.93);
    expect(one.column.weights.every(Number.isFinite)).to.equal(true);
    expect(one.verifier.weights.every(Number.isFinite)).to.equal(true);
  });
});
