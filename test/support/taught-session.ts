import type { Trainer } from '../../src/protocol/training.js';
import { EngineClient } from '../../src/platform/engine-client.js';
import { HeadStore } from '../../src/platform/head-store.js';
import { ClassTrainerClient } from '../../src/platform/class-trainer-client.js';
import { NegativePack } from '../../src/platform/negative-pack.js';
import { SampleStore } from '../../src/platform/sample-store.js';
import { SupervisedEngine } from '../../src/platform/supervised-engine.js';
import { TrainerClient } from '../../src/platform/trainer-client.js';
import { ViewStore } from '../../src/platform/view-store.js';
import { LiveDetectSession } from '../../src/session/detect-session.js';
import { ProbeMemory } from '../../src/session/probe-memory.js';
import { LazyTeaching } from '../../src/session/teach/lazy-teaching.js';
import { LiveTeaching } from '../../src/session/teach/live-teaching.js';
import { SettingsMemory } from '../../src/session/teach/settings-memory.js';
import type { TeachState } from '../../src/session/teach/types.js';
import type { EngineUrls, LiveResult } from '../../src/session/types.js';
import { openFile } from '../../src/platform/file-source.js';
import { memoryStore } from './memory-store.js';
import { until } from './promises.js';
import { StageSource, type Scene } from './stage-source.js';

const at = (path: string): string => new URL(path, location.href).href;

export const URLS: EngineUrls = {
  workerUrl: at('/engine/worker.js'),
  trainerUrl: at('/engine/trainer.js'),
  modelsUrl: at('/models/'),
  wasmUrl: at('/engine/wasm-4.22.0/'),
  liteRtUrl: at('/engine/litert-2.5.3/'),
  negativesUrl: at('/negatives/'),
  demoUrls: [],
};

export const DATABASES = { samples: 'teaching-test-samples', heads: 'teaching-test-heads' };

export interface TaughtSessionOptions {
  readonly trainer?: Trainer | undefined;
  /** As after a reload: heads name things as soon as the engine runs. */
  readonly wakes?: boolean | undefined;
}

/** The real thing, from a stage before the camera to IndexedDB, the engine in its worker on WASM. */
export class TaughtSession {
  readonly session: LiveDetectSession;
  readonly teach: LazyTeaching;
  readonly states: TeachState[] = [];
  readonly results: LiveResult[] = [];
  readonly remembered: boolean[] = [];
  readonly store = memoryStore();
  stage: StageSource | undefined;
  #scene: Scene;

  constructor(scene: Scene, { trainer, wakes = false }: TaughtSessionOptions = {}) {
    this.#scene = scene;
    let teach: LazyTeaching | undefined;
    this.session = new LiveDetectSession({
      urls: URLS,
      engine: new SupervisedEngine(() => new EngineClient(URLS.workerUrl)),
      openSource: (request, signal) => {
        if (request.kind === 'file') return openFile(request.file, signal);
        this.stage = new StageSource(this.#scene);
        return Promise.resolve(this.stage);
      },
      cameras: { list: () => Promise.resolve([]) },
      probes: new ProbeMemory(this.store),
      wakeLock: { hold: () => undefined, release: () => undefined },
      battery: { watch: () => undefined, level: undefined },
      createTeaching: (view) => {
        teach = new LazyTeaching((store) =>
          Promise.resolve(
            new LiveTeaching({
              view,
              teach: store,
              trainer: trainer ?? new TrainerClient(URLS.trainerUrl),
              classTrainer: new ClassTrainerClient(URLS.trainerUrl),
              negatives: new NegativePack(URLS.negativesUrl),
              wasmUrl: URLS.wasmUrl,
              settings: new SettingsMemory(this.store),
              remember: (hasTaught) => this.remembered.push(hasTaught),
              databases: DATABASES,
            }),
          ),
        );
        if (wakes) teach.wakeWith(view.session);
        return teach;
      },
    });
    if (teach === undefined) throw new Error('the session makes its teaching');
    this.teach = teach;
    this.teach.onState((state) => this.states.push(state));
    this.session.onResult((result) => this.results.push(result));
  }

  get state(): TeachState {
    return this.teach.state;
  }

  /** Looks at the stage. */
  async start(): Promise<void> {
    await this.session.load({ backend: 'wasm', runtime: 'litert', model: 'coco-ssd' });
    await this.session.open({ kind: 'camera' });
    await this.session.start();
  }

  /** Puts something else before the camera. */
  show(scene: Scene): void {
    this.#scene = scene;
    if (this.stage !== undefined) this.stage.scene = scene;
  }

  /** Id of the track of a label, as soon as it is followed. */
  async track(label: string): Promise<number> {
    let trackId = 0;
    await until(
      () => {
        const found = this.results.at(-1)?.detections.find((one) => one.class === label);
        trackId = found?.trackId ?? 0;
        return trackId > 0;
      },
      `a ${label} is followed`,
      20_000,
    );
    return trackId;
  }

  /** Records what the detector calls `base` until there are so many examples. */
  async record(base: string, label: string, count: number): Promise<void> {
    const before = this.#count(label);
    await this.teach.record({ kind: 'track', trackId: await this.track(base) }, label);
    await until(() => this.#count(label) >= before + count, `${label} was recorded`, 30_000);
    this.teach.stopRecording();
    await until(() => this.state.recording === undefined, 'the recording has ended');
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }

  #count(label: string): number {
    return this.state.samples.filter((sample) => sample.label === label).length;
  }
}

/** Deletes what the tests have stored. */
export async function destroyTeaching(): Promise<void> {
  await SampleStore.destroy(DATABASES.samples);
  await HeadStore.destroy(DATABASES.heads);
  await ViewStore.destroy(`${DATABASES.heads}-views`);
}
