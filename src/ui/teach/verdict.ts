import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { HeadState, QualityReport } from '../../session/teach/types.js';

/** How good a head is, in one line. */
export function verdict({ accuracy, heldBack }: QualityReport): string {
  return accuracy === undefined || heldBack === 0
    ? texts.verdictNone
    : texts.verdict(Math.round(accuracy * heldBack), heldBack);
}

/** The head that was trained last, which its report is about. */
export function newestHead(heads: readonly HeadState[]): HeadState | undefined {
  return heads.reduce<HeadState | undefined>(
    (newest, head) =>
      newest === undefined || head.head.created >= newest.head.created ? head : newest,
    undefined,
  );
}
