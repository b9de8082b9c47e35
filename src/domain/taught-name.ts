import type { Detection, DetectionOptions, TaughtName } from './detection.js';
import { UNKNOWN } from './head.js';

/** Which labels are wanted. */
export type LabelLists = Pick<DetectionOptions, 'categoryAllowlist' | 'categoryDenylist'>;

/** A detection with the name that a head has for it; where it has none, the detector's stays. */
export function withName<Found extends Detection>(detection: Found, taught: TaughtName): Found {
  const label = taught.label === UNKNOWN ? taught.base : taught.label;
  return { ...detection, class: label, taught };
}

/** A detection under the detector's own label, as tracking needs it: names may come and go. */
export function withoutName<Found extends Detection>(detection: Found): Found {
  const { taught } = detection;
  return taught === undefined ? detection : { ...detection, class: taught.base, taught: undefined };
}

/**
 * Whether a detection is wanted. Lists may name what a head calls it as well as
 * what the detector does; what is denied under either name is not wanted.
 */
export function isWanted(
  { class: label, taught }: Detection,
  { categoryAllowlist, categoryDenylist }: LabelLists,
): boolean {
  const names = taught === undefined ? [label] : [label, taught.base];
  const isAllowed =
    categoryAllowlist.length === 0 || names.some((name) => categoryAllowlist.includes(name));
  return isAllowed && !names.some((name) => categoryDenylist.includes(name));
}

/** A name that a head gives, and the detector's labels that it gives it to; none for all. */
export interface TaughtCategory {
  readonly label: string;
  readonly bases: readonly string[];
}

/**
 * The lists for the detector, which knows nothing of taught names: wide enough that
 * everything that `isWanted` is found.
 */
export function listsForDetector(
  { categoryAllowlist, categoryDenylist }: LabelLists,
  taught: readonly TaughtCategory[],
): LabelLists {
  const wanted = taught.filter(({ label }) => categoryAllowlist.includes(label));
  const isOpen = wanted.some(({ bases }) => bases.length === 0);
  const bases = wanted.flatMap((category) => category.bases);
  return {
    categoryAllowlist: isOpen ? [] : [...new Set([...categoryAllowlist, ...bases])],
    categoryDenylist,
  };
}
