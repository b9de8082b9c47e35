import { UNKNOWN } from '../../domain/head.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { HeadState, QualityReport } from '../../session/teach/types.js';

/** Whether any of the person's own things could be held back to measure with. */
export function isMeasured({ figures }: QualityReport): boolean {
  return figures.some(({ label, count }) => label !== UNKNOWN && count > 0);
}

/**
 * Part of the person's own things that it was right about: the many bundled pictures
 * that it is right to be silent at would hide what it gets wrong.
 *
 * @returns `undefined` where none was held back.
 */
export function ownAccuracy(report: QualityReport): number | undefined {
  const { right, count } = ownResults(report);
  return count === 0 ? undefined : right / count;
}

/** How good a head is at the person's own things, in one line. */
export function verdict(report: QualityReport): string {
  if (!isMeasured(report)) return texts.verdictNone;
  const { right, count } = ownResults(report);
  return texts.verdict(right, count);
}

function ownResults({ figures }: QualityReport): { right: number; count: number } {
  const own = figures.filter(({ label }) => label !== UNKNOWN);
  return {
    right: Math.round(own.reduce((sum, { count, recall = 0 }) => sum + count * recall, 0)),
    count: own.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The head that was trained last, which its report is about. */
export function newestHead(heads: readonly HeadState[]): HeadState | undefined {
  return heads.reduce<HeadState | undefined>(
    (newest, head) =>
      newest === undefined || head.head.created >= newest.head.created ? head : newest,
    undefined,
  );
}
