import { HeadStore } from '../../platform/head-store.js';
import type { ClassTrainer } from '../../protocol/index.js';
import { NewClasses } from '../new-class/new-classes.js';
import type { NegativeSource } from './bundled-negatives.js';
import { HeadKeeper, type TeachHeadStore } from './head-keeper.js';
import type { Roster } from './roster.js';
import type { TeachStore } from './teach-store.js';
import type { TeachView } from './view.js';

/** What names and finds live, which is all that is needed as long as nobody teaches anything new. */
export interface OpenHeads {
  readonly store: TeachHeadStore;
  readonly keeper: HeadKeeper;
  readonly finds: NewClasses;
}

export interface OpenHeadsParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  readonly classTrainer: ClassTrainer;
  readonly negatives: NegativeSource;
  readonly roster: Roster;
  /** Name of the database. */
  readonly database: string | undefined;
}

/** Opens what is stored of heads and has those that were on answer again. */
export async function openHeads({
  view,
  teach,
  classTrainer,
  negatives,
  roster,
  database,
}: OpenHeadsParts): Promise<OpenHeads> {
  const store: TeachHeadStore = await HeadStore.open(database);
  const keeper = new HeadKeeper(store, teach, roster);
  const finds = new NewClasses({
    store,
    teach,
    engine: view,
    trainer: classTrainer,
    negatives,
    model: () => {
      const { engine } = view.session.state;
      return engine.phase === 'ready' ? engine.info.model.id : undefined;
    },
    lookAgain: () => {
      view.lookAgain();
    },
  });
  await keeper.read();
  await finds.read();
  return { store, keeper, finds };
}
