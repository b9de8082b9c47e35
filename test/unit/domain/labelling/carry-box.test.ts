import { expect } from 'chai';
import { intersectionOverUnion, type BBox } from '../../../../src/domain/geometry.js';
import { BoxCarrier, isSamePlace } from '../../../../src/domain/labelling/carry-box.js';
import { likeness, patchAt, smallPicture } from '../../../../src/domain/labelling/patch.js';
import type { SmallPicture } from '../../../../src/domain/labelling/patch.js';
import { randomNumbers } from '../../../../src/domain/random.js';

const SIZE = { width: 160, height: 120 };

/** A texture of soft spots, the same for the same seed: colours at places from 0 to 1. */
function texture(seed: number): (x: number, y: number) => readonly [number, number, number] {
  const random = randomNumbers(seed);
  const spots = Array.from({ length: 14 }, () => ({
    x: random.uniform(),
    y: random.uniform(),
    size: 0.06 + 0.16 * random.uniform(),
    colour: [random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5] as const,
  }));
  return (x, y) => {
    const colour: [number, number, number] = [120, 120, 120];
    for (const spot of spots) {
      const near = Math.exp(-((x - spot.x) ** 2 + (y - spot.y) ** 2) / (2 * spot.size ** 2));
      for (let plane = 0; plane < 3; plane++) {
        colour[plane] = (colour[plane] ?? 0) + 200 * near * (spot.colour[plane] ?? 0);
      }
    }
    return colour;
  };
}

const ROOM = texture(3);
const THING = texture(8);
const OTHER = texture(21);

interface Thing {
  readonly bbox: BBox;
  readonly look?: typeof THING;
  readonly turn?: number;
  /** Much of the box around a round thing shows the room. */
  readonly isRound?: boolean;
}

/** The room with things in it; pixels tremble as those of a camera do. */
function scene(things: readonly Thing[], seed = 1): SmallPicture {
  const random = randomNumbers(seed);
  const rgba = new Uint8ClampedArray(SIZE.width * SIZE.height * 4);
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      let colour = ROOM(x / SIZE.width, y / SIZE.height);
      for (const { bbox, look = THING, turn = 0, isRound = false } of things) {
        const [u, v] = [(x - bbox[0]) / bbox[2], (y - bbox[1]) / bbox[3]];
        if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
        if (isRound && Math.hypot(u - 0.5, v - 0.5) > 0.42) continue;
        const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
        colour = look(
          0.5 + cos * (u - 0.5) - sin * (v - 0.5),
          0.5 + sin * (u - 0.5) + cos * (v - 0.5),
        );
      }
      for (let plane = 0; plane < 3; plane++) {
        rgba[(y * SIZE.width + x) * 4 + plane] = (colour[plane] ?? 0) + 6 * random.normal();
      }
    }
  }
  return smallPicture(rgba, SIZE);
}

/** Somewhere, and as large as it is there. */
function at(step: number): BBox {
  const size = 30 + 12 * Math.sin(step / 9);
  return [20 + 2 * step, 40 + 25 * Math.sin(step / 7), size, size * 1.2];
}

describe('A box that is carried through a film', () => {
  it('stays on what it was drawn around, which moves, grows and turns', () => {
    for (const isRound of [false, true]) {
      const carrier = new BoxCarrier(scene([{ bbox: at(0), isRound }]), at(0));
      for (let step = 0; step <= 30; step++) {
        const picture = scene([{ bbox: at(step), turn: step / 90, isRound }], step + 2);
        const found = carrier.follow(picture)?.bbox ?? [0, 0, 0, 0];
        expect(intersectionOverUnion(found, at(step)), `step ${step}`).to.be.above(0.5);
      }
    }
  });

  it('says that it has lost it, takes nothing else for it, and finds it again', () => {
    const carrier = new BoxCarrier(scene([{ bbox: at(0) }]), at(0));
    for (let step = 0; step <= 5; step++) {
      expect(carrier.follow(scene([{ bbox: at(step) }], step))).not.to.equal(undefined);
    }
    expect(carrier.follow(scene([], 50))).to.equal(undefined);
    expect(carrier.follow(scene([{ bbox: at(6), look: OTHER }], 51))).to.equal(undefined);
    const back: BBox = [100, 20, 40, 48];
    const found = carrier.follow(scene([{ bbox: back }, { bbox: at(6), look: OTHER }], 52));
    expect(intersectionOverUnion(found?.bbox ?? [0, 0, 0, 0], back)).to.be.above(0.5);
  });

  it('finds it at once where time has passed since it was drawn', () => {
    const carrier = new BoxCarrier(scene([{ bbox: at(0) }]), at(0));
    const found = carrier.follow(scene([{ bbox: at(35) }], 9));
    expect(intersectionOverUnion(found?.bbox ?? [0, 0, 0, 0], at(35))).to.be.above(0.5);
  });

  it('knows that a plain wall cannot be followed', () => {
    const plain = smallPicture(new Uint8ClampedArray(SIZE.width * SIZE.height * 4).fill(90), SIZE);
    expect(new BoxCarrier(plain, at(0)).isPlain).to.equal(true);
    expect(new BoxCarrier(plain, at(0)).follow(plain)).to.equal(undefined);
  });

  it('tells places apart that a detector learns differently from', () => {
    expect(isSamePlace([0, 0, 50, 50], [4, 4, 50, 50])).to.equal(true);
    expect(isSamePlace([0, 0, 50, 50], [30, 0, 50, 50])).to.equal(false);
    expect(isSamePlace([0, 0, 50, 50], [0, 0, 90, 90])).to.equal(false);
  });
});

describe('likeness', () => {
  it('is 1 for the same part, also in other light, and low for another', () => {
    const picture = scene([{ bbox: at(0) }]);
    const dark = { ...picture, planes: picture.planes.map((plane) => plane.map((v) => v / 2)) };
    const one = patchAt(picture, at(0));
    expect(likeness(one, one)).to.be.closeTo(1, 1e-4);
    expect(likeness(one, patchAt(dark, at(0)))).to.be.closeTo(1, 1e-3);
    expect(likeness(one, patchAt(picture, [100, 60, 40, 40]))).to.be.below(0.5);
  });
});
