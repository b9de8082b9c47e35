import { SightlineDetector } from '../../src/ui/elements/sightline-detector.js';
import { until } from './promises.js';
import { StandInSession } from './stand-in-session.js';

if (customElements.get('sightline-detector') === undefined) {
  customElements.define('sightline-detector', SightlineDetector);
}

export interface MountedDetector {
  readonly element: SightlineDetector;
  readonly session: StandInSession;
  readonly overlay: HTMLCanvasElement;
  /** What assistive technology was last told. */
  readonly announced: () => string;
}

const mounted = new Set<Element>();

/** Takes every element of `mountDetector` off the page; for `afterEach`. */
export function unmountAll(): void {
  for (const element of mounted) element.remove();
  mounted.clear();
}

type Kind<T extends Element> = abstract new () => T;

/** Part of an element's shadow tree, which must be there and of its kind. */
export function inShadow(host: Element, selector: string): HTMLElement;
export function inShadow<T extends Element>(host: Element, selector: string, kind: Kind<T>): T;
export function inShadow(
  host: Element,
  selector: string,
  kind: Kind<Element> = HTMLElement,
): Element {
  const found = host.shadowRoot?.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`${host.localName} has no ${selector} of the kind ${kind.name}`);
}

/** A detector of 400 × 400 CSS pixels on the page, with a stand-in session. */
export async function mountDetector(
  attributes: Readonly<Record<string, string>> = {},
  session = new StandInSession(),
): Promise<MountedDetector> {
  const element = document.createElement('sightline-detector');
  element.sessionFactory = () => session;
  element.style.inlineSize = '400px';
  element.style.blockSize = '400px';
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  mounted.add(element);
  await element.updateComplete;
  const overlay = inShadow(element, 'canvas.overlay', HTMLCanvasElement);
  await until(() => overlay.width === Math.round(400 * devicePixelRatio), 'the overlay has a size');
  await element.updateComplete;
  return {
    element,
    session,
    overlay,
    announced: () => inShadow(element, '[role=status]').textContent,
  };
}

/** Colour of one pixel as `#rrggbb`, or `clear` where nothing was drawn. */
export function pixel(canvas: HTMLCanvasElement | OffscreenCanvas, x: number, y: number): string {
  // The types of the two kinds of canvas do not overlap, though their methods do.
  const context = (canvas as OffscreenCanvas).getContext('2d');
  const [red = 0, green = 0, blue = 0, alpha = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
  if (alpha === 0) return 'clear';
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
