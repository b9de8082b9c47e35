import { expect } from 'chai';
import {
  findReport,
  operatingPoint,
  precisionRecallCurve,
  type HeldBackPicture,
} from '../../../../src/domain/detector-head/find-report.js';
import type { BBox } from '../../../../src/domain/geometry.js';

const HERE: BBox = [0.1, 0.1, 0.4, 0.4];
const THERE: BBox = [0.6, 0.6, 0.3, 0.3];

const PICTURES: readonly HeldBackPicture[] = [
  // One found, one missed, and a false alarm in between.
  {
    drawn: [HERE, THERE],
    found: [
      { bbox: HERE, score: 0.9 },
      { bbox: [0, 0.7, 0.2, 0.2], score: 0.6 },
    ],
  },
  // Found, and a second box around the same object, which is wrong.
  {
    drawn: [HERE],
    found: [
      { bbox: HERE, score: 0.5 },
      { bbox: [0.11, 0.1, 0.4, 0.4], score: 0.4 },
    ],
  },
  { drawn: [], found: [{ bbox: THERE, score: 0.55 }] },
  { drawn: [], found: [{ bbox: THERE, score: 0.01 }] },
];

describe('A report of something that is found', () => {
  const report = findReport(PICTURES);

  it('counts what was held back, and keeps the scores', () => {
    expect(report).to.deep.include({
      pictures: 2,
      objects: 3,
      unrelated: 2,
      right: [0.9, 0.5],
      wrong: [0.6, 0.4],
      cries: [0.55],
    });
    // Precision 1 up to a recall of 1/3, then 2/3 up to 2/3, in 101 steps as COCO has them.
    expect(report.ap50).to.be.closeTo((34 + 33 * (2 / 3)) / 101, 1e-9);
  });

  it('says what is to be expected at any threshold', () => {
    expect(operatingPoint(report, 0.5)).to.deep.equal({
      threshold: 0.5,
      found: 2,
      missed: 1,
      recall: 2 / 3,
      precision: 2 / 3,
      falsePerPicture: 0.5,
    });
    expect(operatingPoint(report, 0.7)).to.include({ found: 1, precision: 1, falsePerPicture: 0 });
    expect(operatingPoint(report, 0.95)).to.include({ found: 0, recall: 0, precision: undefined });
  });

  it('has the points of the curve, from strict to loose', () => {
    const points = precisionRecallCurve(report);
    expect(points.map(({ threshold }) => threshold)).to.deep.equal([0.9, 0.6, 0.5, 0.4]);
    expect(points.map(({ recall }) => recall)).to.deep.equal([1 / 3, 1 / 3, 2 / 3, 2 / 3]);
    expect(points.map(({ precision }) => precision)).to.deep.equal([1, 1 / 2, 2 / 3, 1 / 2]);
  });

  it('claims nothing where nothing could be held back', () => {
    const none = findReport([]);
    expect(none).to.include({ pictures: 0, unrelated: 0, ap50: undefined });
    expect(operatingPoint(none, 0.5)).to.deep.include({
      recall: undefined,
      precision: undefined,
      falsePerPicture: undefined,
    });
    expect(precisionRecallCurve(none)).to.deep.equal([]);
  });
});
