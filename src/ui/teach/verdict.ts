import { UNKNOWN } from '../../domain/head.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { HeadState, QualityReport } from '../../session/teach/types.js';

/** Whether any of the person's own things could be held back to measure with. */
export function isMeasured({ figures }: QualityReport): boolean {
  return figures.some(({ label, count }) => label !== UNKNOWN && count > 0);
}

/**
 * How good a head is at the person's own things, in one line: the many bundled
 * pictures that it is right to be silent at would hide what it gets wrong.
 */
export function verdict(report: QualityReport): string {
  if (!isMeasured(report)) return texts.verdictNone;
  const own = report.figures.filter(({ label }) => label !== UNKNOWN);
  const right = own.reduce((sum, { count, recall = 0 }) => sum + count * recall, 0);
  return texts.verdict(
    Math.round(right),
    own.reduce((sum, { count }) => sum + count, 0),
  );
}

/** The head that was trained last, which its report is about. */
export function newestHead(heads: readonly HeadState[]): HeadState | undefined {
  return heads.reduce<HeadState | undefined>(
    (newest, head) =>
      newest === undefined || head.head.created >= newest.head.created ? head : newest,
    undefined,
  );
}
