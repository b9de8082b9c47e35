import { formatNumber, formatPercent } from './format.js';

/** Texts about drawing boxes and choosing them. */
export const BOX_TEXTS = {
  surface: 'Picture to draw a box on',
  boxRole: 'box on the picture',
  box: (left: number, top: number, width: number, height: number) =>
    `Box: ${formatPercent(left)} from the left, ${formatPercent(top)} from the top, ${formatPercent(width)} wide, ${formatPercent(height)} high`,
  keys: 'Arrow keys move the box, with Shift they resize it. Enter takes it.',
  proposal: (number: number, of: number) =>
    `Suggested box ${formatNumber(number)} of ${formatNumber(of)}`,
  looking: 'Looking for things that a box may fit …',
  proposed: 'Tap a suggested box, or draw your own with a finger or the mouse.',
  unproposed: 'Draw around the thing with a finger or the mouse.',
  adjust: 'Pull the corners until it fits; drag its middle to move it.',
  middle: 'A box in the middle',
  larger: 'Larger',
  smaller: 'Smaller',
  follow: 'Follow it',
  followHint: 'Move it about, turn it, come closer and go away. Each new view is taken.',
  lost: 'Lost it. Bring it back into the picture as it was.',
  viewCount: (count: number) => formatNumber(count),
  viewsOf: (most: number) => `of at most ${formatNumber(most)} views`,
  enoughViews: 'That is enough',
  views: 'Views that were taken',
  view: (number: number) => `View ${formatNumber(number)}: keep it`,
  reviewHint: 'Tap what does not show it well. Nothing is stored yet.',
  keepViews: (count: number, label: string) =>
    count === 1 ? `Keep 1 view of “${label}”` : `Keep ${formatNumber(count)} views of “${label}”`,
  dropViews: 'Throw away',
  kept: (count: number) =>
    count === 1 ? '1 example stored.' : `${formatNumber(count)} examples stored.`,
  following: 'It is followed',
  review: 'Does it show this?',
  fix: 'Fix the box',
  fixed: 'The box is put right.',
  save: 'Save the box',
  gone: 'The picture is gone.',
} as const;
