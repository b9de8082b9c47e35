import { expect } from 'chai';
import { teachClass, type TeachClassInput } from '../../../src/domain/detector-head/teach-class.js';
import type { BBox } from '../../../src/domain/geometry.js';
import { randomNumbers } from '../../../src/domain/random.js';
import { SightlineError } from '../../../src/domain/errors.js';
import { learnClass } from '../../../src/session/new-class/learn-class.js';
import type { DrawnPicture } from '../../../src/session/new-class/look-plan.js';
import { anchorScene, SMALL_NETWORK } from '../../support/anchor-scenes.js';
import { rejection } from '../../support/promises.js';

const BOX: BBox = [4, 4, 24, 24];
const random = randomNumbers(2);

/** A network that sees the same small scene in every picture; how it is trained on is real. */
const engine = {
  anchors: (frame: unknown) => {
    (frame as ImageBitmap).close();
    const { features, logits, boxes } = anchorScene('new', random.below(9), 0, random).view;
    return Promise.resolve({ network: SMALL_NETWORK, features, logits, boxes });
  },
};

let requests: TeachClassInput[] = [];
const trainer = {
  teachClass: (request: TeachClassInput) => {
    requests.push(request);
    return teachClass({ ...request, options: { ...request.options, steps: 5 } });
  },
};

let opened = 0;

function picture(id: number, boxes: readonly BBox[] = [BOX], burst = `b${id}`): DrawnPicture {
  return {
    id: `p${id}`,
    burst,
    boxes,
    open: () => {
      opened++;
      return createImageBitmap(new ImageData(64, 48));
    },
  };
}

function pictures(count: number, boxes?: readonly BBox[]): DrawnPicture[] {
  return Array.from({ length: count }, (_, id) => picture(id, boxes));
}

describe('learnClass', function () {
  this.timeout(60_000);

  beforeEach(() => {
    requests = [];
    opened = 0;
  });

  it('takes no more than there is room for out of 5,000 pictures, and says so', async () => {
    const learnt = await learnClass({
      engine,
      trainer,
      pictures: pictures(5000),
      negatives: Array.from({ length: 3000 }, (_, id) => picture(10_000 + id, [])),
    });
    expect(learnt.unusedPictures).to.equal(4875);
    expect(opened).to.equal(250);
    const [request] = requests;
    expect((request?.examples.length ?? 0) + (request?.negatives.length ?? 0)).to.be.at.most(250);
  });

  it('leaves out boxes that teach nothing, and says how many', async () => {
    const useless: BBox[] = [
      [-100, -100, 50, 50],
      [10, 10, 0, 20],
      [0, 0, 64, 48],
      [NaN, 0, 5, 5],
    ];
    const learnt = await learnClass({
      engine,
      trainer,
      pictures: [
        ...pictures(3),
        ...useless.map((box, at) => picture(20 + at, [box])),
        picture(30, [BOX, BOX]),
      ],
      negatives: [],
    });
    expect(learnt.unusableBoxes).to.equal(5);
    const drawn = new Set(requests[0]?.examples.map((view) => view.picture));
    expect(drawn.size).to.equal(4);

    const nothing = learnClass({ engine, trainer, pictures: [picture(1, useless)], negatives: [] });
    expect(await rejection(nothing)).to.equal('training-failed');
  });

  it('learns from one picture, and claims nothing that it could not measure', async () => {
    const { column, report, threshold } = await learnClass({
      engine,
      trainer,
      pictures: pictures(1),
      negatives: [],
    });
    expect(column.weights.some((weight) => weight !== 0)).to.equal(true);
    expect(report).to.include({ pictures: 0, unrelated: 0, ap50: undefined });
    expect(threshold).to.be.within(0.3, 0.95);
  });

  it('does without pictures that are gone', async () => {
    const gone: DrawnPicture = {
      ...picture(50),
      open: () => Promise.reject(new SightlineError('corrupt-image', 'gone')),
    };
    await learnClass({ engine, trainer, pictures: [gone, ...pictures(2)], negatives: [gone] });
    const seen = new Set(requests[0]?.examples.map((view) => view.picture));
    expect(seen.size).to.equal(2);
  });

  it('looks at a picture in the same views again, whatever other pictures there are', async () => {
    const asked: string[] = [];
    const store = {
      get: ([id, view]: readonly [string, string]) => {
        if (id === 'p1') asked.push(view);
        return Promise.resolve(undefined);
      },
      put: () => Promise.reject(new SightlineError('storage-full', 'no room')),
    };
    const memory = { store, eyes: 'a model' };
    // Nothing can be kept, and still it learns.
    await learnClass({ engine, trainer, pictures: pictures(2), negatives: [], memory });
    const first = asked.splice(0);
    await learnClass({ engine, trainer, pictures: pictures(6), negatives: [], memory });
    expect(first).to.have.length(10);
    expect(asked).to.deep.equal(first);
  });
});
