import type { BBox } from './geometry.js';

/** Where a sample was taken. */
export const SAMPLE_SOURCES = ['camera', 'screen', 'demo', 'photo', 'video', 'import'] as const;
export type SampleSource = (typeof SAMPLE_SOURCES)[number];

/** Whether a sample shows its label, or is something that must not be taken for it. */
export const SAMPLE_KINDS = ['example', 'negative'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/** A labelled example: a box in a picture. */
export interface Sample {
  readonly id: string;
  /** Of the picture that the box lies in; several samples may share one. */
  readonly pictureId: string;
  /** `[x, y, width, height]` in pixels of the picture. */
  readonly bbox: BBox;
  readonly kind: SampleKind;
  /** What it shows; of a negative, what it is not, or empty for "nothing of all". */
  readonly label: string;
  /** What the detector calls the object in the box, where it finds it by itself. */
  readonly base?: string | undefined;
  readonly source: SampleSource;
  /** Everything recorded in one go shares it; the split into training and validation goes by it. */
  readonly burst: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** A head took it for something else, and a person said that the label is right: it counts for more. */
  readonly confirmed?: boolean | undefined;
}

/** How long a label may be, in UTF-16 units. */
export const LONGEST_LABEL = 80;

/** Examples and negatives by label. */
export function countSamples(
  samples: readonly Sample[],
): Map<string, { examples: number; negatives: number }> {
  const counts = new Map<string, { examples: number; negatives: number }>();
  for (const { label, kind } of samples) {
    const count = counts.get(label) ?? { examples: 0, negatives: 0 };
    if (kind === 'example') count.examples++;
    else count.negatives++;
    counts.set(label, count);
  }
  return counts;
}
