import { DEFAULT_DETECTION_OPTIONS, type Detection } from '../../../../src/domain/detection.js';
import type { TaughtClass } from '../../../../src/domain/detector-head/taught-class.js';
import type { BBox } from '../../../../src/domain/geometry.js';
import { negativesFor } from '../../../../src/domain/negatives.js';
import { EngineClient } from '../../../../src/platform/engine-client.js';
import { ClassTrainerClient } from '../../../../src/platform/class-trainer-client.js';
import { NegativePack } from '../../../../src/platform/negative-pack.js';
import type { EngineInfo } from '../../../../src/protocol/index.js';
import { learnClass } from '../../../../src/session/new-class/learn-class.js';

/** A photograph with the boxes that a person would draw, in pixels of it. */
export interface DrawnPhotograph {
  readonly url: string;
  readonly boxes: readonly BBox[];
}

export interface LearnOrder {
  readonly label: string;
  readonly photographs: readonly DrawnPhotograph[];
  readonly seed: number;
}

export interface LearnOutcome {
  readonly threshold: number;
  /** The network's own class that it began as. */
  readonly base: string;
  /** From the first box to a class that can be looked for. */
  readonly milliseconds: number;
  /** Of which the network looked at pictures. */
  readonly looking: number;
}

/** Where things lie; absolute addresses. */
export interface NewPageUrls {
  readonly workerUrl: string;
  readonly trainerUrl: string;
  readonly modelsUrl: string;
  readonly wasmUrl: string;
  readonly liteRtUrl: string;
  readonly negativesUrl: string;
}

/** The app's own way from drawn boxes to a class that is found, driven from outside. */
export class NewPage {
  #engine: EngineClient | undefined;
  #trainer: ClassTrainerClient | undefined;
  #pack: NegativePack | undefined;
  #info: EngineInfo | undefined;
  #taught: TaughtClass | undefined;

  /** @returns What the engine says that it is. */
  async open(urls: NewPageUrls): Promise<EngineInfo> {
    const { workerUrl, trainerUrl, modelsUrl, wasmUrl, liteRtUrl, negativesUrl } = urls;
    this.#engine = new EngineClient(workerUrl);
    this.#trainer = new ClassTrainerClient(trainerUrl);
    this.#pack = new NegativePack(negativesUrl);
    this.#info = await this.#engine.load({
      model: 'coco-ssd',
      backend: 'wasm',
      runtime: 'auto',
      modelsUrl,
      wasmUrl,
      liteRtUrl,
    });
    return this.#info;
  }

  /** Learns a class, which `find` then looks for. */
  async learn({ label, photographs, seed }: LearnOrder): Promise<LearnOutcome> {
    const { engine, trainer, pack, info } = this.#opened();
    const start = performance.now();
    let looking = 0;
    const negatives = negativesFor(await pack.pictures(), [label]);
    const learnt = await learnClass(
      {
        engine,
        trainer,
        pictures: photographs.map(({ url, boxes }) => ({
          // Views are drawn by the id: the port of the page must not be in it.
          id: new URL(url).pathname,
          burst: url,
          open: () => bitmapOf(url),
          boxes,
        })),
        negatives: negatives.map((picture) => ({
          id: picture.path,
          burst: picture.path,
          open: (signal) => pack.open(picture, signal),
          boxes: [],
        })),
        seed,
      },
      {
        onProgress: ({ phase }) => {
          if (phase === 'looking') looking = performance.now() - start;
        },
      },
    );
    this.#taught = { id: 'new', label, model: info.model.id, created: 0, ...learnt };
    const { labels } = (await engine.anchors(await blank())).network;
    return {
      threshold: learnt.threshold,
      base: labels[learnt.column.base] ?? '',
      milliseconds: performance.now() - start,
      looking,
    };
  }

  /** All boxes of the class in a photograph, whatever their score. */
  async find(url: string): Promise<readonly Detection[]> {
    const { engine } = this.#opened();
    if (this.#taught === undefined) throw new Error('nothing was learnt');
    const { label } = this.#taught;
    const { detections } = await engine.detect(await bitmapOf(url), 0, {
      ...DEFAULT_DETECTION_OPTIONS,
      maxResults: 100,
      categoryAllowlist: [label],
      detail: 'off',
      taught: [{ ...this.#taught, threshold: 0 }],
    });
    return detections;
  }

  /**
   * Median milliseconds of a look with and without the taught class, in turn.
   *
   * @param count Of each.
   */
  async times(url: string, count: number): Promise<{ plain: number; taught: number }> {
    const { engine } = this.#opened();
    const taken = { plain: [] as number[], taught: [] as number[] };
    const taught = this.#taught === undefined ? [] : [this.#taught];
    for (let round = 0; round < count; round++) {
      for (const kind of ['plain', 'taught'] as const) {
        const frame = await bitmapOf(url);
        const options = { ...DEFAULT_DETECTION_OPTIONS, detail: 'off' as const };
        const start = performance.now();
        await engine.detect(frame, 0, kind === 'taught' ? { ...options, taught } : options);
        taken[kind].push(performance.now() - start);
      }
    }
    const median = (values: number[]): number =>
      values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    return { plain: median(taken.plain), taught: median(taken.taught) };
  }

  #opened(): {
    engine: EngineClient;
    trainer: ClassTrainerClient;
    pack: NegativePack;
    info: EngineInfo;
  } {
    const [engine, trainer, pack, info] = [this.#engine, this.#trainer, this.#pack, this.#info];
    if (!engine || !trainer || !pack || !info) throw new Error('the page is not open');
    return { engine, trainer, pack, info };
  }
}

async function bitmapOf(url: string): Promise<ImageBitmap> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return createImageBitmap(await response.blob());
}

function blank(): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(8, 8));
}

declare global {
  var newPage: NewPage;
}

globalThis.newPage = new NewPage();
