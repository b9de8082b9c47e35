import type { FrameSource } from '../../src/platform/frame-source.js';
import { openFile } from '../../src/platform/file-source.js';
import { EngineClient } from '../../src/platform/engine-client.js';
import { SupervisedEngine } from '../../src/platform/supervised-engine.js';
import { LiveDetectSession } from '../../src/session/detect-session.js';
import type { DetectSessionParts } from '../../src/session/detect-session-parts.js';
import { createTeaching } from '../../src/session/teach/create-teaching.js';
import { ProbeMemory } from '../../src/session/probe-memory.js';
import type { OpenSource } from '../../src/session/source-keeper.js';
import type {
  LiveResult,
  LoadSettings,
  SessionState,
  SourceRequest,
} from '../../src/session/types.js';
import { colourWorkerUrl } from './colour-worker.js';
import type { ColourModel } from './colour-worker.js';
import { memoryStore } from './memory-store.js';
import { until } from './promises.js';

/** Sources that tests hold in their hands: opened when they say so, in the order they say. */
export class ManualSources {
  readonly asked: SourceRequest[] = [];
  readonly #answers: {
    readonly resolve: (source: FrameSource) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  readonly open: OpenSource = (request) =>
    new Promise((resolve, reject) => {
      this.asked.push(request);
      this.#answers.push({ resolve, reject });
    });

  /** Answers the nth request, from 0. */
  answer(index: number, outcome: FrameSource | Error): void {
    const answer = this.#answers[index];
    if (answer === undefined) throw new Error(`nobody asked ${String(index)} times`);
    if (outcome instanceof Error) answer.reject(outcome);
    else answer.resolve(outcome);
  }
}

/** A session with a real worker that finds mean colours, and all that it told. */
export class TestSession {
  readonly session: LiveDetectSession;
  readonly states: SessionState[] = [];
  readonly results: LiveResult[] = [];
  readonly wakeLock = { held: false };
  readonly probes: ProbeMemory;

  constructor(parts: Partial<DetectSessionParts> = {}) {
    this.probes = parts.probes ?? new ProbeMemory(memoryStore());
    const urls = {
      workerUrl: '',
      trainerUrl: '',
      modelsUrl: '/models/',
      wasmUrl: '/wasm/',
      liteRtUrl: '/litert/',
      negativesUrl: '/negatives/',
      demoUrls: [],
    };
    this.session = new LiveDetectSession({
      urls,
      createTeaching: (view) => createTeaching(view, { urls, store: memoryStore(), wakes: false }),
      engine: new SupervisedEngine(() => new EngineClient(colourWorkerUrl())),
      openSource: (request, signal) =>
        request.kind === 'file'
          ? openFile(request.file, signal)
          : Promise.reject(new Error('files only')),
      cameras: { list: () => Promise.resolve([]) },
      wakeLock: {
        hold: () => {
          this.wakeLock.held = true;
        },
        release: () => {
          this.wakeLock.held = false;
        },
      },
      battery: { watch: () => undefined, level: undefined },
      ...parts,
      probes: this.probes,
    });
    this.session.onState((state) => this.states.push(state));
    this.session.onResult((result) => this.results.push(result));
  }

  get state(): SessionState {
    return this.session.state;
  }

  /** Phases of the engine in their order, repetitions left out. */
  get enginePhases(): string[] {
    return this.states
      .map((state) => state.engine.phase)
      .filter((phase, index, phases) => phase !== phases[index - 1]);
  }

  /** Waits for more results than there are now. */
  async more(count = 1): Promise<void> {
    const wanted = this.results.length + count;
    await until(() => this.results.length >= wanted, `${String(count)} more results`);
  }

  async reaches(phase: SessionState['engine']['phase']): Promise<void> {
    await until(() => this.state.engine.phase === phase, `the engine is ${phase}`);
  }
}

export function settings(
  model: ColourModel = 'fine',
  backend: LoadSettings['backend'] = 'auto',
): LoadSettings {
  return { model, backend, runtime: 'auto' };
}
