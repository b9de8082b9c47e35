import { expect } from 'chai';
import { contrastRatio } from '../../../src/ui/elements/palette.js';
import { tokens } from '../../../src/ui/styles/tokens.js';

/** Colours by name, as one scheme has them. */
function colours(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [
      name,
      colour,
    ]),
  );
}

const [dark = '', light = ''] = tokens.cssText.split('@media (prefers-color-scheme: light)');
const schemes = { dark: colours(dark), light: colours(light) };

/** Text on ground: at least 4.5 to 1 (WCAG 1.4.3). */
const TEXT = [
  ['text', 'ground'],
  ['text', 'surface'],
  ['text', 'raised'],
  ['muted', 'ground'],
  ['muted', 'surface'],
  ['muted', 'raised'],
  ['accent', 'ground'],
  ['accent', 'surface'],
  ['accent', 'accent-wash'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['danger', 'surface'],
] as const;

/** Rims of controls and the focus ring: at least 3 to 1 (WCAG 1.4.11). */
const SHAPES = [
  ['control-line', 'ground'],
  ['control-line', 'surface'],
  ['accent-strong', 'ground'],
  ['accent-strong', 'surface'],
] as const;

describe('Colours of the app', () => {
  for (const [name, scheme] of Object.entries(schemes)) {
    const contrast = (front: string, back: string): number => {
      const [a, b] = [scheme.get(front), scheme.get(back)];
      if (a === undefined || b === undefined) throw new Error(`${name} lacks ${front} or ${back}`);
      return contrastRatio(a, b);
    };
    for (const [front, back] of TEXT) {
      it(`${name}: ${front} can be read on ${back}`, () => {
        expect(contrast(front, back)).to.be.at.least(4.5);
      });
    }
    for (const [front, back] of SHAPES) {
      it(`${name}: ${front} can be seen on ${back}`, () => {
        expect(contrast(front, back)).to.be.at.least(3);
      });
    }
  }
});
