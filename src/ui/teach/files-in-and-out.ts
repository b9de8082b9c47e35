import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { ExportFormat, ImportSummary, TeachSession } from '../../session/teach/types.js';
import { saveFile, shareFile } from '../share-file.js';
import type { TeachWork } from './teach-view.js';

/** Makes a file of what was taught and gives it to the person. */
export async function handOut(
  session: TeachSession,
  format: ExportFormat,
  way: 'save' | 'share',
): Promise<void> {
  const { name, blob } = await session.export(format);
  const file = new File([blob], name, { type: blob.type });
  if (way === 'share') await shareFile(file);
  else saveFile(file);
}

/** What was taken in, in words, and what was left out. */
export function summaryText(
  work: TeachWork,
  { samples, labels, heads, skipped }: ImportSummary,
): string {
  const left = skipped.map(({ reason, count }) => texts.skipped(count, reason));
  const text = work === 'pictures' ? texts.added(samples) : texts.imported(samples, labels, heads);
  return [text, ...left].join(' ');
}
