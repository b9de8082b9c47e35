import { list, number, oneOf, ShapeError, text, type Shape } from '../shape.js';

/**
 * What becomes of the pixels.
 *
 * - `blur`, `pixelate`: a few averages are left of them, too few to know anybody by; see `grain`.
 * - `cover`: one plain colour.
 * - `cut-out`: what was seen there while nothing was in front of it, or a plain colour.
 */
export const ALTERATIONS = ['blur', 'pixelate', 'cover', 'cut-out'] as const;
export type Alteration = (typeof ALTERATIONS)[number];

/** `objects`: what is found; `background`: everything but what is found. */
export const ALTERED_PARTS = ['objects', 'background'] as const;
export type AlteredPart = (typeof ALTERED_PARTS)[number];

/** `box`: with the edges of the box; `soft`: fading out around it, or of a background into it. */
export const MASK_SHAPES = ['box', 'soft'] as const;
export type MaskShape = (typeof MASK_SHAPES)[number];

/** How a picture is altered before anybody sees, keeps or gets it. */
export interface PrivacyOptions {
  readonly style: Alteration;
  readonly part: AlteredPart;
  /** Labels that it is about, taught ones too; empty for all. */
  readonly labels: readonly string[];
  readonly shape: MaskShape;
  /** Around each box, as a part of its width and height; 0 to 1. */
  readonly margin: number;
}

export const DEFAULT_PRIVACY: PrivacyOptions = {
  style: 'blur',
  part: 'objects',
  labels: ['person'],
  shape: 'box',
  margin: 0.1,
};

const MOST_LABELS = 200;

/**
 * Options out of what may be anything: each that is none is the default's. Whoever asks for
 * privacy in a way that is not understood gets it.
 *
 * @returns `undefined` for `undefined`, `null` and `false` only: off.
 */
export function usablePrivacy(value: unknown): PrivacyOptions | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  const given = typeof value === 'object' ? (value as Record<string, unknown>) : {};
  const or = <T>(shape: Shape<T>, name: string, fallback: T): T => {
    try {
      return given[name] === undefined ? fallback : shape(given[name], name);
    } catch (thrown) {
      if (thrown instanceof ShapeError) return fallback;
      throw thrown;
    }
  };
  const { style, part, labels, shape, margin } = DEFAULT_PRIVACY;
  return {
    style: or(oneOf(ALTERATIONS), 'style', style),
    part: or(oneOf(ALTERED_PARTS), 'part', part),
    labels: or(list(text(200), MOST_LABELS), 'labels', labels),
    shape: or(oneOf(MASK_SHAPES), 'shape', shape),
    margin: or(number(0, 1), 'margin', margin),
  };
}

/** Whether both ask for the same. */
export function isSamePrivacy(
  a: PrivacyOptions | undefined,
  b: PrivacyOptions | undefined,
): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
