import { expect } from 'chai';
import type { TaughtClass } from '../../../../src/domain/detector-head/taught-class.js';
import { teachClass } from '../../../../src/domain/detector-head/teach-class.js';
import { doubtsOf, type Doubt } from '../../../../src/domain/labelling/doubts.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import { anchorScene, SMALL_NETWORK, type Thing } from '../../../support/anchor-scenes.js';

const SIZE = { width: 600, height: 600 };
const random = randomNumbers(5);

describe('What a taught class is not sure about', () => {
  let taught: TaughtClass;

  before(async () => {
    const views = (thing: Thing, count: number, from: number) =>
      Array.from({ length: count }, (_, index) => {
        return anchorScene(thing, random.below(9), from + index, random).view;
      });
    const learnt = await teachClass({
      network: SMALL_NETWORK,
      examples: views('new', 10, 0),
      negatives: [...views('cat', 6, 100), ...views('other', 8, 200)],
      options: { learningRate: 0.05, steps: 150 },
    });
    const { column, verifier, threshold } = learnt;
    taught = { id: 't', label: 'hat', model: 'm', created: 0, column, verifier, threshold };
  });

  /** In a picture with a thing at one cell. */
  function doubts(thing: Thing, threshold: number): Doubt[] {
    const { view } = anchorScene(thing, 4, 0, random);
    const { features, logits, boxes } = view;
    const pass = { network: SMALL_NETWORK, features, logits, boxes };
    return doubtsOf(pass, [{ ...taught, threshold }], SIZE);
  }

  /** What it says of the thing itself. */
  function score(): number {
    for (let threshold = 0.95; threshold > 0; threshold -= 0.05) {
      const [best] = doubts('new', threshold);
      if (best !== undefined) return best.score;
    }
    return 0;
  }

  it('is a score near its threshold, the nearer the more', () => {
    const said = score();
    const [near] = doubts('new', said - 0.02);
    const [farther] = doubts('new', said - 0.12);
    expect(near).to.include({ label: 'hat', reason: 'unsure' });
    expect(near?.weight).to.be.greaterThan(farther?.weight ?? 1);
    expect(near?.bbox.every((value) => value >= 0 && value <= 600)).to.equal(true);
  });

  it('is no part of what it has found, nor a frame around that', () => {
    const { layout, labels } = SMALL_NETWORK;
    const map = layout.maps[1];
    if (map === undefined) throw new Error('no second map');
    const { view } = anchorScene('cat', 4, 0, random);
    // It finds cats as the network does, but is in doubt about the boxes of some anchors.
    const found = (unsure: readonly number[]): Doubt[] => {
      const weights = new Float32Array(layout.weightCount);
      const firstBias = map.firstWeight + map.channels * map.perCell;
      for (const place of unsure) weights[firstBias + place] = -4;
      const column = { base: labels.indexOf('cat'), weights };
      const verifier = { weights: new Float32Array(labels.length), bias: 50 };
      const pass = { network: SMALL_NETWORK, ...view };
      return doubtsOf(pass, [{ ...taught, column, verifier, threshold: 0.72 }], SIZE);
    };
    expect(found([0, 1, 2])).not.to.deep.equal([]);
    expect(found([0, 1])).to.deep.equal([]);
    expect(found([1, 2])).to.deep.equal([]);
  });

  it('is nothing that is settled', () => {
    expect(doubts('other', 0.9)).to.deep.equal([]);
    expect(doubts('new', Math.max(0.05, score() - 0.4))).to.deep.equal([]);
  });
});
