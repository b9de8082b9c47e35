import type { BackendName } from './backend.js';

/**
 * Why something about offline use could not be done.
 *
 * - `quota`: no room; `network`: no connection or a bad answer; `damaged`: not what was published.
 * - `no-answer`: there is no service worker, or it is silent.
 * - `other-release`: it speaks another version of our messages.
 */
export type OfflineProblem =
  'quota' | 'network' | 'damaged' | 'internal' | 'no-answer' | 'other-release';

/** What the check "safe to go offline" has found. */
export type OfflineVerdict =
  | {
      readonly isReady: true;
      /** Files whose hash is right. */
      readonly files: number;
      /** Of them fetched again, because they were missing or damaged. */
      readonly repaired: number;
      /** Labels found in the picture with the network cut off. */
      readonly found: readonly string[];
      readonly backend: BackendName;
      /** Whether the browser has promised to keep it. */
      readonly persisted: boolean;
    }
  | { readonly isReady: false; readonly reason: OfflineShortcoming };

/** Why the app is not safe without a network. */
export type OfflineShortcoming =
  | { readonly kind: 'unsupported' }
  /** The page was loaded past the service worker, or before it. */
  | { readonly kind: 'reload-needed' }
  | { readonly kind: 'update-needed' }
  /** Files that are missing or damaged and could not be fetched. */
  | { readonly kind: 'files'; readonly files: readonly string[]; readonly outOfSpace: boolean }
  /** With the network cut off nothing was recognised. */
  | { readonly kind: 'detection'; readonly detail: string }
  | { readonly kind: 'problem'; readonly problem: OfflineProblem; readonly detail: string };
