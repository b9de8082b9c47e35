/**
 * Which files of a release are stored for offline use, and how. Decided by
 * where a file lies, so that a new model or runtime needs no new rule.
 */

/** One file of a release, as the build lists it for the service worker. */
export interface ReleaseFile {
  /** Path below the root of the site, e.g. `engine/worker.js`. */
  readonly url: string;
  /** Changes with the content; `null` where the path does so already. */
  readonly revision: string | null;
  /** `sha256-…` in base64, over the file as served (uncompressed). */
  readonly integrity: string;
  readonly bytes: number;
}

/**
 * Whether a file is one of the large ones (weights, runtimes, the photographs
 * for teaching), of which a device needs some and not others. They are stored by content and outlive
 * releases; everything else belongs to one release and is stored as a whole.
 */
export function isLargeFile(url: string): boolean {
  return /^models\/(?!index\.json$)|^engine\/[^/]+\/|^negatives\/.+\.webp$/.test(url);
}

/**
 * What a file is called in every release: its path without content hashes and
 * version numbers.
 */
export function fileStem(url: string): string {
  return url.replace(/[-.][0-9a-f]{8,64}(?=\.)/g, '').replace(/-?\d+\.\d+\.\d+/g, '');
}

/**
 * The large files that a new release must have before it may take over, so
 * that a device that worked without a network does so afterwards.
 *
 * @param stored Paths of the large files that the old release has stored.
 * @param release Large files of the new one.
 * @returns The counterparts of what is stored; all files where something
 *   stored has no counterpart, since what takes its place cannot be known.
 */
export function neededByUpdate(
  stored: readonly string[],
  release: readonly ReleaseFile[],
): readonly ReleaseFile[] {
  const stems = new Set(stored.map(fileStem));
  const counterparts = release.filter(({ url }) => stems.has(fileStem(url)));
  const found = new Set(counterparts.map(({ url }) => fileStem(url)));
  return [...stems].every((stem) => found.has(stem)) ? counterparts : release;
}
