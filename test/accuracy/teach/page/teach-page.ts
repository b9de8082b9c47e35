import type { BBox } from '../../../../src/domain/geometry.js';
import type { FeatureSource } from '../../../../src/domain/head.js';
import { answerOf } from '../../../../src/domain/teach/head-answer.js';
import type { Lesson } from '../../../../src/domain/teach/lesson.js';
import type { TeachSettings } from '../../../../src/domain/teach/settings.js';
import { teachHead } from '../../../../src/domain/teach/teach-head.js';
import { EngineClient } from '../../../../src/platform/engine-client.js';
import { HeadStore } from '../../../../src/platform/head-store.js';
import { NegativePack } from '../../../../src/platform/negative-pack.js';
import { SampleStore } from '../../../../src/platform/sample-store.js';
import { TrainerClient } from '../../../../src/platform/trainer-client.js';
import type { EngineInfo } from '../../../../src/protocol/index.js';
import { BundledNegatives } from '../../../../src/session/teach/bundled-negatives.js';
import { FeatureBank } from '../../../../src/session/teach/feature-bank.js';
import type { TeachHeadStore } from '../../../../src/session/teach/head-keeper.js';

/** Something to look at; see `Thing`. */
export interface Look {
  readonly id: string;
  readonly url: string;
  readonly bbox: BBox | undefined;
}

/** A lesson without its features, which never leave the page. */
export type LessonRef = Pick<Lesson, 'id' | 'label' | 'burst' | 'image'>;

export interface TeachOrder {
  readonly lessons: readonly LessonRef[];
  /** Ids of what is then shown to the head. */
  readonly tests: readonly string[];
  readonly settings: TeachSettings;
}

export interface TestAnswer {
  readonly id: string;
  readonly label: string;
  readonly confidence: number;
  readonly probabilities: readonly number[];
}

export interface TeachOutcome {
  readonly labels: readonly string[];
  readonly threshold: number;
  readonly temperature: number;
  readonly answers: readonly TestAnswer[];
  /** From the call to a head that answers. */
  readonly milliseconds: number;
  /** Steps of the last training, and what they took by themselves. */
  readonly steps: number;
  readonly stepMilliseconds: number;
}

/** Where things lie; absolute addresses. */
export interface TeachUrls {
  readonly workerUrl: string;
  readonly trainerUrl: string;
  readonly modelsUrl: string;
  readonly wasmUrl: string;
  readonly liteRtUrl: string;
  readonly negativesUrl: string;
}

interface Row {
  readonly features: Float32Array;
  readonly mirrored: Float32Array;
}

/** The app's own way from photographs to answers, driven from outside. */
export class TeachPage {
  readonly #rows = new Map<string, Row>();
  #engine: EngineClient | undefined;
  #trainer: TrainerClient | undefined;
  #urls: TeachUrls | undefined;
  #source: FeatureSource | undefined;
  #negatives: BundledNegatives | undefined;

  /** @returns What the engine says that it is. */
  async open(urls: TeachUrls, settings: TeachSettings): Promise<EngineInfo> {
    this.#urls = urls;
    this.#engine = new EngineClient(urls.workerUrl);
    this.#trainer = new TrainerClient(urls.trainerUrl);
    const { modelsUrl, wasmUrl, liteRtUrl } = urls;
    const info = await this.#engine.load({
      model: 'coco-ssd',
      backend: 'wasm',
      runtime: 'auto',
      modelsUrl,
      wasmUrl,
      liteRtUrl,
    });
    const { maps, normalisation } = settings;
    const channels = await Promise.all(maps.map((map) => this.#channelsOf(map)));
    this.#source = { model: info.model.id, maps, channels, normalisation };
    this.#negatives = await this.#openNegatives(urls.negativesUrl);
    return info;
  }

  /** The pack that the app teaches what is nothing, seen as the app sees it. */
  async #openNegatives(url: string): Promise<BundledNegatives> {
    const samples = await SampleStore.open('teach-accuracy-samples');
    const heads: TeachHeadStore = await HeadStore.open('teach-accuracy-heads');
    const bank = new FeatureBank(
      samples,
      {
        embed: (picture, boxes, maps) => {
          if (this.#engine === undefined) throw new Error('not open');
          return this.#engine.embed(picture, boxes, maps);
        },
      },
      new Map(),
    );
    return new BundledNegatives(new NegativePack(url), heads, bank);
  }

  /** Looks at what is bundled. @returns How many lessons of silence that gives. */
  async lookAtNegatives(): Promise<number> {
    return (await this.#bundled([])).length;
  }

  async #bundled(labels: readonly string[]): Promise<Lesson[]> {
    const [source, negatives] = [this.#source, this.#negatives];
    if (source === undefined || negatives === undefined) throw new Error('not open');
    return negatives.lessons(labels, { model: source.model, maps: source.maps });
  }

  /** Looks at things in one photograph, and remembers their features and those of their mirror images. */
  async look(url: string, looks: readonly Look[]): Promise<void> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const picture = await createImageBitmap(await response.blob());
    const { width, height } = picture;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.setTransform(-1, 0, 0, 1, width, 0);
    context?.drawImage(picture, 0, 0);
    const boxes = looks.map(({ bbox }): BBox => bbox ?? [0, 0, width, height]);
    const mirrors = boxes.map(([x, y, w, h]): BBox => [width - x - w, y, w, h]);
    const features = await this.#embed(picture, boxes);
    const mirrored = await this.#embed(canvas.transferToImageBitmap(), mirrors);
    looks.forEach(({ id }, index) => {
      const [own, other] = [features[index], mirrored[index]];
      if (own === undefined || other === undefined) throw new Error(`no features of ${id}`);
      this.#rows.set(id, { features: own, mirrored: other });
    });
  }

  /** Teaches a head and shows it what it has not seen. */
  async teach({ lessons, tests, settings }: TeachOrder): Promise<TeachOutcome> {
    const [source, urls, trainer] = [this.#source, this.#urls, this.#trainer];
    if (source === undefined || urls === undefined || trainer === undefined) {
      throw new Error('the page is not open');
    }
    const own = lessons.map((ref): Lesson => ({ ...ref, ...this.#row(ref.id) }));
    const labels = [...new Set(own.map(({ label }) => label))];
    const start = performance.now();
    const learnt = [...own, ...(await this.#bundled(labels))];
    const head = await teachHead({ lessons: learnt, source, settings }, (plan) =>
      trainer.train({ ...plan, backend: 'wasm', wasmUrl: urls.wasmUrl }),
    );
    const milliseconds = performance.now() - start;
    const answers = tests.map((id): TestAnswer => {
      const answer = answerOf(head, this.#row(id).features);
      return { id, ...answer, probabilities: [...answer.probabilities] };
    });
    return {
      labels: head.labels,
      threshold: head.threshold,
      temperature: head.temperature,
      answers,
      milliseconds,
      steps: head.result.steps,
      stepMilliseconds: head.result.milliseconds,
    };
  }

  /** Lets go of the trainer's worker, so that the next teaching has to start it. */
  restTrainer(): Promise<void> {
    this.#trainer?.dispose();
    return Promise.resolve();
  }

  async #channelsOf(map: string): Promise<number> {
    const blank = await createImageBitmap(new ImageData(8, 8));
    const rows = await this.#engine?.embed(blank, [[0, 0, 8, 8]], [map]);
    return rows?.[0]?.length ?? 0;
  }

  #embed(picture: ImageBitmap, boxes: readonly BBox[]): Promise<readonly Float32Array[]> {
    if (this.#engine === undefined || this.#source === undefined) throw new Error('not open');
    return this.#engine.embed(picture, boxes, this.#source.maps);
  }

  #row(id: string): Row {
    const row = this.#rows.get(id);
    if (row === undefined) throw new Error(`nobody has looked at ${id}`);
    return row;
  }
}

declare global {
  var teachPage: TeachPage;
}

globalThis.teachPage = new TeachPage();
