import { expect } from 'chai';
import type { BBox } from '../../../src/domain/geometry.js';
import { randomNumbers } from '../../../src/domain/random.js';
import type { SeenView, ViewKey } from '../../../src/platform/view-store.js';
import { learnClass } from '../../../src/session/new-class/learn-class.js';
import { LookAhead } from '../../../src/session/new-class/look-ahead.js';
import type { DrawnPicture } from '../../../src/session/new-class/look-plan.js';
import { teachClass } from '../../../src/domain/detector-head/teach-class.js';
import { SightlineError } from '../../../src/domain/errors.js';
import { anchorScene, SMALL_NETWORK } from '../../support/anchor-scenes.js';

const BOX: BBox = [4, 4, 24, 24];

function picture(id: string, boxes: readonly BBox[]): DrawnPicture {
  return { id, burst: id, boxes, open: () => createImageBitmap(new ImageData(64, 48)) };
}

const PICTURES = ['a', 'b', 'c'].map((id) => picture(id, [BOX]));
const NEGATIVES = ['m', 'n'].map((id) => picture(id, []));

describe('LookAhead', () => {
  let looks = 0;
  let onLook: () => void;
  let kept: Map<string, SeenView>;

  const random = randomNumbers(3);
  /** A network that sees the same small scene in every picture. */
  const engine = {
    anchors: (frame: unknown, { signal }: { signal?: AbortSignal | undefined } = {}) => {
      (frame as ImageBitmap).close();
      if (signal?.aborted === true) return Promise.reject(new SightlineError('aborted'));
      looks++;
      onLook();
      const { features, logits, boxes } = anchorScene('new', 3, 0, random).view;
      return Promise.resolve({ network: SMALL_NETWORK, features, logits, boxes });
    },
  };
  const memory = {
    eyes: 'a model',
    store: {
      get: (key: ViewKey) => Promise.resolve(kept.get(key.join('|'))),
      put: (key: ViewKey, seen: SeenView) => {
        kept.set(key.join('|'), structuredClone(seen));
        return Promise.resolve();
      },
    },
  };

  beforeEach(() => {
    looks = 0;
    onLook = () => undefined;
    kept = new Map();
  });

  it('sees all that is learnt from afterwards, and nothing twice', async () => {
    const ahead = new LookAhead(engine, 0);
    const gather = (pictures: readonly DrawnPicture[]) => () =>
      Promise.resolve({ pictures, negatives: NEGATIVES, memory });
    await ahead.begin(gather(PICTURES.slice(0, 2)));
    expect(looks).to.equal(2 * 10 + 2 * 2);
    await ahead.begin(gather(PICTURES));
    expect(looks).to.equal(3 * 10 + 2 * 2);
    const trainer = {
      teachClass: (request: Parameters<typeof teachClass>[0]) =>
        teachClass({ ...request, options: { ...request.options, steps: 3 } }),
    };
    await learnClass({ engine, trainer, pictures: PICTURES, negatives: NEGATIVES, memory });
    // The network itself, for which any picture will do.
    expect(looks).to.equal(3 * 10 + 2 * 2 + 1);
  });

  it('looks again when what it saw is forgotten, or a box has moved', async () => {
    const ahead = new LookAhead(engine, 0);
    const [first] = PICTURES;
    if (first === undefined) throw new Error('there are pictures');
    const once = (one: DrawnPicture) => () =>
      Promise.resolve({ pictures: [one], negatives: [], memory });
    await ahead.begin(once(first));
    await ahead.begin(once({ ...first, boxes: [[20, 10, 20, 20]] }));
    const seen = looks;
    // As it is, a picture looks the same whatever is drawn in it.
    expect(seen).to.be.within(11, 19);
    kept.clear();
    ahead.forget();
    await ahead.begin(once(first));
    expect(looks).to.equal(seen + 10);
  });

  it('waits until nothing more comes', async () => {
    const ahead = new LookAhead(engine, 50);
    const asked: number[] = [];
    const begun = [1, 2, 3].map((number) =>
      ahead.begin(() => {
        asked.push(number);
        return Promise.resolve(undefined);
      }),
    );
    await Promise.all(begun);
    expect(asked).to.deep.equal([3]);
  });

  it('stops at once, and says nothing of what goes wrong', async () => {
    const ahead = new LookAhead(engine, 0);
    const input = { pictures: PICTURES, negatives: NEGATIVES, memory };
    onLook = () => {
      if (looks === 4) ahead.stop();
    };
    await ahead.begin(() => Promise.resolve(input));
    expect(looks).to.equal(4);
    await ahead.begin(() => Promise.reject(new SightlineError('storage-unavailable')));
    await ahead.begin(() => Promise.resolve(undefined));
    const gone: DrawnPicture = {
      ...picture('gone', [BOX]),
      open: () => Promise.reject(new SightlineError('corrupt-image', 'gone')),
    };
    await ahead.begin(() => Promise.resolve({ ...input, pictures: [gone, ...PICTURES] }));
    expect(kept.size).to.equal(3 * 10 + 2 * 2);
  });
});
