import { basename } from 'node:path';
import type { LitePrecision } from '../../models/tflite/precision.js';
import {
  permittedExecutors,
  type BackendName,
  type Executor,
  type RuntimeName,
} from '../../src/domain/backend.js';

/** What a page of the instruments can run; plain data, for it travels there. */
export type ArmSpec =
  /** Stock coco-ssd with its own defaults, or its graph and steps with asynchronous readback. */
  | { readonly kind: 'stock'; readonly readback: 'synchronous' | 'asynchronous' }
  /** The original float32 graph as published, behind Sightline's suppression. */
  | {
      readonly kind: 'original';
      /** Whether an anchor stands for its best label only, or for each of its labels. */
      readonly labels: 'best' | 'every';
      /** At most so many of the best are considered. */
      readonly candidates: number;
      readonly options: ArmOptions;
    }
  /** `<sightline-detector>` of the built site. */
  | {
      readonly kind: 'sightline';
      /** Of the element; `backend` is among them. */
      readonly attributes: Readonly<Record<string, string>>;
      /** Of each call of `detect`. */
      readonly options: ArmOptions;
      /** Whether it looks for a class that was taught as well. */
      readonly isTaught?: boolean;
      /** What `element.info` has to say, so that nothing else is measured by mistake. */
      readonly expects: Readonly<Record<'runtime' | 'backend' | 'precision', string>>;
    }
  /** ONNX Runtime with the network as ONNX, and around it what a developer has to write. */
  | { readonly kind: 'onnxruntime'; readonly provider: 'wasm' | 'webgpu' }
  /** `ObjectDetector` of MediaPipe Tasks. */
  | {
      readonly kind: 'mediapipe';
      readonly delegate: 'CPU' | 'GPU';
      /** File name in the folder of the rivals' models. */
      readonly model: string;
    };

/** Detection options that differ from the defaults. */
export type ArmOptions = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One contestant of the bench. */
export interface BenchArm {
  readonly id: string;
  readonly title: string;
  readonly spec: ArmSpec;
  /** How its boxes are held against those of the original network; `same` when absent. */
  readonly check?: BoxCheck;
  /** The arm that it is to be hardly slower than. */
  readonly beside?: string;
  /** It looks at tiles as well, for which it may take as long as stock. */
  readonly looksCloser?: boolean;
}

/** What is asked of the boxes of an arm. */
export type BoxCheck =
  /** All that the original is sure of, nothing else, at the same place. */
  | 'same'
  /** All that the original is sure of; there may be more, and boxes may lie better or a little off. */
  | 'all-found'
  /** The surest find of each frame: other weights see other boxes. */
  | 'surest';

/** Stock, the one that all others are compared with. */
export const BASELINE = 'stock';

/** How runtimes are called in tables. */
export const RUNTIME_TITLES: Readonly<Record<RuntimeName, string>> = {
  litert: 'LiteRT',
  tfjs: 'tfjs',
};

/** The precision that a runtime takes on a backend by itself. */
export function usualPrecision({ runtime, backend }: Executor): string {
  return runtime === 'litert' && backend === 'wasm' ? 'int8' : 'float16';
}

/** What a model file of the user's own is called where it is served. */
export const GIVEN_MODEL = 'given.tflite';

/** Our own network in a precision, as MediaPipe takes it. */
export function mediapipeModel(precision: LitePrecision): string {
  return `coco-ssd.${precision}.tflite`;
}

/**
 * The contestants on one backend: stock twice, Sightline in every runtime that
 * there is, and what else a developer could take.
 *
 * @param mediapipeFile Path of another detector for MediaPipe.
 */
export function benchArms(backend: BackendName, mediapipeFile?: string): readonly BenchArm[] {
  return [
    {
      id: BASELINE,
      title: 'stock coco-ssd detect()',
      spec: { kind: 'stock', readback: 'synchronous' },
    },
    {
      id: 'stock-async',
      title: 'stock graph, asynchronous readback',
      spec: { kind: 'stock', readback: 'asynchronous' },
    },
    ...permittedExecutors(backend, 'auto').map(sightlineArm),
    ...taughtArms(backend),
    ...detailArms(backend),
    ...onnxruntimeArms(backend),
    ...mediapipeArms(backend, mediapipeFile),
  ];
}

function sightlineArm(executor: Executor): BenchArm & { spec: { kind: 'sightline' } } {
  const { backend, runtime } = executor;
  const precision = usualPrecision(executor);
  return {
    id: `sightline-${runtime}`,
    title: `Sightline, ${RUNTIME_TITLES[runtime]} ${precision}`,
    spec: {
      kind: 'sightline',
      attributes: { backend, runtime },
      options: {},
      expects: { runtime, backend, precision },
    },
  };
}

/** What one taught class costs, in the runtime that is taken by itself. */
function taughtArms(backend: BackendName): readonly BenchArm[] {
  return permittedExecutors(backend, 'auto')
    .slice(0, 1)
    .map((executor) => {
      const plain = sightlineArm(executor);
      return {
        ...plain,
        id: `${plain.id}-taught`,
        title: `${plain.title}, one taught class`,
        spec: { ...plain.spec, isTaught: true },
        beside: plain.id,
      };
    });
}

/** Time with one taught class as a multiple of the time without. */
export const TAUGHT_BUDGET = 1.05;

/** Where a closer look is to cost no more than one look of stock. */
function detailArms(backend: BackendName): readonly BenchArm[] {
  if (backend !== 'wasm') return [];
  return [
    {
      id: 'sightline-litert-detail',
      title: 'Sightline, LiteRT int8, detail',
      spec: {
        kind: 'sightline',
        attributes: { backend, runtime: 'litert' },
        options: { detail: 'all' },
        expects: { runtime: 'litert', backend, precision: 'int8' },
      },
      check: 'all-found',
      looksCloser: true,
    },
  ];
}

function onnxruntimeArms(backend: BackendName): readonly BenchArm[] {
  if (backend !== 'wasm' && backend !== 'webgpu') return [];
  return [
    {
      id: 'onnxruntime',
      title: 'onnxruntime-web, float32',
      spec: { kind: 'onnxruntime', provider: backend },
    },
  ];
}

/** MediaPipe computes with XNNPACK or with WebGL; each takes the precision that Sightline takes there. */
function mediapipeArms(backend: BackendName, file: string | undefined): readonly BenchArm[] {
  if (!MEDIAPIPE_BACKENDS.includes(backend)) return [];
  const delegate = backend === 'wasm' ? 'CPU' : 'GPU';
  const precision = backend === 'wasm' ? 'int8' : 'float16';
  const own: BenchArm = {
    id: 'mediapipe',
    title: `MediaPipe Tasks, ${precision}`,
    spec: { kind: 'mediapipe', delegate, model: mediapipeModel(precision) },
    // It has a resize of its own.
    check: 'all-found',
  };
  if (file === undefined) return [own];
  const given: BenchArm = {
    id: 'mediapipe-given',
    title: `MediaPipe Tasks, ${basename(file)} (other weights)`,
    spec: { kind: 'mediapipe', delegate, model: GIVEN_MODEL },
    check: 'surest',
  };
  return [own, given];
}

/** Where there is anything of MediaPipe to compare with. */
export const MEDIAPIPE_BACKENDS: readonly BackendName[] = ['wasm', 'webgl'];

/** Ratios to stock that are to be reached (DESIGN.md, section 8). */
export function ratioBudget(
  backend: BackendName,
  isRealGpu: boolean,
  looksCloser: boolean,
): number | undefined {
  if (looksCloser) return 1;
  switch (backend) {
    case 'wasm':
      return 0.3;
    case 'webgpu':
      return isRealGpu ? 0.35 : 0.25;
    case 'webgl':
      return 0.7;
    case 'cpu':
      return undefined;
  }
}
