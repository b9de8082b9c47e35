import { expect } from 'chai';
import { columnLogits } from '../../../../src/domain/detector-head/column.js';
import {
  agreedBoxes,
  agreement,
  bestBoxes,
  leastProbability,
  regionLogit,
  verifiedBoxes,
} from '../../../../src/domain/detector-head/taught-class.js';
import { likestClass } from '../../../../src/domain/detector-head/class-lessons.js';
import {
  operatingPoint,
  precisionRecallCurve,
} from '../../../../src/domain/detector-head/find-report.js';
import {
  teachClass,
  type LearntClass,
  type TeachPreview,
} from '../../../../src/domain/detector-head/teach-class.js';
import { sparseAverage } from '../../../../src/domain/detector-head/sparse-features.js';
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
  group: picture,
}));
const options = { learningRate: 0.05, steps: 200 };

function find(learnt: LearntClass, { features, logits, view }: Scene): Candidate[] {
  const { layout, labels } = SMALL_NETWORK;
  const said = columnLogits(layout, learnt.column, features, logits, labels.length);
  const classCount = labels.length;
  const agreed = agreedBoxes(
    { ...learnt, threshold: 0 },
    bestBoxes(said, view.boxes),
    ({ anchor }) => logits.subarray(anchor * classCount, (anchor + 1) * classCount),
  );
  return verifiedBoxes(
    { label: 'cat in a hat', ...learnt },
    agreed,
    ({ bbox }) => {
      const { region } = learnt.verifier;
      return region ? regionLogit(region, sparseAverage(layout, view.features, bbox)) : NaN;
    },
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
    const others = [...scenes('cat', 50), ...scenes('other', 50)];
    const cries = others.filter(
      (scene) => (find(learnt, scene)[0]?.score ?? 0) >= learnt.threshold,
    );
    // Its threshold allows for one in a hundred.
    expect(cries.length).to.be.at.most(3);
  });

  it('says how good it is, by pictures that were held back', () => {
    const { report, threshold } = learnt;
    expect(report).to.include({ pictures: 12, objects: 12, unrelated: 20 });
    expect(report.ap50).to.be.above(0.9);
    const point = operatingPoint(report, threshold);
    expect(point.falsePerPicture).to.equal(0);
    expect(point.recall).to.be.above(0.9);
    const loosest = precisionRecallCurve(report).at(-1);
    expect(loosest?.recall).to.equal(1);
  });

  it('holds back what was recorded in one go as one', async () => {
    const asOne = examples.map((view) => ({ ...view, group: 0 }));
    const { report } = await teachClass({
      network: SMALL_NETWORK,
      examples: asOne,
      negatives,
      options,
    });
    // Whoever has seen one frame of a recording knows the next one by heart.
    expect(report).to.include({ pictures: 0, unrelated: 20, ap50: undefined });
    expect(operatingPoint(report, 0.5).recall).to.equal(undefined);
  });

  it('shows held-back pictures while it learns', async () => {
    const previews = new Set<TeachPreview>();
    await teachClass(
      { network: SMALL_NETWORK, examples, negatives, options },
      { onProgress: ({ preview }) => preview && previews.add(preview) },
    );
    const [first, ...rest] = previews;
    const last = rest.at(-1);
    expect(rest.length).to.be.above(5);
    expect(last?.step).to.equal(options.steps);
    expect(last?.ap50).to.be.above((first?.ap50 ?? 1) - 0.05);
    const shown = (preview: TeachPreview | undefined): number[] =>
      (preview?.pictures ?? []).map(({ picture }) => picture);
    expect(shown(last)).to.have.length(4);
    expect(shown(last)).to.deep.equal(shown(first));
    for (const { drawn, found } of last?.pictures ?? []) {
      expect(drawn).to.have.length(1);
      expect(found.length).to.be.within(1, 3);
    }
  });

  it('is silent where the network is surer of something of its own than at any example', () => {
    const verifier = {
      weights: new Float32Array(3),
      bias: 0,
      ceiling: Float32Array.of(0, 0.5, 0),
    };
    expect(agreement(verifier, Float32Array.of(-2, 0.5, -1))).to.equal(0.5);
    // A logit more divides by e; evidence is a quarter of it.
    expect(agreement(verifier, Float32Array.of(-2, 0.75, -1))).to.be.closeTo(0.5 / Math.E, 1e-6);
    expect(agreement(verifier, Float32Array.of(-2, 0.5, 1))).to.be.closeTo(0.5 / Math.E ** 4, 1e-6);
    const older = { weights: verifier.weights, bias: 0 };
    expect(agreement(older, Float32Array.of(-2, 0.5, 1))).to.equal(0.5);
  });

  it('asks what is under a box where the network has no names for things', () => {
    const box = { bbox: [0.2, 0.2, 0.4, 0.4] as const, anchor: 0, probability: 0.8 };
    const [silent, region] = [new Float32Array(2), { weights: Float32Array.of(4, -4), bias: 0 }];
    expect(regionLogit({ ...region, bias: 1 }, Float32Array.of(2, 0.5))).to.equal(7);
    const taught = { label: 'it', threshold: 0.5, verifier: { weights: silent, bias: 50, region } };
    const agreed = agreedBoxes(taught, [box], () => silent);
    const score = (logit: number): number =>
      verifiedBoxes(taught, agreed, () => logit, { width: 1, height: 1 })[0]?.score ?? NaN;
    expect(score(8)).to.be.closeTo(0.8 ** 0.44, 1e-3);
    expect(score(0)).to.be.closeTo(0.8 ** 0.44 * 0.5 ** 0.12, 1e-6);
    expect(score(-8)).to.be.below(0.4);
    // What cannot reach the threshold any more is not looked at.
    expect(agreedBoxes({ ...taught, threshold: 0.93 }, [box], () => silent)).to.deep.equal([]);
    expect(leastProbability(0.8 ** 0.44, taught.verifier)).to.be.closeTo(0.8, 1e-9);
    // What was learnt before there was this is scored as it was then.
    const older = { ...taught, verifier: { weights: silent, bias: 50 } };
    const [kept] = verifiedBoxes(
      older,
      agreedBoxes(older, [box], () => silent),
      () => -8,
      { width: 1, height: 1 },
    );
    expect(kept?.score).to.be.closeTo(Math.sqrt(0.8), 1e-6);
    expect(leastProbability(0.9, older.verifier)).to.be.closeTo(0.81, 1e-9);
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
        onProgress: ({ fraction }) => {
          fractions.push(fraction);
          if (fraction > 0.5) controller.abort();
        },
        pause: () => {
          pauses++;
          return Promise.resolve();
        },
      },
    );
    expect(cancelled.end).to.equal('cancelled');
    // Its threshold is that of judges that have learnt as much.
    expect(cancelled.report.ap50).to.be.above(0.9);
    const cries = [...scenes('cat', 50), ...scenes('other', 50)].filter(
      (scene) => (find(cancelled, scene)[0]?.score ?? 0) >= cancelled.threshold,
    );
    expect(cries.length).to.be.at.most(8);
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
    expect(one.threshold).to.be.within(0.3, 0.82);
    expect(one.column.weights.every(Number.isFinite)).to.equal(true);
    expect(one.verifier.weights.every(Number.isFinite)).to.equal(true);
  });
});
