import type { KeyValueStore } from '../../platform/storage.js';
import type { EngineUrls } from '../types.js';
import { LazyTeaching } from './lazy-teaching.js';
import type { TeachView } from './view.js';

/** Whether something was taught on this device. */
const TAUGHT = 'taught';

export interface CreateTeaching {
  readonly urls: EngineUrls;
  readonly store: KeyValueStore;
  /** Whether heads that were on name things again as soon as the engine runs. */
  readonly wakes: boolean;
}

/** Teaching with this browser's storage. Nothing is fetched or opened before it is used. */
export function createTeaching(
  view: TeachView,
  { urls, store, wakes }: CreateTeaching,
): LazyTeaching {
  const teaching = new LazyTeaching(async (teach) => {
    const { ClassTrainerClient, LiveTeaching, NegativePack, SettingsMemory, TrainerClient } =
      await import('./teach-code.js');
    return new LiveTeaching({
      view,
      teach,
      trainer: new TrainerClient(urls.trainerUrl),
      classTrainer: new ClassTrainerClient(urls.trainerUrl),
      negatives: new NegativePack(urls.negativesUrl),
      settings: new SettingsMemory(store),
      wasmUrl: urls.wasmUrl,
      remember: (hasTaught) => {
        if (hasTaught) store.write(TAUGHT, true);
        else store.remove(TAUGHT);
      },
    });
  });
  const hasTaught = store.read(TAUGHT, (value): value is true => value === true);
  if (wakes && hasTaught === true) teaching.wakeWith(view.session);
  return teaching;
}
