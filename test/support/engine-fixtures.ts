import { DEFAULT_DETECTION_OPTIONS, type DetectionOptions } from '../../src/domain/detection.js';
import type { BackendChoice } from '../../src/domain/backend.js';
import type { EngineNotice, LoadOptions } from '../../src/protocol/index.js';

/** Where the test server keeps the compiled models and the WASM files. */
export const MODELS_URL = new URL('/models/', location.href).href;
export const WASM_URL = new URL('/engine/wasm-4.22.0/', location.href).href;
export const LITERT_URL = new URL('/engine/litert-2.5.3/', location.href).href;

export function loadOptions(
  backend: BackendChoice,
  overrides: Partial<LoadOptions> = {},
): LoadOptions {
  return {
    modelsUrl: MODELS_URL,
    wasmUrl: WASM_URL,
    liteRtUrl: LITERT_URL,
    model: 'coco-ssd',
    backend,
    runtime: 'auto',
    ...overrides,
  };
}

export function detectionOptions(overrides: Partial<DetectionOptions> = {}): DetectionOptions {
  return { ...DEFAULT_DETECTION_OPTIONS, ...overrides };
}

/** A committed photograph as an ImageBitmap, the caller's to close. */
export async function photograph(name: string): Promise<ImageBitmap> {
  const response = await fetch(`/test/fixtures/${name}.jpg`);
  return createImageBitmap(await response.blob());
}

/** Collects notices and lets a test wait for one. */
export class NoticeLog {
  readonly notices: EngineNotice[] = [];
  #waiting: (() => void)[] = [];

  readonly notify = (notice: EngineNotice): void => {
    this.notices.push(notice);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  async next(kind: EngineNotice['kind']): Promise<EngineNotice> {
    for (;;) {
      const found = this.notices.find((notice) => notice.kind === kind);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
