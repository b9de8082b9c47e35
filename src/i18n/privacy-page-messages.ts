import type { Alteration } from '../domain/privacy/options.js';

const STYLES: Readonly<Record<Alteration | 'off', readonly [name: string, hint: string]>> = {
  off: ['Off', 'The picture as it comes'],
  blur: ['Blur', 'Soft, too coarse to know anybody by'],
  pixelate: ['Pixelate', 'Large squares of one colour'],
  cover: ['Cover', 'One plain colour: nothing is left'],
  'cut-out': [
    'Cut out',
    'What is behind them, if it was seen before; for a camera that stands still',
  ],
};

/** Texts of the page on which it is chosen how pictures are altered, in English. */
export const PRIVACY_PAGE_TEXTS = {
  title: 'Keep no faces',
  hint: 'People blurred, covered or cut out',
  off: 'Off',
  intro:
    'Pictures are altered before anybody sees them. While this is on, no picture is kept, saved or shared as it was.',
  how: 'How',
  style: (style: Alteration | 'off') => STYLES[style][0],
  styleHint: (style: Alteration | 'off') => STYLES[style][1],
  what: 'What',
  background: 'The background',
  everything: 'Everything found',
  people: 'People',
  soft: 'Soft edges',
  limits:
    'Whoever the detector does not find is not altered. Watch the picture for a while before you rely on it; far away and half hidden people are missed most often.',
  kept: 'It is kept for this source, and goes on outside of this mode.',
  float: 'Show in a small window',
  unfloat: 'Close the small window',
} as const;
