import { formatNumber, formatPercent } from './format.js';

/** Texts about how good something is that is found by itself. */
export const REPORT_TEXTS = {
  title: 'How good it is',
  finds: (found: number, objects: number) =>
    `Finds ${formatNumber(found)} of ${formatNumber(objects)}`,
  findsHint: 'in pictures that it had not learnt from',
  quiet: (unrelated: number) => `No false alarm in ${formatNumber(unrelated)} pictures`,
  alarmIn: (pictures: number) => `A false alarm in one of ${formatNumber(pictures)} pictures`,
  alarms: (perPicture: number) =>
    `${formatNumber(Math.round(perPicture * 10) / 10)} false alarms in every picture`,
  alarmsHint: 'that do not show it',
  ap50: (ap50: number) =>
    `AP50 ${(Math.round(ap50 * 100) / 100).toFixed(2)}: finding and staying silent in one number, 1 at best.`,
  unknown:
    'There was too little to hold back for a check. Draw it in more recordings, at another time or place.',
  curve: 'Right when it says so, against how many it finds',
  curvePoint: (recall: number, precision: number) =>
    `At this setting it finds ${formatPercent(recall)}, and ${formatPercent(precision)} of what it says is right.`,
  recall: 'Found',
  precision: 'Right',
  curveHint: 'The dot is the setting below. Up is more often right; to the right is more found.',
  previews: (ap50: number) =>
    `Held-back pictures, as it finds them so far (AP50 ${(Math.round(ap50 * 100) / 100).toFixed(2)})`,
  preview: (number: number, isFound: boolean) =>
    `Picture ${formatNumber(number)}: ${isFound ? 'found' : 'not found yet'}`,
} as const;
