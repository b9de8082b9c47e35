import { DEFAULT_DETECTION_OPTIONS } from '../../src/domain/detection.js';
import type { DetectionOptions } from '../../src/domain/detection.js';
import type { BBox } from '../../src/domain/geometry.js';
import { PROTOCOL_VERSION } from '../../src/protocol/index.js';
import type { LoadOptions } from '../../src/protocol/index.js';

/**
 * How a worker for tests presents itself. It speaks the whole protocol and
 * finds one object per frame: the picture itself, its class the mean colour
 * as `r,g,b`, its score the `iouThreshold` that it was asked with. What it is told to do besides is in `LoadOptions.model` and in
 * the deny list of a frame; see `loadAs` and `frameThat`.
 */
export interface ColourWorker {
  readonly version?: number;
  /** Whether it holds a Web Lock. */
  readonly lock?: boolean;
  readonly hello?: boolean;
  /** Says so instead of hello. */
  readonly startFailed?: string;
  /** Code that runs first. */
  readonly prelude?: string;
}

/**
 * `fine` loads; `slow` waits for an abort; `fails` has no model; `dies` ends
 * the worker; `probed` brings a probe record; `creeps` makes progress for 400 ms;
 * `hangs` blocks the worker for ever.
 */
export type ColourModel =
  'fine' | 'slow' | 'fails' | 'dies' | 'probed' | 'creeps' | 'hangs' | `${string}-fine`;

/**
 * `fail` is refused, `close` ends the worker, `throw` throws outside the call,
 * `hang` blocks the worker for ever, `wait` is answered when aborted, `late`
 * after 300 ms, `lose` loses the device and finds it again 100 ms later,
 * `lose-to-wasm` goes on without it, `lose-for-good` does not find it again,
 * `lose-in-silence` never says what became of it.
 */
export type FrameOrder =
  | 'fail'
  | 'close'
  | 'throw'
  | 'hang'
  | 'wait'
  | 'late'
  | 'lose'
  | 'lose-to-wasm'
  | 'lose-for-good'
  | 'lose-in-silence';

export function loadAs(model: ColourModel, overrides: Partial<LoadOptions> = {}): LoadOptions {
  return {
    model,
    backend: 'auto',
    runtime: 'auto',
    modelsUrl: '/models/',
    wasmUrl: '/wasm/',
    liteRtUrl: '/litert/',
    ...overrides,
  };
}

export function frameThat(order?: FrameOrder): DetectionOptions {
  const categoryDenylist = order === undefined ? [] : [order];
  return { ...DEFAULT_DETECTION_OPTIONS, categoryDenylist };
}

/** URL of a classic worker script; revoked never, as tests are short. */
export function colourWorkerUrl(worker: ColourWorker = {}): string {
  const settings = { version: PROTOCOL_VERSION, lock: true, hello: true, ...worker };
  const source = `${worker.prelude ?? ''}
    const settings = ${JSON.stringify(settings)};
    (${String(main)})(settings);`;
  return URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
}

/** Runs in the worker, so it can refer to nothing outside. */
function main(settings: Required<Pick<ColourWorker, 'version' | 'lock' | 'hello'>> & ColourWorker) {
  interface Call {
    readonly id: number;
    readonly name: string;
    readonly params: LoadOptions & {
      readonly frame: VideoFrame | ImageBitmap;
      readonly timestamp: number;
      readonly options: DetectionOptions;
    };
  }
  const scope = self as unknown as Worker & { close(): void };
  const aborts = new Map<number, () => void>();
  let loads = 0;
  let frames = 0;
  let lastLoad: LoadOptions | undefined;

  const post = (message: object) => {
    scope.postMessage(message);
  };
  const result = (id: number, value: unknown) => {
    post({ type: 'result', id, result: value });
  };
  const fail = (id: number, code: string, detail = '') => {
    post({ type: 'error', id, error: { code, detail, stack: undefined } });
  };
  const info = () => ({
    model: {
      id: lastLoad?.model,
      name: 'Mean colour',
      precision: 'float32',
      labels: ['255,0,0', '0,0,255'],
      inputWidth: 1,
      inputHeight: 1,
      featureMaps: [],
    },
    runtime: 'tfjs',
    backend: lastLoad?.backend === 'auto' ? 'cpu' : lastLoad?.backend,
    adapter: `load ${String(loads)}`,
    reason: lastLoad?.remembered ? 'remembered' : 'probed',
    probe:
      lastLoad?.model === 'probed'
        ? { key: 'k', winner: { runtime: 'tfjs', backend: 'cpu' }, timings: [] }
        : undefined,
    failures: [],
    crossOriginIsolated: false,
  });

  const succeed = (id: number, options: LoadOptions) => {
    loads++;
    lastLoad = options;
    result(id, info());
  };

  const load = (id: number, options: LoadOptions) => {
    post({ type: 'progress', id, progress: { stage: 'engine', fraction: 0.1 } });
    post({ type: 'progress', id, progress: { stage: 'model', fraction: 0.5 } });
    switch (options.model) {
      case 'slow':
        aborts.set(id, () => {
          fail(id, 'aborted');
        });
        break;
      case 'fails':
        fail(id, 'model-download-failed', 'offline');
        break;
      case 'dies':
        scope.close();
        break;
      case 'creeps':
        for (let step = 1; step <= 8; step++) {
          setTimeout(() => {
            post({ type: 'progress', id, progress: { stage: 'model', fraction: 0.5 } });
            if (step === 8) succeed(id, options);
          }, step * 50);
        }
        break;
      case 'hangs':
        for (;;);
      default:
        succeed(id, options);
    }
  };

  const meanColour = (frame: VideoFrame | ImageBitmap, width: number, height: number) => {
    const context = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
    context?.drawImage(frame, 0, 0, width, height, 0, 0, 8, 8);
    const data = context?.getImageData(0, 0, 8, 8).data ?? new Uint8ClampedArray(256);
    const mean = (channel: number) => {
      let sum = 0;
      for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
      return Math.round(sum / 64);
    };
    return `${String(mean(0))},${String(mean(1))},${String(mean(2))}`;
  };

  const detect = (id: number, { frame, timestamp, options }: Call['params']) => {
    const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
    const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
    const label = meanColour(frame, width, height);
    frame.close();
    const answer = () => {
      frames++;
      const whole: BBox = [0, 0, width, height];
      result(id, {
        detections: [{ bbox: [0, 0, width, height], class: label, score: options.iouThreshold }],
        frame: { width, height, timestamp },
        // As often as the real one looks at a picture.
        regions: Array.from({ length: options.detail === 'all' ? 5 : 1 }, () => whole),
        backend: 'cpu',
        timings: { preprocess: 1, inference: 2, postprocess: 3 },
        readbackBytes: 0,
      });
    };
    switch (options.categoryDenylist[0]) {
      case 'fail':
        fail(id, 'backend-failed', 'as ordered');
        break;
      case 'close':
        scope.close();
        break;
      case 'throw':
        setTimeout(() => {
          throw new Error('outside of any call');
        });
        break;
      case 'hang':
        for (;;);
      case 'wait':
        aborts.set(id, () => {
          fail(id, 'aborted');
        });
        break;
      case 'late':
        setTimeout(answer, 300);
        break;
      case 'lose':
      case 'lose-to-wasm':
        post({ type: 'notice', notice: { kind: 'device-lost', detail: 'as ordered' } });
        fail(id, 'device-lost');
        setTimeout(() => {
          if (lastLoad !== undefined && options.categoryDenylist[0] === 'lose-to-wasm') {
            lastLoad = { ...lastLoad, backend: 'wasm' };
          }
          post({ type: 'notice', notice: { kind: 'recovered', info: info() } });
        }, 100);
        break;
      case 'lose-for-good':
        post({ type: 'notice', notice: { kind: 'device-lost', detail: 'as ordered' } });
        fail(id, 'device-lost');
        post({ type: 'notice', notice: { kind: 'failed', detail: 'no device' } });
        break;
      case 'lose-in-silence':
        post({ type: 'notice', notice: { kind: 'device-lost', detail: 'as ordered' } });
        fail(id, 'device-lost');
        break;
      case undefined:
        answer();
    }
  };

  const call = ({ id, name, params }: Call) => {
    if (name === 'load') load(id, params);
    else if (name === 'detect') detect(id, params);
    else if (name === 'dispose') result(id, undefined);
    else if (name === 'stats') {
      result(id, {
        backend: 'cpu',
        tensors: loads,
        tensorBytes: 0,
        gpuBytes: undefined,
        frames,
        recoveries: 0,
      });
    } else fail(id, 'protocol-mismatch');
  };

  scope.addEventListener('message', ({ data }: MessageEvent<Call & { readonly type: string }>) => {
    if (data.type === 'abort') aborts.get(data.id)?.();
    else call(data);
  });
  const hello = (lock?: string) => {
    if (settings.startFailed !== undefined) {
      post({ type: 'engine-start-failed', detail: settings.startFailed });
    } else if (settings.hello) post({ type: 'hello', version: settings.version, lock });
  };
  if (!settings.lock) {
    hello();
    return;
  }
  const name = `colour-worker-${String(Math.random())}`;
  void navigator.locks.request(name, () => {
    hello(name);
    return new Promise(() => undefined);
  });
}

/** How many of these workers are alive (those with a lock). */
export async function livingColourWorkers(): Promise<number> {
  const { held = [] } = await navigator.locks.query();
  return held.filter((lock) => lock.name?.startsWith('colour-worker-')).length;
}
