import { expect } from 'chai';
import {
  learnOffset,
  offsetBox,
  type BoxPair,
} from '../../../../src/domain/detector-head/box-offset.js';
import { bestBoxes } from '../../../../src/domain/detector-head/taught-class.js';
import type { BBox } from '../../../../src/domain/geometry.js';
import { randomNumbers } from '../../../../src/domain/random.js';

function near(box: BBox, expected: BBox, by: number): void {
  box.forEach((value, at) => {
    expect(value).to.be.closeTo(expected[at] ?? NaN, by);
  });
}

/** A person draws things a quarter wider to the right, and a tenth lower at the bottom. */
function drawnOf([x, y, width, height]: BBox): BBox {
  return [x, y, 1.25 * width, 1.1 * height];
}

describe('The offset of a taught class', () => {
  const random = randomNumbers(5);
  const pairs = Array.from({ length: 40 }, (): BoxPair => {
    const side = 0.1 + 0.5 * random.uniform();
    const found: BBox = [random.uniform(), random.uniform(), side, 0.7 * side];
    return { found, drawn: drawnOf(found) };
  });

  it('brings boxes of any size to where a person has drawn them', () => {
    const offset = learnOffset(pairs, 10);
    near(offsetBox([0.2, 0.3, 0.4, 0.2], offset), [0.2, 0.3, 0.5, 0.22], 1e-6);
    near(offsetBox([0, 0, 0.04, 0.02], offset), [0, 0, 0.05, 0.022], 1e-6);
  });

  it('is not led astray by single boxes that were drawn in haste', () => {
    const hasty = pairs.map(({ found, drawn }, at): BoxPair => {
      const [x, y, width, height] = drawn;
      return { found, drawn: at % 5 === 0 ? [x - width, y, 3 * width, height] : drawn };
    });
    near(offsetBox([0.2, 0.3, 0.4, 0.2], learnOffset(hasty, 10)), [0.2, 0.3, 0.5, 0.22], 0.01);
  });

  it('leaves boxes alone where too little was drawn to know', () => {
    expect(learnOffset(pairs, 2)).to.equal(undefined);
    expect(learnOffset([], 5)).to.equal(undefined);
    expect(offsetBox([1, 2, 3, 4], undefined)).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('The best boxes of a class', () => {
  it('lie where those that overlap them are on average, the surer ones counting for more', () => {
    // Corners: two of one thing, one of another.
    const boxes = Float32Array.of(0.1, 0.1, 0.5, 0.5, 0.1, 0.14, 0.5, 0.54, 0.6, 0.6, 0.9, 0.9);
    const [first, second, ...rest] = bestBoxes(Float32Array.of(2, 1, 0), boxes);
    expect(rest).to.deep.equal([]);
    expect(first?.anchor).to.equal(0);
    expect(first?.bbox[0]).to.be.within(0.105, 0.119);
    near(first?.bbox ?? [0, 0, 0, 0], [first?.bbox[0] ?? NaN, 0.1, 0.4, 0.4], 1e-6);
    expect(second?.anchor).to.equal(2);
    near(second?.bbox ?? [0, 0, 0, 0], [0.6, 0.6, 0.3, 0.3], 1e-6);
  });
});
