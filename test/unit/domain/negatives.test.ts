import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  negativeBoxes,
  negativesFor,
  parseNegativeIndex,
  type NegativePicture,
} from '../../../src/domain/negatives.js';

function picture(...shows: string[]): NegativePicture {
  return {
    path: `${shows.join('-')}.0123456789abcdef.webp`,
    bytes: 1,
    sha256: '',
    width: 320,
    height: 320,
    title: 'A picture',
    author: 'Somebody',
    licence: 'CC0-1.0',
    address: 'https://example.org/',
    source: 'a package',
    shows,
  };
}

describe('negativesFor', () => {
  const dogs = picture('dog', 'grass');
  const glasses = picture('wine glass');
  const cups = picture('cup');

  it('leaves out what shows a thing of the name that is taught', () => {
    expect(negativesFor([dogs, glasses, cups], ['Dog'])).to.deep.equal([glasses, cups]);
    expect(negativesFor([dogs, glasses, cups], ['wine  glasses ', 'cups'])).to.deep.equal([dogs]);
  });

  it('keeps the same kind of thing under another name', () => {
    expect(negativesFor([dogs, glasses, cups], ['my cup', 'glass'])).to.have.length(3);
  });
});

describe('negativeBoxes', () => {
  it('are the whole picture, four crops and nine smaller ones', () => {
    const boxes = negativeBoxes({ width: 400, height: 300 });
    expect(boxes).to.have.length(14);
    expect(boxes[0]).to.deep.equal([0, 0, 400, 300]);
    expect(new Set(boxes.map((box) => box.join())).size).to.equal(14);
  });

  it('lie in the picture and leave no part of it out', () => {
    const side = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const boxes = negativeBoxes({ width, height });
        for (const [x, y, w, h] of boxes) {
          expect(x).to.be.at.least(0);
          expect(y).to.be.at.least(0);
          expect(x + w).to.be.at.most(width * 1.000001);
          expect(y + h).to.be.at.most(height * 1.000001);
        }
        const small = boxes.slice(5);
        expect(Math.max(...small.map(([x, , w]) => x + w))).to.be.closeTo(width, 1e-6 * width);
        expect(Math.max(...small.map(([, y, , h]) => y + h))).to.be.closeTo(height, 1e-6 * height);
      }),
    );
  });
});

describe('parseNegativeIndex', () => {
  for (const text of ['', '[]', '{"version":1}', '{"version":2,"pictures":[]}', 'null']) {
    it(`refuses ${text === '' ? 'nothing' : text}`, () => {
      expect(() => parseNegativeIndex(text))
        .to.throw()
        .with.property('code', 'negatives-unavailable');
    });
  }
});
