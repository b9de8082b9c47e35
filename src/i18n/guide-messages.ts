import type { Finding, Guidance } from '../domain/watch/guidance.js';
import { labelName } from './label-names.js';

const GUIDE_NAMES = { tone: 'Tone', speech: 'Voice', vibration: 'Vibration' } as const;

const SIDES: Readonly<Record<Guidance['side'], string>> = {
  left: 'to the left',
  ahead: 'straight ahead',
  right: 'to the right',
};

const HEIGHTS: Readonly<Record<Guidance['height'], string>> = {
  above: ', higher',
  level: '',
  below: ', lower',
};

/** Texts of the finder, in English. They are loaded with the Watch mode. */
export const FIND_GUIDE_TEXTS = {
  title: 'Find something',
  choose:
    'What do you look for? The camera leads you there: the tone comes from its side, is higher when it is higher, and quicker when it is in the middle.',
  other: 'Something else …',
  another: 'Look for something else',
  guides: 'Lead me by',
  guide: (guide: keyof typeof GUIDE_NAMES) => GUIDE_NAMES[guide],
  looking: (label: string, locale: string) => `Looking for: ${labelName(label, locale)}`,
  finding: (finding: Finding, label: string, locale: string) => {
    const what = labelName(label, locale);
    switch (finding.kind) {
      case 'searching':
        return `No ${what} in sight yet. Turn slowly.`;
      case 'lost':
        return `${what} is out of sight. It was ${SIDES[finding.last.side]}.`;
      case 'found': {
        const { side, height, isClose } = finding.guidance;
        return `${what} ${SIDES[side]}${HEIGHTS[height]}${isClose ? ', close' : ''}`;
      }
    }
  },
} as const;
