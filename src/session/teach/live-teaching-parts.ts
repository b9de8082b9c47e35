import type { ClassTrainer } from '../../protocol/index.js';
import type { Trainer } from '../../protocol/training.js';
import type { NegativeSource } from './bundled-negatives.js';
import type { SettingsMemory } from './settings-memory.js';
import type { TeachStore } from './teach-store.js';
import type { TeachView } from './view.js';

/** What teaching is made of. */
export interface LiveTeachingParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  readonly trainer: Trainer;
  readonly classTrainer: ClassTrainer;
  readonly negatives: NegativeSource;
  /** Folder of TensorFlow.js's WASM files, absolute, with a trailing slash. */
  readonly wasmUrl: string;
  readonly settings: SettingsMemory;
  /** Told whether there is anything to come back to after a reload. */
  readonly remember: (hasTaught: boolean) => void;
  /** Names of both databases. */
  readonly databases?: { readonly samples: string; readonly heads: string } | undefined;
}
