/** What a head said of a track in one frame: a probability for each label. */
export type Opinion = ReadonlyMap<string, number>;

/** The opinions on one track so far. Replaced, never changed. */
export interface LabelVote {
  /** Mean log probability by label, newer frames counting more. */
  readonly support: ReadonlyMap<string, number>;
  /** What is shown. */
  readonly label: string;
  /** Probability of what is shown, over the frames that count. */
  readonly confidence: number;
  /** Milliseconds on the source's clock. */
  readonly timestamp: number;
}

/** After so many seconds an opinion counts half. */
const HALF_LIFE_SECONDS = 0.6;
/** How much more probable another label has to be before the shown one gives way. */
const HYSTERESIS = 1.5;
/** No single frame may rule a label out. */
const LEAST_PROBABILITY = 1e-3;

/**
 * The label to show for a track: the one that the frames of the last second or so
 * agree on, changed only when another is clearly better, so that names don't
 * flicker when one frame is blurred.
 *
 * Opinions are joined as mean log probabilities (the product of experts, tempered by
 * their number: frames of one second are anything but independent), with weights that
 * fade in time and not in frames, for the cadence varies.
 *
 * @param before What this function gave for the track's last frame.
 * @param opinion Of this frame; must name at least one label.
 */
export function vote(
  before: LabelVote | undefined,
  opinion: Opinion,
  timestamp: number,
): LabelVote {
  const kept = before === undefined ? 0 : fading(timestamp - before.timestamp);
  const support = new Map<string, number>();
  for (const label of new Set([...opinion.keys(), ...(before?.support.keys() ?? [])])) {
    const now = Math.log(Math.max(LEAST_PROBABILITY, opinion.get(label) ?? 0));
    const earlier = before?.support.get(label) ?? Math.log(LEAST_PROBABILITY);
    support.set(label, kept * earlier + (1 - kept) * now);
  }
  const best = [...support].reduce((top, entry) => (entry[1] > top[1] ? entry : top));
  const shown = support.get(before?.label ?? best[0]) ?? -Infinity;
  const isBetter = best[1] > shown + Math.log(HYSTERESIS);
  const label = before === undefined || isBetter ? best[0] : before.label;
  return { support, label, confidence: share(support, label), timestamp };
}

/** The part of the old that stays after some milliseconds; none when the clock goes back. */
export function fading(milliseconds: number): number {
  if (milliseconds < 0) return 0;
  // In the same instant there are still two opinions.
  const seconds = Math.max(milliseconds, 1) / 1000;
  return 2 ** (-seconds / HALF_LIFE_SECONDS);
}

function share(support: ReadonlyMap<string, number>, label: string): number {
  const total = [...support.values()].reduce((sum, value) => sum + Math.exp(value), 0);
  return Math.exp(support.get(label) ?? -Infinity) / total;
}
