/**
 * English plurals that the usual rules (`s`, `es`, `ies`) get wrong. The
 * canonical labels are English already, so nothing else is needed.
 */
export const ENGLISH_PLURALS: Readonly<Record<string, string>> = {
  person: 'people',
  sheep: 'sheep',
  mouse: 'mice',
  knife: 'knives',
  skis: 'skis',
  scissors: 'scissors',
  broccoli: 'broccoli',
  tv: 'TVs',
};
