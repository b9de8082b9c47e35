import { expect } from 'chai';
import { anchorLayout, anchorPlace } from '../../../../src/domain/detector-head/layout.js';
import { madeAnchors, SSD_SHAPES } from '../../../support/anchors.js';

const PER_CELL = [3, 6, 6, 6, 6, 6];

describe('anchorLayout', () => {
  const layout = anchorLayout(SSD_SHAPES, madeAnchors(SSD_SHAPES, PER_CELL));

  it('finds out how many anchors a cell has, and how many numbers a class column', () => {
    expect(layout.maps.map(({ perCell }) => perCell)).to.deep.equal(PER_CELL);
    expect(layout.anchorCount).to.equal(1917);
    expect(layout.featureCount).to.equal(352_192);
    expect(layout.weightCount).to.equal(16_353);
  });

  it('knows where an anchor is', () => {
    const first = anchorPlace(layout, 0);
    expect([first.map, first.cell, first.place]).to.deep.equal([layout.maps[0], 0, 0]);
    const other = anchorPlace(layout, 1083 + 6 * 11 + 4);
    expect(other.map).to.equal(layout.maps[1]);
    expect(other.cell).to.equal(361 + 11);
    expect(other.place).to.equal(4);
    const last = anchorPlace(layout, 1916);
    expect([last.map, last.place]).to.deep.equal([layout.maps[5], 5]);
  });

  it('refuses anchors of another network', () => {
    const anchors = madeAnchors(SSD_SHAPES, PER_CELL);
    expect(() => anchorLayout(SSD_SHAPES.slice(1), anchors)).to.throw(RangeError);
    expect(() => anchorLayout(SSD_SHAPES, anchors.subarray(4))).to.throw(RangeError);
  });
});
