import { formatNumber } from './format.js';

/** Texts about pictures that what is found by itself is not sure about. */
export const QUESTION_TEXTS = {
  question: (label: string) => `Is this “${label}”?`,
  picture: 'What it is not sure about',
  reasons: {
    unsure: 'It is not sure.',
    disagree: 'It says so, and something else as well.',
  },
  memory: 'This picture is forgotten unless you answer.',
  more: (count: number) => `${formatNumber(count)} more to ask`,
  yes: 'Yes',
  no: 'No',
  fix: 'Fix the box',
  skip: 'Do not ask this',
  answered: 'Noted. It is learnt in a moment.',
} as const;
