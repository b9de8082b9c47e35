import type { OpenTable } from './table-parts.js';
import type { Chapter, LessonState } from '../../domain/learn/lesson.js';

/** Where the lessons can end. */
export type LessonExit = 'live' | 'teach' | 'privacy';

/** What the views of the lessons ask for. */
export type LearnCommand =
  /** Another state of the lesson. */
  | { readonly kind: 'change'; readonly changes: Partial<LessonState> }
  /** Another term of the formula is lit. */
  | { readonly kind: 'light'; readonly term: string }
  | { readonly kind: 'solved'; readonly chapter: Chapter }
  /** A table that was opened; `undefined` for the synthetic example. */
  | { readonly kind: 'take-table'; readonly table: OpenTable | undefined }
  | { readonly kind: 'open-chapter'; readonly chapter: Chapter }
  /** Ends the lessons. */
  | { readonly kind: 'leave'; readonly to: LessonExit };
