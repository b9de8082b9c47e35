import type { FeatureSource } from '../../domain/head.js';
import type { SampleStore } from '../../platform/sample-store.js';
import { Advisor } from './advisor.js';
import { FeatureBank } from './feature-bank.js';
import type { HeadKeeper } from './head-keeper.js';
import { Keeper } from './keeper.js';
import { PictureAdder } from './picture-adder.js';
import { Recordings } from './recordings.js';
import { SampleBook } from './sample-book.js';
import type { TeachStore } from './teach-store.js';
import type { Trainings } from './trainings.js';
import type { TeachView } from './view.js';

export interface ProjectParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  /** The project takes it over. */
  readonly samples: SampleStore;
  readonly heads: HeadKeeper;
  /** Is told how many numbers each map gives. */
  readonly channels: Map<string, number>;
}

/** An opened project: its samples and everything that is done with them. */
export class Project {
  readonly book: SampleBook;
  readonly bank: FeatureBank;
  readonly keeper: Keeper;
  readonly recordings: Recordings;
  readonly pictures: PictureAdder;
  readonly trainings: Trainings;
  readonly #teach: TeachStore;
  readonly #advisor: Advisor;
  readonly #store: SampleStore;

  constructor(
    { view, teach, samples, heads, channels }: ProjectParts,
    make: {
      readonly trainings: (own: Pick<Project, 'book' | 'bank'>) => Trainings;
      /** There is something now that is worth coming back to. */
      readonly remember: () => void;
    },
  ) {
    this.#store = samples;
    this.#teach = teach;
    this.book = new SampleBook(samples, teach);
    this.bank = new FeatureBank(samples, view, channels);
    this.keeper = new Keeper({ view, teach, book: this.book, bank: this.bank }, () => {
      make.remember();
      this.trainings.warm();
    });
    const { book, bank, keeper } = this;
    this.recordings = new Recordings({ view, teach, book, bank, keeper });
    this.pictures = new PictureAdder({ view, book, keeper });
    this.trainings = make.trainings(this);
    this.#advisor = new Advisor({
      teach,
      bank,
      model: () => keeper.model,
      trainedOn: () => heads.trainedOn,
    });
  }

  /** What heads that are trained now would look at; `undefined` while no engine is loaded. */
  async featureSource(): Promise<FeatureSource | undefined> {
    const { model } = this.keeper;
    if (model === undefined) return undefined;
    const { maps, normalisation } = this.#teach.state.settings;
    return { model, maps, channels: await this.bank.channels({ model, maps }), normalisation };
  }

  /** Shows what is stored. */
  async read(): Promise<void> {
    await this.book.read();
    await this.trainings.read();
  }

  dispose(): void {
    this.trainings.cancel();
    void this.recordings.stop();
    this.#advisor.dispose();
    this.#store.close();
  }
}
