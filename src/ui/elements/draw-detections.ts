import type { Detection } from '../../domain/detection.js';
import type { BBox, Size } from '../../domain/geometry.js';
import { UNKNOWN } from '../../domain/head.js';
import { toView, type ViewTransform } from '../../domain/view-transform.js';
import { formatPercent } from '../../i18n/format.js';
import { labelName } from '../../i18n/label-names.js';
import { t } from '../../i18n/messages.js';
import { labelColour, UNKNOWN_COLOUR, type LabelColour } from './palette.js';

/** What to draw, and where the source's pixels lie on the canvas. */
export interface Drawing {
  readonly detections: readonly Detection[];
  readonly transform: ViewTransform;
  /** The canvas, or the part of it that may be drawn on, in its own pixels. */
  readonly view: Size;
  /** Language of the label names. */
  readonly locale: string;
}

export interface DrawStyle {
  /** Canvas pixels for one CSS pixel; keeps lines and letters the same size on any screen. */
  readonly unit: number;
  readonly fontFamily: string;
  /** Thicker lines, for people who ask their system for more contrast. */
  readonly strong: boolean;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Sizes derived from the view, in canvas pixels. */
interface Metrics {
  readonly line: number;
  readonly halo: number;
  readonly font: number;
  readonly padding: number;
  readonly tagHeight: number;
  readonly radius: number;
}

const HALO = 'rgb(0 0 0 / 0.55)';

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function metrics(view: Size, style: DrawStyle): Metrics {
  const { unit } = style;
  // From a small phone to a wall display: letters grow far slower than the view.
  const shortSide = Math.min(view.width, view.height) / unit;
  const font = clamp(shortSide / 44, 13, 30) * unit;
  const line = clamp(shortSide / 220, 2, 5) * (style.strong ? 1.6 : 1);
  return {
    line: Math.max(1, Math.round(line * unit)),
    halo: Math.max(1, Math.round(unit)),
    font,
    padding: Math.round(font * 0.45),
    tagHeight: Math.round(font * 1.55),
    radius: 6 * unit,
  };
}

/**
 * A box whose lines are crisp (on whole pixels) and whole: an edge along the
 * rim of the view moves in by half a line. Edges beyond the view stay there.
 */
function sharpen(box: BBox, view: Size, size: Metrics): BBox {
  const shift = size.line % 2 === 0 ? 0 : 0.5;
  const inset = Math.ceil(size.line / 2) + size.halo;
  const sharp = (edge: number, extent: number): number => {
    const whole = Math.round(edge);
    const isInside = whole >= 0 && whole <= extent;
    return (isInside ? clamp(whole, inset, extent - inset) : whole) + shift;
  };
  const left = sharp(box[0], view.width);
  const top = sharp(box[1], view.height);
  return [
    left,
    top,
    Math.max(0, sharp(box[0] + box[2], view.width) - left),
    Math.max(0, sharp(box[1] + box[3], view.height) - top),
  ];
}

function isInView(box: BBox, view: Size): boolean {
  return box[0] < view.width && box[1] < view.height && box[0] + box[2] > 0 && box[1] + box[3] > 0;
}

function overlap(a: BBox, b: BBox): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

/**
 * Where a tag goes: on top of its box; where there is no room or another tag
 * in the way, inside the box, at the other end of it, or below. Never outside
 * the view.
 *
 * @param outset How far the box's outline reaches beyond the box.
 * @param taken Tags that are placed already.
 */
export function placeTag(
  box: BBox,
  tag: Size,
  view: Size,
  outset: number,
  taken: readonly BBox[],
): BBox {
  const left = box[0] - outset;
  const right = box[0] + box[2] + outset - tag.width;
  const above = box[1] - outset - tag.height;
  const inside = Math.max(0, box[1] - outset);
  const low = box[1] + box[3] + outset - tag.height;
  const below = box[1] + box[3] + outset;
  const corners = [
    [left, above],
    [left, inside],
    [right, above],
    [right, inside],
    [left, low],
    [left, below],
  ] as const;
  const places = corners.map(([x, y]): BBox => [
    clamp(x, 0, Math.max(0, view.width - tag.width)),
    clamp(y, 0, Math.max(0, view.height - tag.height)),
    tag.width,
    tag.height,
  ]);
  const fitting = places.filter((place, index) => place[1] === corners[index]?.[1]);
  const free = fitting.find((place) => !taken.some((other) => overlap(place, other)));
  return free ?? fitting[0] ?? [0, 0, tag.width, tag.height];
}

/** What a tag says, and how it and its box are drawn. */
interface Tag {
  readonly text: string;
  readonly colour: LabelColour;
  /** Nobody has a name for it: it is drawn so that it does not draw the eye. */
  readonly isUnknown: boolean;
}

/** A taught name comes with its head's confidence, any other with the detector's score. */
function tagOf({ class: label, score, taught }: Detection, locale: string): Tag {
  const name = labelName(label, locale);
  if (taught?.label === UNKNOWN) {
    return { text: t('overlay.unknown', name), colour: UNKNOWN_COLOUR, isUnknown: true };
  }
  const text = `${name} ${formatPercent(taught?.confidence ?? score, locale)}`;
  return { text, colour: labelColour(label), isUnknown: false };
}

function outline(context: Context, box: BBox, { colour, isUnknown }: Tag, size: Metrics): void {
  const radius = Math.min(size.radius, box[2] / 4, box[3] / 4);
  context.beginPath();
  context.roundRect(box[0], box[1], box[2], box[3], radius);
  context.lineWidth = size.line + 2 * size.halo;
  context.strokeStyle = HALO;
  context.stroke();
  context.lineWidth = size.line;
  context.strokeStyle = colour.fill;
  if (isUnknown) context.setLineDash([4 * size.line, 3 * size.line]);
  context.stroke();
  context.setLineDash([]);
}

/**
 * Draws boxes and their tags; the canvas is not cleared. Used for the live
 * overlay and for snapshots alike. Text is never mirrored, whatever the
 * transform does to the boxes.
 */
export function drawDetections(context: Context, drawing: Drawing, style: DrawStyle): void {
  const size = metrics(drawing.view, style);
  const visible = drawing.detections
    .map((detection) => ({ detection, box: toView(detection.bbox, drawing.transform) }))
    .filter(({ box }) => isInView(box, drawing.view))
    .map(({ detection, box }) => ({
      detection,
      tag: tagOf(detection, drawing.locale),
      box: sharpen(box, drawing.view, size),
    }));

  context.save();
  context.lineJoin = 'round';
  // The best last, so that it lies on top.
  for (const { box, tag } of visible.toReversed()) outline(context, box, tag, size);

  context.font = `600 ${String(size.font)}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const outset = size.line / 2 + size.halo;
  const taken: BBox[] = [];
  // The best first: it has the choice of places.
  for (const {
    box,
    tag: { text, colour },
  } of visible) {
    const width = Math.ceil(context.measureText(text).width) + 2 * size.padding;
    const place = placeTag(box, { width, height: size.tagHeight }, drawing.view, outset, taken);
    taken.push(place);
    context.beginPath();
    context.roundRect(place[0], place[1], place[2], place[3], size.radius / 2);
    context.fillStyle = colour.fill;
    context.fill();
    context.fillStyle = colour.ink;
    // Letters sit above the middle of their line box; half a pixel in twelve looks centred.
    context.fillText(text, place[0] + size.padding, place[1] + size.tagHeight * 0.53);
  }
  context.restore();
}
