import type { SightlineError } from '../../../domain/errors.js';
import type { TeachSettings } from '../../../domain/teach/settings.js';
import type { NewClasses } from '../../new-class/new-classes.js';
import type { HeadKeeper } from '../head-keeper.js';
import type { Keeper } from '../keeper.js';
import type { SampleBook } from '../sample-book.js';

/** What exports take from, and imports put into. */
export interface FileParts {
  readonly book: SampleBook;
  readonly heads: HeadKeeper;
  readonly finds: Pick<NewClasses, 'travelling' | 'adopt'>;
  readonly keeper: Keeper;
  readonly settings: TeachSettings;
  readonly changeSettings: (settings: TeachSettings) => void;
}

/** Largest of everything in a data set; see `PROJECT_LIMITS`. */
export const DATA_SET_LIMITS = {
  bytes: 512 * 1024 * 1024,
  fileBytes: 48 * 1024 * 1024,
  files: 40_000,
} as const;

/** A fault under another code, for people who did not open a project. */
export type Recode = (error: SightlineError) => SightlineError;
