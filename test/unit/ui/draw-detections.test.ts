import { expect } from 'chai';
import type { Detection } from '../../../src/domain/detection.js';
import type { BBox, Size } from '../../../src/domain/geometry.js';
import { viewTransform } from '../../../src/domain/view-transform.js';
import {
  drawDetections,
  placeTag,
  type DrawStyle,
} from '../../../src/ui/elements/draw-detections.js';
import { labelColour } from '../../../src/ui/elements/palette.js';
import { pixel } from '../../support/detector.js';

const VIEW: Size = { width: 400, height: 400 };
const STYLE: DrawStyle = { unit: 1, fontFamily: 'sans-serif', strong: false };
const CUP: Detection = { bbox: [100, 120, 200, 160], class: 'cup', score: 0.87 };
const cup = labelColour('cup').fill;

function draw(
  detections: readonly Detection[],
  { view = VIEW, mirrored = false, style = STYLE } = {},
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(view.width, view.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  const transform = viewTransform(VIEW, view, 'contain', mirrored);
  drawDetections(context, { detections, transform, view, locale: 'en' }, style);
  return canvas;
}

/** Columns in which a row of pixels has a colour. */
function columnsOf(canvas: OffscreenCanvas, row: number, colour: string): number[] {
  return Array.from({ length: canvas.width }, (_, x) => x).filter(
    (x) => pixel(canvas, x, row) === colour,
  );
}

describe('drawDetections', () => {
  it('draws the outline on the edges of the box, and nothing inside or beside it', () => {
    const canvas = draw([CUP]);
    expect(columnsOf(canvas, 200, cup)).to.deep.equal([99, 100, 299, 300]);
    expect(pixel(canvas, 200, 120)).to.equal(cup);
    expect(pixel(canvas, 200, 280)).to.equal(cup);
    expect(pixel(canvas, 200, 200)).to.equal('clear');
    expect(pixel(canvas, 50, 200)).to.equal('clear');
  });

  it('surrounds the line with a dark halo, so that it shows on any picture', () => {
    const canvas = draw([CUP]);
    expect(pixel(canvas, 98, 200)).to.equal('#000000');
    expect(pixel(canvas, 101, 200)).to.equal('#000000');
  });

  it('draws thicker lines where more contrast is wanted, and on a finer screen', () => {
    const strong = draw([CUP], { style: { ...STYLE, strong: true } });
    expect(columnsOf(strong, 200, cup)).to.have.lengthOf(6);
    const fine = draw([CUP], {
      view: { width: 800, height: 800 },
      style: { ...STYLE, unit: 2 },
    });
    expect(columnsOf(fine, 400, cup)).to.deep.equal([198, 199, 200, 201, 598, 599, 600, 601]);
  });

  it('keeps a line whole that would lie half outside the view', () => {
    const whole: Detection = { ...CUP, bbox: [0, 0, 400, 400] };
    const columns = columnsOf(draw([whole]), 200, cup);
    expect(columns).to.deep.equal([1, 2, 397, 398]);
  });

  it('does not move an edge that is beyond the view into it', () => {
    const beyond: Detection = { ...CUP, bbox: [-50, 100, 200, 200] };
    expect(columnsOf(draw([beyond]), 250, cup)).to.deep.equal([149, 150]);
  });

  it('leaves out what is not in view at all', () => {
    const canvas = draw([{ ...CUP, bbox: [500, 100, 50, 50] }]);
    expect(columnsOf(canvas, 120, cup).concat(columnsOf(canvas, 98, cup))).to.deep.equal([]);
  });

  it('mirrors boxes but not letters', () => {
    const left: Detection = { ...CUP, bbox: [40, 120, 100, 160] };
    const plain = draw([{ ...left, bbox: [260, 120, 100, 160] }]);
    const mirrored = draw([left], { mirrored: true });
    const pixels = (canvas: OffscreenCanvas): Uint8ClampedArray | undefined =>
      canvas.getContext('2d')?.getImageData(0, 0, 400, 400).data;
    expect(pixels(mirrored)).to.deep.equal(pixels(plain));
  });

  it('fills the tag with the colour of the label and writes on it with its ink', () => {
    const canvas = draw([CUP]);
    // The tag stands on the box at its left; its first column has no letters.
    expect(pixel(canvas, 101, 108)).to.equal(cup);
    const row = Array.from({ length: 90 }, (_, x) => pixel(canvas, 100 + x, 109));
    expect(row).to.include(labelColour('cup').ink);
  });

  it('gives the tags of boxes that lie on each other places of their own', () => {
    const canvas = draw([CUP, { ...CUP, class: 'dog', score: 0.5 }]);
    expect(pixel(canvas, 101, 108)).to.equal(cup);
    expect(pixel(canvas, 101, 130)).to.equal(labelColour('dog').fill);
  });

  it('draws the best detection over the others', () => {
    const worse: Detection = { ...CUP, class: 'dog', score: 0.5 };
    expect(pixel(draw([CUP, worse]), 100, 250)).to.equal(cup);
  });
});

describe('placeTag', () => {
  const tag: Size = { width: 60, height: 20 };
  const place = (box: BBox, taken: readonly BBox[] = []): BBox =>
    placeTag(box, tag, VIEW, 2, taken);

  it('stands on top of its box', () => {
    expect(place([100, 100, 80, 80])).to.deep.equal([98, 78, 60, 20]);
  });

  it('goes inside where there is no room above', () => {
    expect(place([100, 10, 80, 80])).to.deep.equal([98, 8, 60, 20]);
  });

  it('stays in view at every rim', () => {
    expect(place([-30, 100, 80, 80])[0]).to.equal(0);
    expect(place([380, 100, 80, 80])[0]).to.equal(340);
    expect(place([-50, -50, 600, 600])).to.deep.equal([0, 0, 60, 20]);
    expect(place([100, 395, 80, 80])[1]).to.be.within(0, 380);
  });

  it('makes way for a tag that is there already', () => {
    const first = place([100, 100, 80, 80]);
    const second = place([104, 104, 80, 80], [first]);
    const apart =
      second[0] >= first[0] + first[2] ||
      second[0] + second[2] <= first[0] ||
      second[1] >= first[1] + first[3] ||
      second[1] + second[3] <= first[1];
    expect(apart).to.equal(true);
  });

  it('overlaps rather than vanishes when every place is taken', () => {
    expect(place([100, 100, 80, 80], [[0, 0, 400, 400]])).to.deep.equal([98, 78, 60, 20]);
  });
});
