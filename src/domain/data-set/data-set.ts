import { area, clipToSize, type BBox, type Size } from '../geometry.js';
import { LONGEST_LABEL } from '../sample.js';

/** A labelled box of a data set, `[x, y, width, height]` in pixels of its picture. */
export interface LabelledBox {
  readonly bbox: BBox;
  readonly label: string;
}

/** A picture of a data set and what is in it. */
export interface LabelledImage {
  /** As the data set names it, with slashes. */
  readonly fileName: string;
  readonly size: Size;
  readonly boxes: readonly LabelledBox[];
}

/** Why something was left out. */
export const SKIP_REASONS = ['crowd', 'empty-box', 'outside', 'no-image', 'no-label'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What a data set holds, and how much of it could not be used. */
export interface DataSet {
  readonly images: readonly LabelledImage[];
  /** In the data set's own order. */
  readonly labels: readonly string[];
  readonly skipped: ReadonlyMap<SkipReason, number>;
}

/** Counts what is left out while a data set is read. */
export class SkipCounter {
  readonly #counts = new Map<SkipReason, number>();

  get counts(): ReadonlyMap<SkipReason, number> {
    return this.#counts;
  }

  add(reason: SkipReason): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  /** The part of a box inside its picture; `undefined`, counted, where nothing of it is. */
  usable(bbox: BBox, size: Size): BBox | undefined {
    if (!bbox.every(Number.isFinite) || area(bbox) === 0) {
      this.add('empty-box');
      return undefined;
    }
    const inside = clipToSize(bbox, size);
    if (area(inside) > 0) return inside;
    this.add('outside');
    return undefined;
  }
}

/** A label as it is kept: without spaces around it and not endless. */
export function tidyLabel(label: string): string {
  return label.trim().slice(0, LONGEST_LABEL);
}
