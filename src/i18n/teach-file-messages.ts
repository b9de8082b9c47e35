import { counted, formatNumber } from './format.js';

function codes(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'code' : 'codes'}`;
}

/** What may be left out of a file, by reason; any other one is a picture that cannot be read. */
const LEFT_OUT: Readonly<Record<string, readonly [one: string, many: string]>> = {
  crowd: ['box around a whole crowd', 'boxes around whole crowds'],
  'empty-box': ['empty box', 'empty boxes'],
  outside: ['box outside of its picture', 'boxes outside of their pictures'],
  'no-image': ['box of a picture that is not listed', 'boxes of pictures that are not listed'],
  'no-label': ['box without a name', 'boxes without a name'],
  'no-picture': ['picture that is not in the file', 'pictures that are not in the file'],
  'already-there': ['that is here already', 'that are here already'],
};
const UNREADABLE = ['picture that cannot be read', 'pictures that cannot be read'] as const;

/** Texts about saving what was taught and opening it elsewhere, in English. */
export const TEACH_FILE_TEXTS = {
  title: 'Save and open',
  exports: 'Save',
  formats: {
    project: ['Everything', 'Pictures, labels and what it has learnt, as one file'],
    heads: ['What it has learnt', 'A few kilobytes, for another device'],
    'teachable-machine': ['Teachable Machine', 'model.json, weights.bin and metadata.json'],
    coco: ['COCO JSON', 'Pictures and boxes, for other tools'],
    yolo: ['YOLO txt', 'Pictures and boxes, for other tools'],
  },
  share: 'Share',
  showQr: 'Show as codes',
  showQrHint: 'What it has learnt, to be read by another device’s camera',
  scanQr: 'Read codes',
  scanQrHint: 'Off the screen of another device',
  imports: 'Open',
  importFile: 'Open a file',
  importHint:
    'A project, heads, Teachable Machine, COCO or YOLO. You can also drop it on the page.',
  leftOut: (skipped: readonly { readonly reason: string; readonly count: number }[]) =>
    `Left out: ${skipped
      .map(({ reason, count }) => counted(count, ...(LEFT_OUT[reason] ?? UNREADABLE)))
      .join(', ')}.`,
  nothingToSave: 'Teach it something first.',
  clear: 'Delete everything taught',
  clearWarning: 'This deletes all examples and heads on this device. It cannot be undone.',
  clearYes: 'Delete everything',

  qrTitle: 'Show these codes to the other device',
  qrHint: 'There: Teach → Save and open → Read codes. They go round until all are read.',
  qrFrame: (index: number, count: number) =>
    `Code ${formatNumber(index)} of ${formatNumber(count)}`,
  qrPause: 'Pause',
  qrGoOn: 'Go on',
  qrNext: 'Next',
  qrTooLarge: 'This is too much for codes. Save it as a file instead.',
  scanTitle: 'Reading codes',
  scanHint: 'Point the camera at the codes on the other device.',
  scanNoPicture: 'Open the camera first.',
  scanProgress: (received: number, count: number) =>
    `${formatNumber(received)} of ${codes(count)} read`,
  scanDamaged: 'Something was misread. It begins again.',
  scannedName: 'heads',
} as const;
