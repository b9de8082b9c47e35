import type { Alteration, PrivacyOptions } from '../domain/privacy/options.js';
import { formatNumber } from './format.js';
import { labelName } from './label-names.js';

const DONE: Readonly<Record<Alteration, string>> = {
  blur: 'blurred',
  pixelate: 'pixelated',
  cover: 'covered',
  'cut-out': 'cut out',
};

/** So many labels are named; of more, how many there are. */
const MOST_NAMED = 2;

function subject({ part, labels }: PrivacyOptions, locale: string): string {
  if (part === 'background') return 'Background';
  if (labels.length === 0) return 'Everything found';
  if (labels.length === 1 && labels[0] === 'person') return 'People';
  const named = labels.slice(0, MOST_NAMED).map((label) => labelName(label, locale));
  const others = labels.length - named.length;
  const text = [...named, ...(others > 0 ? [`${formatNumber(others)} more`] : [])].join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Texts about altered pictures that are wanted wherever there is a picture, in English. */
export const PRIVACY_TEXTS = {
  /** "People blurred". */
  on: (options: PrivacyOptions, locale: string) =>
    `${subject(options, locale)} ${DONE[options.style]}`,
  waiting: 'Covered until it is looked at',
} as const;
