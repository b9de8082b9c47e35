import { intersectionOverUnion, type BBox } from '../geometry.js';
import type { Sample } from '../sample.js';
import { isSameObject } from './drawn-boxes.js';
import { partAround } from './views.js';

/** What a picture teaches about one label. */
export interface LabelledPicture {
  readonly pictureId: string;
  /** Everything recorded in one go shares it. */
  readonly burst: string;
  /** Around the thing, in pixels of the picture; none where it is not to be seen. */
  readonly boxes: readonly BBox[];
}

/** Something else that was taught. */
export interface OtherThing extends Omit<LabelledPicture, 'boxes'> {
  /** Of the picture: the thing and a little around it, and nothing of the label. */
  readonly part: BBox;
}

export interface LabelLessons {
  readonly pictures: readonly LabelledPicture[];
  /** Examples of other labels: there, and only there, it is clear what is to be seen. */
  readonly others: readonly OtherThing[];
  /** Boxes that were left out, for one object has two labels and nobody knows which is right. */
  readonly contradictions: number;
}

/**
 * What the samples of a project teach about finding one label: pictures with boxes
 * of it, and pictures that do not show it, which are the room without anything and
 * what was called "not that". Of pictures of other things only the boxes around those
 * say something: what is taught may be beside them, and nobody has drawn a box around it.
 */
export function lessonsOf(samples: readonly Sample[], label: string): LabelLessons {
  const byPicture = new Map<string, Sample[]>();
  for (const sample of samples) {
    const own = byPicture.get(sample.pictureId) ?? [];
    own.push(sample);
    byPicture.set(sample.pictureId, own);
  }
  const pictures: LabelledPicture[] = [];
  const others: OtherThing[] = [];
  let contradictions = 0;
  for (const [pictureId, own] of byPicture) {
    const isOfLabel = (sample: Sample): boolean => sample.label === label;
    const drawn = own.filter((sample) => sample.kind === 'example' && isOfLabel(sample));
    const denied = own.filter((sample) => (sample.kind === 'example') !== isOfLabel(sample));
    const clear = drawn.filter(
      ({ bbox }) => !denied.some((other) => isSameObject(other.bbox, bbox)),
    );
    contradictions += drawn.length - clear.length;
    const isWithout =
      drawn.length === 0 &&
      own.some(({ kind, label: name }) => kind === 'negative' && (name === label || name === ''));
    const burst = own[0]?.burst ?? pictureId;
    for (const sample of own) {
      if (sample.kind !== 'example' || isOfLabel(sample)) continue;
      const part = partAround(sample.bbox);
      if (drawn.some(({ bbox }) => intersectionOverUnion(bbox, part) > 0)) continue;
      others.push({ pictureId, burst, part });
    }
    if (clear.length > 0 || isWithout) {
      pictures.push({ pictureId, burst, boxes: clear.map(({ bbox }) => bbox) });
    }
  }
  return { pictures, others, contradictions };
}
