import type { Detection } from '../../domain/detection.js';
import type { Size } from '../../domain/geometry.js';
import { viewTransform, type Fit } from '../../domain/view-transform.js';
import { drawDetections } from './draw-detections.js';

/** What the overlay shows, and how the picture under it lies. */
export interface Scene {
  readonly detections: readonly Detection[];
  /** Pixels of the picture that the boxes speak of. */
  readonly source: Size;
  readonly fit: Fit;
  readonly mirrored: boolean;
  readonly locale: string;
}

/**
 * Keeps a canvas at the resolution of the screen under it and draws boxes on
 * it. Imperative by design: it is called for every frame.
 */
export class Overlay {
  readonly #canvas: HTMLCanvasElement;
  readonly #onResize: (view: Size) => void;
  readonly #observer: ResizeObserver;
  readonly #moreContrast = matchMedia('(prefers-contrast: more)');
  #scene: Scene | undefined;
  /** Device pixels for one of CSS when last measured. */
  #unit = devicePixelRatio;
  #fontFamily = 'sans-serif';

  /** @param onResize Called with the view in device pixels whenever it changes. */
  constructor(canvas: HTMLCanvasElement, onResize: (view: Size) => void) {
    this.#canvas = canvas;
    this.#onResize = onResize;
    this.#observer = new ResizeObserver((entries) => {
      const entry = entries.at(-1);
      if (entry !== undefined) this.#resize(entry);
    });
  }

  /** Follows the size of the element and the resolution of the screen. */
  observe(): void {
    this.#observer.disconnect();
    try {
      this.#observer.observe(this.#canvas, { box: 'device-pixel-content-box' });
    } catch {
      // Safari has no such box; the size is computed from CSS pixels instead.
      this.#observer.observe(this.#canvas);
    }
  }

  disconnect(): void {
    this.#observer.disconnect();
  }

  /** Shows a scene until the next one; `undefined` clears. */
  show(scene: Scene | undefined): void {
    this.#scene = scene;
    // On another screen an element may keep its size in CSS pixels, and not every browser tells.
    if (devicePixelRatio !== this.#unit) this.observe();
    this.#draw();
  }

  #resize(entry: ResizeObserverEntry): void {
    const [css] = entry.contentBoxSize;
    // Missing in Safari, whatever the types say.
    const [exact] = (entry.devicePixelContentBoxSize as ResizeObserverSize[] | undefined) ?? [];
    const width = devicePixels(css?.inlineSize ?? 0, exact?.inlineSize);
    const height = devicePixels(css?.blockSize ?? 0, exact?.blockSize);
    this.#unit = devicePixelRatio;
    this.#fontFamily = getComputedStyle(this.#canvas).fontFamily;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#onResize({ width, height });
    this.#draw();
  }

  #draw(): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext('2d');
    if (context === null || width === 0 || height === 0) return;
    context.clearRect(0, 0, width, height);
    const scene = this.#scene;
    if (scene === undefined || scene.detections.length === 0) return;
    const view = { width, height };
    drawDetections(
      context,
      {
        detections: scene.detections,
        transform: viewTransform(scene.source, view, scene.fit, scene.mirrored),
        view,
        locale: scene.locale,
      },
      { unit: this.#unit, fontFamily: this.#fontFamily, strong: this.#moreContrast.matches },
    );
  }
}

/**
 * A length on the screen. The browser knows best how it rounds, but where a
 * screen is emulated it may speak of the one underneath.
 */
function devicePixels(css: number, exact: number | undefined): number {
  const computed = css * devicePixelRatio;
  const isPlausible = exact !== undefined && Math.abs(exact - computed) <= 1;
  return isPlausible ? exact : Math.round(computed);
}
