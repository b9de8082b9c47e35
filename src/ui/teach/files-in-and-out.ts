import { TEACH_FILE_TEXTS } from '../../i18n/teach-file-messages.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type {
  ExportFile,
  ExportFormat,
  ImportSummary,
  TeachSession,
} from '../../session/teach/types.js';
import { saveFile, shareFile } from '../share-file.js';
import type { Feedback } from './feedback.js';
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
  const text = work === 'pictures' ? texts.added(samples) : texts.imported(samples, labels, heads);
  return skipped.length === 0 ? text : `${text} ${TEACH_FILE_TEXTS.leftOut(skipped)}`;
}

/** Files on their way in, and the one that is shown as QR codes. */
export class FilesInAndOut {
  readonly #session: TeachSession;
  readonly #feedback: Feedback;
  readonly #changed: () => void;
  #work: TeachWork | undefined;
  #qrFile: ExportFile | undefined;

  constructor(session: TeachSession, feedback: Feedback, changed: () => void) {
    this.#session = session;
    this.#feedback = feedback;
    this.#changed = changed;
  }

  /** What is being taken in. */
  get work(): TeachWork | undefined {
    return this.#work;
  }

  get qrFile(): ExportFile | undefined {
    return this.#qrFile;
  }

  async takeIn(work: TeachWork, take: () => Promise<ImportSummary>): Promise<void> {
    this.#work = work;
    this.#changed();
    await this.#feedback.attempt(async () => {
      const summary = await take();
      this.#feedback.tell(summaryText(work, summary), summary.samples > 0);
    });
    this.#work = undefined;
    this.#changed();
  }

  /** @returns Whether there is one now. */
  makeQrFile(): Promise<boolean> {
    return this.#feedback.attempt(async () => {
      this.#qrFile = await this.#session.export('heads');
    });
  }

  forgetQrFile(): void {
    this.#qrFile = undefined;
  }
}
