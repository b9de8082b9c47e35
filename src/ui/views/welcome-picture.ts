import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { formatPercent } from '../../i18n/format.js';
import { labelName } from '../../i18n/label-names.js';
import { labelColour } from '../elements/palette.js';

/** A thing of the drawing, boxed and named as the real ones are. */
interface Boxed {
  readonly label: string;
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly tagWidth: number;
}

const THINGS: readonly Boxed[] = [
  { label: 'potted plant', score: 0.91, x: 26, y: 38, width: 92, height: 136, tagWidth: 112 },
  { label: 'cup', score: 0.97, x: 150, y: 104, width: 80, height: 70, tagWidth: 62 },
  { label: 'clock', score: 0.88, x: 256, y: 32, width: 78, height: 78, tagWidth: 72 },
];

function boxed(thing: Boxed, locale: string): SVGTemplateResult {
  const { fill, ink } = labelColour(thing.label);
  const text = `${labelName(thing.label, locale)} ${formatPercent(thing.score, locale)}`;
  return svg`
    <rect x=${thing.x} y=${thing.y} width=${thing.width} height=${thing.height} rx="6"
      fill="none" stroke=${fill} stroke-width="3"></rect>
    <rect x=${thing.x - 1.5} y=${thing.y - 21} width=${thing.tagWidth} height="20" rx="4" fill=${fill}></rect>
    <text x=${thing.x + 5} y=${thing.y - 6.5} fill=${ink} textLength=${thing.tagWidth - 14}
      lengthAdjust="spacingAndGlyphs">${text}</text>`;
}

/** What the app does, in one drawing. Decoration: the words beside it say the same. */
export function welcomePicture(locale: string): TemplateResult {
  return html`<svg class="scene" viewBox="-22 -14 404 230" aria-hidden="true">
    <rect class="ground" x="-20" y="-12" width="400" height="226" rx="22"></rect>
    <path
      class="finder"
      d="M-20 26v-16a22 22 0 0 1 22-22h16M342 -12h16a22 22 0 0 1 22 22v16M380 176v16a22 22 0 0 1-22 22h-16M18 214h-16a22 22 0 0 1-22-22v-16"
    ></path>
    <g class="things">
      <path class="shade" d="M4 176h352" stroke-width="4" stroke-linecap="round"></path>
      <path
        class="leaf"
        d="M72 128C66 92 50 66 34 60c2 30 14 54 38 68zM72 128c0-40 4-66 4-84 16 18 18 54-4 84zM72 128c8-30 22-48 40-52-2 24-18 44-40 52z"
      ></path>
      <path class="body" d="M46 126h52l-6 42a6 6 0 0 1-6 5H58a6 6 0 0 1-6-5z"></path>
      <path class="body" d="M158 114h48v44a14 14 0 0 1-14 14h-20a14 14 0 0 1-14-14z"></path>
      <path class="line" d="M206 124h6a10 10 0 0 1 0 24h-6" stroke-width="6"></path>
      <circle class="body" cx="295" cy="71" r="32"></circle>
      <path
        class="line"
        d="M295 52v20l12 8"
        stroke-width="5"
        stroke-linecap="round"
        stroke-linejoin="round"
      ></path>
    </g>
    ${THINGS.map((thing) => boxed(thing, locale))}
  </svg>`;
}
