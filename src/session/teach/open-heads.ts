import { HeadStore } from '../../platform/head-store.js';
import { ViewStore } from '../../platform/view-store.js';
import type { ClassTrainer, EngineInfo } from '../../protocol/index.js';
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
  let views: Promise<ViewStore | undefined> | undefined;
  const finds = new NewClasses({
    store,
    teach,
    engine: view,
    trainer: classTrainer,
    negatives,
    model: () => modelOf(view)?.id,
    eyes: () => {
      const model = modelOf(view);
      return model && `${model.id} ${model.precision}`;
    },
    views: () => {
      views ??= ViewStore.open(database && `${database}-views`).catch(() => undefined);
      return views;
    },
    lookAgain: () => {
      view.lookAgain();
    },
  });
  await keeper.read();
  await finds.read();
  return { store, keeper, finds };
}

function modelOf(view: TeachView): EngineInfo['model'] | undefined {
  const { engine } = view.session.state;
  return engine.phase === 'ready' ? engine.info.model : undefined;
}
