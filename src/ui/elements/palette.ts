/** A label's colour, and the ink that is readable on it. */
export interface LabelColour {
  readonly fill: string;
  readonly ink: string;
}

/**
 * The palette of Okabe and Ito, made so that people with any of the common
 * colour vision deficiencies can tell its members apart; their black is
 * replaced by near-white, because boxes lie on pictures and have a dark halo.
 */
const FILLS = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#f2f5f8',
] as const;

const DARK_INK = '#000000';
const LIGHT_INK = '#ffffff';

/** Relative luminance as WCAG defines it, for `#rrggbb`. */
export function relativeLuminance(colour: string): number {
  const channel = (start: number): number => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast ratio of two colours as WCAG defines it, 1 to 21. */
export function contrastRatio(a: string, b: string): number {
  const [low, high] = [relativeLuminance(a), relativeLuminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** All colours that a label can have. */
export const LABEL_COLOURS: readonly LabelColour[] = FILLS.map((fill) => ({
  fill,
  ink: contrastRatio(fill, DARK_INK) >= contrastRatio(fill, LIGHT_INK) ? DARK_INK : LIGHT_INK,
}));

/** Of what a taught head has no name for: none of the palette, and quieter. */
export const UNKNOWN_COLOUR: LabelColour = { fill: '#b4bcc7', ink: DARK_INK };

/** Chosen so that things that often stand together (cup and spoon, person and dog) differ. */
const SEED = 0x4934;

/** FNV-1a, folded: its low bits alone, which pick the colour, are poorly mixed. */
function hash(text: string): number {
  let value = SEED;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value >>>= 0;
  return (value ^ (value >>> 15) ^ (value >>> 7)) >>> 0;
}

/** The colour of a label: the same on every page, in every session. */
export function labelColour(label: string): LabelColour {
  const colour = LABEL_COLOURS[hash(label) % LABEL_COLOURS.length];
  return colour ?? { fill: '#f2f5f8', ink: DARK_INK };
}
