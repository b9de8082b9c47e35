import { DEFAULT_DETECTION_OPTIONS } from '../../src/domain/detection.js';
import type {
  DetailChoice,
  DetailMode,
  Detection,
  DetectionOptions,
} from '../../src/domain/detection.js';
import type { SightlineError } from '../../src/domain/errors.js';
import type { Size } from '../../src/domain/geometry.js';
import { NOTHING_LENT } from '../../src/session/lent.js';
import { LivePicture } from '../../src/session/pictures/live-picture.js';
import { DEFAULT_LIVE_TRACKING_OPTIONS } from '../../src/session/track-keeper.js';
import { LiveWatching } from '../../src/session/watch/live-watching.js';
import type {
  DetectionResult,
  DetectSession,
  EngineInfo,
  LiveResult,
  LiveTrackingOptions,
  LoadSettings,
  Picture,
  SessionState,
  SourceInfo,
  SourceRequest,
} from '../../src/session/types.js';
import { IDLE_STATE, NO_STATS } from '../../src/ui/controllers/idle-session.js';
import { StandInTeaching } from './stand-in-teaching.js';

export const STAND_IN_INFO: EngineInfo = {
  model: {
    id: 'coco-ssd',
    name: 'COCO-SSD',
    precision: 'int8',
    labels: ['person', 'cup', 'cat', 'wine glass', 'dining table', 'spoon'],
    inputWidth: 300,
    inputHeight: 300,
    featureMaps: ['feature_0'],
    featureRegions: {},
  },
  runtime: 'litert',
  backend: 'wasm',
  adapter: 'SIMD, 2 threads',
  reason: 'probed',
  probe: undefined,
  failures: [{ runtime: 'litert', backend: 'webgpu', reason: 'No adapter' }],
  crossOriginIsolated: true,
};

/** What a stand-in shows for a request; the tests of the views decide. */
export interface StandInPicture {
  readonly size: Size;
  readonly facing?: 'user' | 'environment';
  readonly paint?: (context: CanvasRenderingContext2D) => void;
}

/**
 * A session without an engine: it opens what it is told to open, loads at
 * once, and reports what a test gives it. Deterministic, and as strict about
 * the contract's order of events as the real one.
 */
export class StandInSession implements DetectSession {
  readonly teach = new StandInTeaching();
  readonly watch = new LiveWatching();
  readonly pictures = new LivePicture(() => {
    // The picture of a test stays as it is.
  });
  lent = NOTHING_LENT;
  options: DetectionOptions = DEFAULT_DETECTION_OPTIONS;
  tracking: LiveTrackingOptions = DEFAULT_LIVE_TRACKING_OPTIONS;
  detail: DetailChoice = 'off';
  photoDetail: DetailMode = 'off';
  /** What was called, with the arguments that matter. */
  readonly calls: string[] = [];
  disposed = false;
  picture: StandInPicture = { size: { width: 400, height: 300 } };
  /** The next `open` fails with it. */
  refusal: SightlineError | undefined;
  /** What `detect` and a started source find. */
  detections: readonly Detection[] = [];
  cameraList: readonly { deviceId: string; label: string }[] = [];
  info = STAND_IN_INFO;
  /** While false, `load` waits for `finishLoad`. */
  loadsAtOnce = true;
  stats = NO_STATS;

  #state = IDLE_STATE;
  readonly #stateListeners = new Set<(state: SessionState) => void>();
  readonly #resultListeners = new Set<(result: LiveResult) => void>();
  #finishLoad: (() => void) | undefined;
  #loadCall = '';
  #loading: Promise<EngineInfo> = Promise.resolve(STAND_IN_INFO);

  get state(): SessionState {
    return this.#state;
  }

  /** Puts the session into a state, as the real one would report it. */
  set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#stateListeners) listener(this.#state);
  }

  load(settings: LoadSettings): Promise<EngineInfo> {
    const call = `load ${settings.backend} ${settings.model}`;
    const { phase } = this.#state.engine;
    const isSame = call === this.#loadCall && (phase === 'ready' || phase === 'loading');
    if (isSame) return this.#loading;
    this.calls.push(call);
    this.#loadCall = call;
    this.#loading = this.#load();
    return this.#loading;
  }

  #load(): Promise<EngineInfo> {
    if (this.loadsAtOnce) {
      this.set({ engine: { phase: 'ready', info: this.info } });
      return Promise.resolve(this.info);
    }
    this.set({ engine: { phase: 'loading', progress: { stage: 'engine', fraction: 0 } } });
    return new Promise((resolve) => {
      this.#finishLoad = () => {
        this.set({ engine: { phase: 'ready', info: this.info } });
        resolve(this.info);
      };
    });
  }

  finishLoad(): void {
    this.#finishLoad?.();
  }

  cancelLoad(): void {
    this.calls.push('cancelLoad');
    this.set({ engine: { phase: 'idle' }, running: false });
  }

  open(request: SourceRequest): Promise<SourceInfo | undefined> {
    this.calls.push(`open ${describe(request)}`);
    const before = this.#state.source;
    if (request.kind === 'none') {
      this.set({ source: { phase: 'none' }, problem: undefined });
      return Promise.resolve(undefined);
    }
    this.set({ source: { phase: 'opening', request } });
    if (this.refusal !== undefined) {
      const problem = this.refusal;
      this.refusal = undefined;
      this.set({ source: before, problem });
      return Promise.reject(problem);
    }
    const info: SourceInfo = {
      kind: request.kind === 'file' ? 'photo' : request.kind,
      label: '',
      element: paint(this.picture),
      size: this.picture.size,
      facing: this.picture.facing,
      deviceId: request.kind === 'camera' ? (request.deviceId ?? 'lens-1') : undefined,
    };
    this.set({ source: { phase: 'open', info }, problem: undefined });
    return Promise.resolve(info);
  }

  start(): Promise<void> {
    this.calls.push('start');
    this.set({ running: true });
    return Promise.resolve();
  }

  stop(): void {
    this.calls.push('stop');
    this.set({ running: false });
  }

  dismissProblem(): void {
    this.calls.push('dismissProblem');
    this.set({ problem: undefined });
  }

  detect(_picture: Picture, options?: Partial<DetectionOptions>): Promise<DetectionResult> {
    this.calls.push(`detect ${JSON.stringify(options ?? {})}`);
    return Promise.resolve(this.result());
  }

  cameras(): Promise<readonly { deviceId: string; label: string }[]> {
    return Promise.resolve(this.cameraList);
  }

  onState(listener: (state: SessionState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onResult(listener: (result: LiveResult) => void): () => void {
    this.#resultListeners.add(listener);
    return () => this.#resultListeners.delete(listener);
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }

  /**
   * One processed frame with the current detections.
   *
   * @param steady What is smoothed for the eye; the detections as they are when absent.
   */
  emit(steady?: LiveResult['steady']): void {
    const live = this.identify(this.result());
    const result = { ...live, steady: steady ?? live.steady };
    const framesProcessed = this.stats.framesProcessed + 1;
    this.stats = { ...this.stats, framesProcessed, last: result };
    for (const listener of this.#resultListeners) listener(result);
    const isPhoto = this.#state.source.phase === 'open' && this.#state.source.info.kind === 'photo';
    this.watch.see(result, this.tracking, isPhoto);
  }

  lookAgain(): Promise<LiveResult | undefined> {
    return Promise.resolve(this.identify(this.result()));
  }

  /** Numbers what was found in its order. */
  identify(result: DetectionResult): LiveResult {
    const detections = result.detections.map((item, index) => ({ ...item, trackId: index + 1 }));
    return { ...result, detections, steady: detections };
  }

  private result(): DetectionResult {
    return {
      detections: this.detections,
      frame: { ...this.picture.size, timestamp: 40 },
      regions: [[0, 0, this.picture.size.width, this.picture.size.height]],
      backend: this.info.backend,
      timings: { preprocess: 2.5, inference: 31, postprocess: 0.4 },
      readbackBytes: 2800,
    };
  }
}

function describe(request: SourceRequest): string {
  if (request.kind !== 'camera') return request.kind;
  return `camera ${request.deviceId ?? request.facing ?? ''}`.trim();
}

function paint({ size, paint: draw }: StandInPicture): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (context !== null) draw?.(context);
  return canvas;
}
