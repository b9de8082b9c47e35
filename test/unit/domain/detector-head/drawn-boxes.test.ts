import { expect } from 'chai';
import { usableBoxes } from '../../../../src/domain/detector-head/drawn-boxes.js';
import { lessonsOf } from '../../../../src/domain/detector-head/lessons-of-samples.js';
import type { BBox } from '../../../../src/domain/geometry.js';
import type { Sample } from '../../../../src/domain/sample.js';

const picture = { width: 640, height: 480 };

describe('usableBoxes', () => {
  it('cuts off what lies outside', () => {
    expect(usableBoxes([[-20, 400, 100, 200]], picture)).to.deep.equal([[0, 400, 80, 80]]);
  });

  it('leaves out boxes from which nothing can be learnt', () => {
    const useless: BBox[] = [
      [700, 10, 50, 50],
      [10, 10, 0, 0],
      [10, 10, 200, 3],
      [10, 10, -50, 50],
      [NaN, 10, 50, 50],
      [10, 10, Infinity, 50],
      [0, 0, 640, 480],
      [-100, -100, 2000, 2000],
    ];
    expect(usableBoxes(useless, picture)).to.deep.equal([]);
  });

  it('takes what was drawn twice once', () => {
    const twice: BBox[] = [
      [10, 10, 100, 100],
      [12, 11, 100, 100],
      [70, 10, 100, 100],
    ];
    expect(usableBoxes(twice, picture)).to.deep.equal([twice[0], twice[2]]);
  });
});

describe('lessonsOf', () => {
  let ids = 0;
  function sample(pictureId: string, changes: Partial<Sample>): Sample {
    return {
      id: String(ids++),
      pictureId,
      bbox: [10, 10, 100, 100],
      kind: 'example',
      label: 'beacon',
      source: 'camera',
      burst: 'b',
      time: ids,
      ...changes,
    };
  }

  it('takes boxes of the label, and pictures that do not show it', () => {
    const samples = [
      sample('shown', {}),
      sample('shown', { bbox: [200, 10, 100, 100] }),
      sample('room', { kind: 'negative', label: '' }),
      sample('not that', { kind: 'negative' }),
      // It may well be there, without a box.
      sample('others', { label: 'mug' }),
      sample('not a mug', { kind: 'negative', label: 'mug' }),
    ];
    expect(lessonsOf(samples, 'beacon')).to.deep.equal({
      pictures: [
        {
          pictureId: 'shown',
          burst: 'b',
          boxes: [
            [10, 10, 100, 100],
            [200, 10, 100, 100],
          ],
        },
        { pictureId: 'room', burst: 'b', boxes: [] },
        { pictureId: 'not that', burst: 'b', boxes: [] },
      ],
      // Only where the other thing is it is clear that it is not the beacon.
      others: [{ pictureId: 'others', burst: 'b', part: [-15, -15, 150, 150] }],
      contradictions: 0,
    });
  });

  it('leaves out one object with two labels, and one that is and is not the thing', () => {
    const samples = [
      sample('two', {}),
      sample('two', { label: 'mug', bbox: [12, 10, 100, 100] }),
      sample('denied', {}),
      sample('denied', { kind: 'negative' }),
      sample('clear', {}),
      sample('clear', { label: 'mug', bbox: [300, 10, 100, 100] }),
    ];
    const { pictures, others, contradictions } = lessonsOf(samples, 'beacon');
    // The mug beside the clear one can be looked at by itself, the other one is in doubt.
    expect(others).to.deep.equal([{ pictureId: 'clear', burst: 'b', part: [275, -15, 150, 150] }]);
    expect(contradictions).to.equal(2);
    expect(pictures).to.deep.equal([
      { pictureId: 'clear', burst: 'b', boxes: [[10, 10, 100, 100]] },
    ]);
  });
});
