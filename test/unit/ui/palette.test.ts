import { expect } from 'chai';
import {
  contrastRatio,
  LABEL_COLOURS,
  labelColour,
  relativeLuminance,
} from '../../../src/ui/elements/palette.js';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Complete dichromacy after Machado, Oliveira and Fernandes (2009), on linear RGB. */
const VISIONS: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(colour: string): Triple {
  const channel = (start: number): number => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(row: Triple, [r, g, b]: Triple): number {
  return row[0] * r + row[1] * g + row[2] * b;
}

/** A colour in CIELAB as somebody with this vision sees it. */
function seen(colour: string, vision: Matrix): Triple {
  const rgb = linear(colour);
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const eye: Triple = [
    clip(times(vision[0], rgb)),
    clip(times(vision[1], rgb)),
    clip(times(vision[2], rgb)),
  ];
  const f = (value: number): number =>
    value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
  const x = f(times([0.4124, 0.3576, 0.1805], eye) / 0.9505);
  const y = f(times([0.2126, 0.7152, 0.0722], eye));
  const z = f(times([0.0193, 0.1192, 0.9505], eye) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe('The palette of labels', () => {
  it('measures luminance and contrast as WCAG does', () => {
    expect(relativeLuminance('#ffffff')).to.be.closeTo(1, 1e-9);
    expect(contrastRatio('#000000', '#ffffff')).to.be.closeTo(21, 1e-9);
    expect(contrastRatio('#767676', '#ffffff')).to.be.closeTo(4.54, 0.01);
  });

  for (const { fill, ink } of LABEL_COLOURS) {
    it(`has readable ink on ${fill}`, () => {
      expect(contrastRatio(fill, ink)).to.be.at.least(4.5);
    });
  }

  for (const [name, vision] of Object.entries(VISIONS)) {
    it(`can be told apart with ${name} vision`, () => {
      const colours = LABEL_COLOURS.map(({ fill }) => seen(fill, vision));
      colours.forEach((a, index) => {
        for (const b of colours.slice(index + 1)) {
          const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
          // A difference of about 2.3 is just noticeable side by side.
          expect(distance).to.be.at.least(12);
        }
      });
    });
  }

  it('gives a label the same colour at every time and place', () => {
    // These are in people's eyes and documents: a change is a decision.
    expect(labelColour('person').fill).to.equal('#cc79a7');
    expect(labelColour('cup').fill).to.equal('#f0e442');
    expect(labelColour('dog').fill).to.equal('#e69f00');
  });

  it('uses all colours, for any labels', () => {
    const labels = Array.from({ length: 200 }, (_, index) => `label ${String(index)}`);
    const used = new Set(labels.map((label) => labelColour(label).fill));
    expect(used.size).to.equal(LABEL_COLOURS.length);
  });
});
