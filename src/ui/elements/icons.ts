import { html, svg, type TemplateResult } from 'lit';
import { labelColour } from './palette.js';

/** Outlines on a grid of 24, drawn for this project. */
const PATHS = {
  camera:
    'M4 8.5A1.5 1.5 0 0 1 5.5 7h2.2l1.4-2h5.8l1.4 2h2.2A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 16a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z',
  flip: 'M4 8.5A1.5 1.5 0 0 1 5.5 7h2.2l1.4-2h5.8l1.4 2h2.2A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM8.8 12a3.3 3.3 0 0 1 5.8-1.2M15 9v2.1h-2.1M15.2 13.4a3.3 3.3 0 0 1-5.8 1.2M9 16.4v-2.1h2.1',
  photo:
    'M5.5 4.5h13A1.5 1.5 0 0 1 20 6v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5zM4.5 17l4.6-4.8 3.6 3.6 2.6-2.5 4.2 4.2M15.2 9.3h.01',
  screen: 'M4.5 5h15v10.5h-15zM9 19.5h6M12 15.5v4',
  demo: 'M5 4.5h14v15H5zM5 8.5h14M5 15.5h14M9 4.5v4M15 4.5v4M9 15.5v4M15 15.5v4',
  labels: 'M4 5h7.2l8.3 8.3-6.2 6.2L4.5 11zM8 8.6h.01',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  play: 'M7.5 5.2v13.6L18.8 12z',
  snapshot:
    'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M12 15.6a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2z',
  mirror: 'M12 4v16M8.5 8 4 16.5h4.5zM15.5 8l4.5 8.5h-4.5z',
  fullscreen: 'M4 9V4.5h4.5M15.5 4.5H20V9M20 15v4.5h-4.5M8.5 19.5H4V15',
  details: 'M4.5 16a7.5 7.5 0 1 1 15 0M12 16l3.6-5.2M4.5 19.5h15',
  help: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.6 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.8M12 16.4h.01',
  more: 'M5 12a.7.7 0 1 0 1.4 0A.7.7 0 1 0 5 12M11.3 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M17.6 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  search: 'M10.8 17.2a6.4 6.4 0 1 0 0-12.8 6.4 6.4 0 0 0 0 12.8zM15.6 15.6 20 20',
  lock: 'M6.5 10.5h11v9h-11zM9 10.5V8a3 3 0 0 1 6 0v2.5',
  alert: 'M12 4 21 19.5H3zM12 10v4.4M12 17h.01',
  off: 'M12 4v7.5M7.2 7a7 7 0 1 0 9.6 0',
  share: 'M12 14.5V4M8.2 7.6 12 4l3.8 3.6M6 11.5H5V20h14v-8.5h-1',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  app: 'M8 3.5h8A1.5 1.5 0 0 1 17.5 5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5zM12 7v6.5M9.4 11l2.6 2.5 2.6-2.5M10 17.3h4',
  teach: 'M3 9.2 12 5l9 4.2-9 4.2zM6.5 11v4.6c1.5 1.6 3.3 2.4 5.5 2.4s4-.8 5.5-2.4V11M20.5 9.6v5.2',
  learn:
    'M12 6.5c-1.8-1.3-4.3-2-7.5-2v13c3.2 0 5.7.7 7.5 2 1.8-1.3 4.3-2 7.5-2v-13c-3.2 0-5.7.7-7.5 2zM12 6.5v13',
  draw: 'M4.5 8V5.5a1 1 0 0 1 1-1H8M11 4.5h2M16 4.5h2.5a1 1 0 0 1 1 1V8M19.5 11v2M8 19.5H5.5a1 1 0 0 1-1-1V16M4.5 11v2M12 19.5h1M15 15l6 2-2.6 1.4L17 21z',
  room: 'M5 20V5.5L13 3.5v17zM13 5.5h6V20M3.5 20h17M10 12h.01',
  quality: 'M4.5 19.5h15M7 16v-4M12 16V6.5M17 16v-7',
  files:
    'M5 20.5V5.5A1.5 1.5 0 0 1 6.5 4h4l2 2.5h5A1.5 1.5 0 0 1 19 8v12.5zM12 10v6M9.5 13.6l2.5 2.6 2.5-2.6',
  undo: 'M8.5 4.5 4.5 8.5l4 4M5 8.5h8.5a5.5 5.5 0 0 1 0 11H9',
  trash: 'M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5l1 13.5h9l1-13.5M10 10v6.5M14 10v6.5',
  code: 'M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h2.5v2.5h-2.5zM19.5 13.5v2.5M17 19.5h2.5v-1.5M13.5 19.5h.01M7.5 7.5h.01M16.5 7.5h.01M7.5 16.5h.01',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  settings:
    'M4.5 7.5h9M17.5 7.5h2M4.5 16.5h2M10.5 16.5h9M15.5 9.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.5 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  watch:
    'M3 6.5 6 4h12l3 2.5v11L18 20H6l-3-2.5zM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM12 12h.01',
  zone: 'M5 7.5 17 4.5l2.5 11L8 19.5zM5 7.5h.01M17 4.5h.01M19.5 15.5h.01M8 19.5h.01',
  line: 'M4 17.5 20 13.5M11.5 12.5 9.8 5.5M7 8.2l2.8-2.7 3.4 1.2',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  shield: 'M12 3.5 19 6v5.5c0 4.2-2.8 7.3-7 9-4.2-1.7-7-4.8-7-9V6zM9 12l2.2 2.2L15.2 10',
  save: 'M12 4v10.5M8.2 11 12 14.6 15.8 11M5 19.5h14',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon; it is decoration, so a text or a label must stand beside it. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]}></path>
  </svg>`;
}

/**
 * The spot in a label's colour. Its colour is an attribute and no style, since
 * the page's security policy forbids inline styles.
 */
export function labelDot(label: string): TemplateResult {
  return html`<svg class="dot" viewBox="0 0 12 12" aria-hidden="true">
    ${svg`<circle cx="6" cy="6" r="5" fill=${labelColour(label).fill} stroke="#000" stroke-opacity="0.45"></circle>`}
  </svg>`;
}

/** The mark of the app: an eye in a viewfinder. */
export function mark(): TemplateResult {
  return html`<svg class="mark" viewBox="88 88 336 336" aria-hidden="true" fill="none">
    <g stroke-linecap="round" stroke-linejoin="round" stroke="currentColor">
      <path
        class="frame"
        stroke-width="32"
        d="M104 186v-46a36 36 0 0 1 36-36h46M326 104h46a36 36 0 0 1 36 36v46M408 326v46a36 36 0 0 1-36 36h-46M186 408h-46a36 36 0 0 1-36-36v-46"
      ></path>
      <path class="eye" stroke-width="28" d="M150 256q106-116 212 0q-106 116-212 0z"></path>
    </g>
    <circle class="pupil" cx="256" cy="256" r="30"></circle>
  </svg>`;
}
