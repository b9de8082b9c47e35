/** The messages between the page and its service worker. */
import type { OfflineProblem } from '../domain/offline-verdict.js';

/**
 * Raised whenever a message changes its meaning. A page and a service worker
 * of different releases meet during every update; they compare this before
 * anything else.
 */
export const OFFLINE_PROTOCOL_VERSION = 1;

/** A large file of the release and whether it is stored on this device. */
export interface LargeFileState {
  readonly url: string;
  readonly bytes: number;
  readonly stored: boolean;
}

export interface OfflineStatus {
  /** First characters of a hash over the whole release. */
  readonly release: string;
  readonly largeFiles: readonly LargeFileState[];
}

/** What a look at every stored file has found. */
export interface StoredFilesReport {
  /** Files that are there and right. */
  readonly sound: number;
  /** Paths that were not there or not right, and have been fetched again. */
  readonly repaired: readonly string[];
  /** Paths of the app itself that are not there or not right. */
  readonly broken: readonly string[];
  /** Whether the last repair failed for lack of space. */
  readonly outOfSpace: boolean;
}

/** A request to the service worker by name: its parameters and its result. */
export interface OfflineCalls {
  hello: { params: undefined; result: { readonly protocol: number } };
  status: { params: undefined; result: OfflineStatus };
  /**
   * Stores one large file. `adopt` takes it only from the browser's own cache,
   * `fetch` from the network as well. The result tells whether it is stored.
   */
  store: { params: { readonly url: string; readonly from: 'adopt' | 'fetch' }; result: boolean };
  /** Checks everything that should be stored by its hash, and mends what can be mended. */
  verify: { params: undefined; result: StoredFilesReport };
  /** Answers from what is stored and nothing else, for so many milliseconds; 0 ends it. */
  'cut-network': {
    params: { readonly milliseconds: number };
    /** Paths that were asked for since the cut and not there. */
    result: { readonly refused: readonly string[] };
  };
  /** A waiting service worker takes over. */
  activate: { params: undefined; result: undefined };
  /** Deletes everything that is stored. */
  clear: { params: undefined; result: undefined };
}

export type OfflineCallName = keyof OfflineCalls;

/** Page → service worker; a port for the answer travels with it. */
export type OfflineRequest = {
  [Name in OfflineCallName]: {
    readonly type: 'sightline-offline';
    readonly name: Name;
    readonly params: OfflineCalls[Name]['params'];
  };
}[OfflineCallName];

/** Service worker → page, over the port. */
export type OfflineResponse =
  | { readonly type: 'result'; readonly result: OfflineCalls[OfflineCallName]['result'] }
  | { readonly type: 'error'; readonly reason: OfflineFailure; readonly detail: string }
  /** It is still at it; 0 to 1. */
  | { readonly type: 'progress'; readonly fraction: number };

export type OfflineFailure =
  | Extract<OfflineProblem, 'quota' | 'network' | 'damaged' | 'internal'>
  /** Of another release, that is. */
  | 'unknown-request';

/** Service worker → every page, unasked. */
export type OfflineNotice =
  /** A stored file was damaged and has been replaced by a good one. */
  | { readonly type: 'sightline-offline-repaired'; readonly url: string }
  /** A file could not be stored. */
  | {
      readonly type: 'sightline-offline-not-stored';
      readonly url: string;
      readonly reason: Exclude<OfflineFailure, 'unknown-request'>;
    };

/** Where the service worker leaves a file that another app has shared with this one. */
export const SHARED_CACHE = 'sightline-shared';
/** Address below the root of the site that shared files are sent to; see the web manifest. */
export const SHARE_TARGET = 'share-target';
/** Parameter of the address after a file was shared. */
export const SHARED_PARAMETER = 'shared';
