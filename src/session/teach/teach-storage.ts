import { SampleStore } from '../../platform/sample-store.js';
import { BundledNegatives } from './bundled-negatives.js';
import type { FileParts } from './files/file-parts.js';
import type { LiveTeachingParts } from './live-teaching-parts.js';
import { openHeads, type OpenHeads } from './open-heads.js';
import { Project } from './project.js';
import type { Roster } from './roster.js';
import { Trainings } from './trainings.js';

/**
 * What teaching keeps open: the project with its samples, and the heads with what is
 * found by itself. Each is opened once, when it is first asked for, and again where that
 * went wrong.
 */
export class TeachStorage {
  readonly #parts: LiveTeachingParts;
  /** How many numbers each map gives. */
  readonly #channels: Map<string, number>;
  readonly #roster: Roster;
  readonly #opened: (project: Project) => void;
  #opening: Promise<Project> | undefined;
  #project: Project | undefined;
  #headsOpening: Promise<OpenHeads> | undefined;
  #heads: OpenHeads | undefined;
  #isDisposed = false;

  /** @param more `opened` is told of the project as soon as it can be used. */
  constructor(
    parts: LiveTeachingParts,
    more: {
      readonly channels: Map<string, number>;
      readonly roster: Roster;
      readonly opened: (project: Project) => void;
    },
  ) {
    this.#parts = parts;
    this.#channels = more.channels;
    this.#roster = more.roster;
    this.#opened = more.opened;
  }

  /** Where it is open. */
  get project(): Project | undefined {
    return this.#project;
  }

  /** Where they are open. */
  get heads(): OpenHeads | undefined {
    return this.#heads;
  }

  openProject(): Promise<Project> {
    this.#opening ??= this.#readProject().catch((thrown: unknown) => {
      // Storage that is there again can be used again.
      this.#opening = undefined;
      this.#parts.teach.set({ phase: 'failed' });
      throw thrown;
    });
    return this.#opening;
  }

  openHeads(): Promise<OpenHeads> {
    this.#headsOpening ??= this.#readHeads().catch((thrown: unknown) => {
      this.#headsOpening = undefined;
      throw thrown;
    });
    return this.#headsOpening;
  }

  /** What exports take from, and imports put into. */
  async fileParts({ book, keeper }: Project): Promise<FileParts> {
    const { teach } = this.#parts;
    const { keeper: heads, finds } = await this.openHeads();
    return {
      book,
      keeper,
      heads,
      finds,
      settings: teach.state.settings,
      changeSettings: (settings) => {
        teach.set({ settings });
      },
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#project?.dispose();
    this.#heads?.finds.dispose();
    this.#heads?.store.close();
  }

  async #readProject(): Promise<Project> {
    const { view, teach, databases, trainer, negatives, wasmUrl } = this.#parts;
    teach.set({ phase: 'opening' });
    const { store: headStore, keeper, finds } = await this.openHeads();
    const samples = await SampleStore.open(databases?.samples);
    const project = new Project(
      { view, teach, samples, heads: keeper, channels: this.#channels },
      {
        trainings: ({ book, bank }) =>
          new Trainings({
            view,
            teach,
            book,
            bank,
            heads: keeper,
            negatives: new BundledNegatives(negatives, headStore, bank),
            store: headStore,
            trainer,
            wasmUrl,
          }),
        remember: () => {
          this.#parts.remember(true);
        },
      },
    );
    await project.read();
    finds.follow(project.book);
    this.#project = project;
    this.#opened(project);
    if (this.#isDisposed) project.dispose();
    teach.set({ phase: 'ready' });
    return project;
  }

  async #readHeads(): Promise<OpenHeads> {
    const { databases } = this.#parts;
    const heads = await openHeads({
      ...this.#parts,
      roster: this.#roster,
      database: databases?.heads,
    });
    this.#heads = heads;
    if (this.#isDisposed) heads.store.close();
    return heads;
  }
}
