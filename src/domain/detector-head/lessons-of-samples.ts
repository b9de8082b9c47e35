import type { BBox } from '../geometry.js';
import type { Sample } from '../sample.js';
import { isSameObject } from './drawn-boxes.js';

/** What a picture teaches about one label. */
export interface LabelledPicture {
  readonly pictureId: string;
  /** Everything recorded in one go shares it. */
  readonly burst: string;
  /** Around the thing, in pixels of the picture; none where it is not to be seen. */
  readonly boxes: readonly BBox[];
}

export interface LabelLessons {
  readonly pictures: readonly LabelledPicture[];
  /** Boxes that were left out, for one object has two labels and nobody knows which is right. */
  readonly contradictions: number;
}

/**
 * What the samples of a project teach about finding one label: pictures with boxes
 * of it, and pictures that do not show it, which are the room without anything and
 * what was called "not that". Pictures of other things are neither: what is taught
 * may be in them, and nobody has drawn a box around it.
 */
export function lessonsOf(samples: readonly Sample[], label: string): LabelLessons {
  const byPicture = new Map<string, Sample[]>();
  for (const sample of samples) {
    const own = byPicture.get(sample.pictureId) ?? [];
    own.push(sample);
    byPicture.set(sample.pictureId, own);
  }
  const pictures: LabelledPicture[] = [];
  let contradictions = 0;
  for (const [pictureId, own] of byPicture) {
    const isOfLabel = (sample: Sample): boolean => sample.label === label;
    const drawn = own.filter((sample) => sample.kind === 'example' && isOfLabel(sample));
    const others = own.filter((sample) => (sample.kind === 'example') !== isOfLabel(sample));
    const clear = drawn.filter(
      ({ bbox }) => !others.some((other) => isSameObject(other.bbox, bbox)),
    );
    contradictions += drawn.length - clear.length;
    const isWithout =
      drawn.length === 0 &&
      own.some(({ kind, label: name }) => kind === 'negative' && (name === label || name === ''));
    if (clear.length > 0 || isWithout) {
      const burst = own[0]?.burst ?? pictureId;
      pictures.push({ pictureId, burst, boxes: clear.map(({ bbox }) => bbox) });
    }
  }
  return { pictures, contradictions };
}
