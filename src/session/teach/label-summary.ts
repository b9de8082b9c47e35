import type { Sample } from '../../domain/sample.js';
import type { TaughtLabel } from './types.js';

/** Samples as a view lists them. */
export interface LabelSummary {
  /** In the order in which they were first taught. */
  readonly labels: readonly TaughtLabel[];
  /** Pictures of the room without anything to be found. */
  readonly background: number;
}

/** @param samples Oldest first. */
export function summarise(samples: readonly Sample[]): LabelSummary {
  const labels = new Map<string, TaughtLabel>();
  const background = new Set<string>();
  for (const { id, label: name, kind, pictureId } of samples) {
    if (name === '') {
      background.add(pictureId);
      continue;
    }
    const known = labels.get(name) ?? { name, examples: 0, negatives: 0, cover: undefined };
    labels.set(
      name,
      kind === 'example'
        ? { ...known, examples: known.examples + 1, cover: id }
        : { ...known, negatives: known.negatives + 1 },
    );
  }
  return { labels: [...labels.values()], background: background.size };
}

/**
 * What a head that is trained now would be trained on, in a few characters: another
 * value means that it is outdated. FNV-1a over what matters of every sample.
 */
export function digestOf(samples: readonly Sample[]): string {
  let hash = 0x811c9dc5;
  const entries = samples
    .map(({ id, label, kind, confirmed }) => `${id} ${kind}${confirmed ? '!' : ''} ${label}\n`)
    .sort();
  for (const entry of entries) {
    for (let at = 0; at < entry.length; at++) {
      hash = Math.imul(hash ^ entry.charCodeAt(at), 0x01000193) >>> 0;
    }
  }
  return `${samples.length}-${hash.toString(16)}`;
}
