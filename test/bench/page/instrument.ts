import type { Detection } from '../../../src/domain/detection.js';
import type { ArmSpec } from '../arms.js';
import { between, type ProbeCounts } from './probe-counts.js';
import { Heartbeat } from './heartbeat.js';
import { openMediapipe } from './mediapipe-arm.js';
import { openOnnxruntime } from './onnxruntime-arm.js';
import { openOriginal } from './original-arm.js';
import type { PageArm, PageUrls } from './page-arm.js';
import { openSightline } from './sightline-arm.js';
import { openStock } from './stock-arm.js';

export type { PageUrls } from './page-arm.js';

/** One frame, measured. */
export interface Sample {
  /** From the call to the answer, as the page sees it. */
  readonly milliseconds: number;
  /** Longest time for which the page's thread was busy; only where it was asked for. */
  readonly longestGap: number | undefined;
  readonly gpu: ProbeCounts;
  readonly detections: readonly Detection[];
}

/** What the command outside calls in the page: one arm, one picture at a time. */
export class Instrument {
  readonly #heartbeat = new Heartbeat();
  readonly #canvas = document.createElement('canvas');
  // In the memory of the CPU, as the frames of a video file are; the same for all arms.
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });
  #arm: PageArm | undefined;

  /** @returns Backend and adapter in words. */
  async open(spec: ArmSpec, backend: string, urls: PageUrls): Promise<string> {
    this.#arm = await open(spec, backend, urls);
    return this.#arm.adapter;
  }

  /** Makes a picture the one that is looked at, in its own size. */
  async show(url: string): Promise<void> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const bitmap = await createImageBitmap(await response.blob());
    this.#canvas.width = bitmap.width;
    this.#canvas.height = bitmap.height;
    this.#context?.drawImage(bitmap, 0, 0);
    bitmap.close();
  }

  /**
   * Looks at the picture once.
   *
   * @param withHeartbeat Measures the longest gap, at the price of a busy thread.
   * @throws Error when the device is gone, or something else runs than what was asked for.
   */
  async sample(withHeartbeat: boolean): Promise<Sample> {
    const arm = this.#openArm();
    const before = await this.#livingCounts();
    if (withHeartbeat) this.#heartbeat.start();
    const start = performance.now();
    const detections = await arm.detect(this.#canvas);
    const milliseconds = performance.now() - start;
    const longestGap = withHeartbeat ? this.#heartbeat.stop() : undefined;
    const gpu = between(before, await this.#livingCounts());
    return { milliseconds, longestGap, gpu, detections };
  }

  /** The longest gap while nothing is done: what the machine itself adds. */
  async idleGap(milliseconds: number): Promise<number> {
    this.#heartbeat.start();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return this.#heartbeat.stop();
  }

  /**
   * Bytes of the page and its workers, WebAssembly included but not what lies on
   * the GPU; `undefined` where the browser does not say.
   */
  async memory(): Promise<number | undefined> {
    const { measureUserAgentSpecificMemory } = performance as {
      measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
    };
    if (!crossOriginIsolated || measureUserAgentSpecificMemory === undefined) return undefined;
    const { bytes } = await measureUserAgentSpecificMemory.call(performance);
    return bytes + (await this.#openArm().counts()).wasmBytes;
  }

  async close(): Promise<void> {
    await this.#arm?.close();
    this.#arm = undefined;
  }

  async #livingCounts(): Promise<ProbeCounts> {
    const arm = this.#openArm();
    arm.assertIntact();
    const counts = await arm.counts();
    if (counts.lost !== undefined) throw new Error(counts.lost);
    return counts;
  }

  #openArm(): PageArm {
    if (this.#arm === undefined) throw new Error('no arm is open');
    return this.#arm;
  }
}

function open(spec: ArmSpec, backend: string, urls: PageUrls): Promise<PageArm> {
  switch (spec.kind) {
    case 'stock':
      return openStock(backend, spec.readback, urls);
    case 'original':
      return openOriginal(backend, spec, urls);
    case 'sightline':
      return openSightline(spec, urls);
    case 'onnxruntime':
      return openOnnxruntime(spec, urls);
    case 'mediapipe':
      return openMediapipe(spec, urls);
  }
}

declare global {
  var instrument: Instrument;
}

globalThis.instrument = new Instrument();
