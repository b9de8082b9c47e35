import { ACTIVATION_NAMES } from '../../domain/network/activation.js';
import { LOSS_NAMES } from '../../domain/network/loss.js';
import { OPTIMISER_NAMES } from '../../domain/network/optimiser.js';
import {
  boolean,
  list,
  number,
  oneOf,
  optional,
  record,
  ShapeError,
  text,
} from '../../domain/shape.js';
import { DEFAULT_TEACH_SETTINGS, type TeachSettings } from '../../domain/teach/settings.js';
import type { KeyValueStore } from '../../platform/storage.js';

const KEY = 'teach-settings';
const MOST_EPOCHS = 100_000;
const MOST_UNITS = 4096;

const loss = record<TeachSettings['lossOptions']>({
  labelSmoothing: number(0, 1),
  classWeights: optional(list(number(0, 1e6), 10_000)),
});

/** JSON has no infinity: there it is `null`. */
const patience = (value: unknown, where: string): number =>
  value === null || value === Infinity ? Infinity : number(1, MOST_EPOCHS)(value, where);

const settings = record<TeachSettings>({
  loss: oneOf(LOSS_NAMES),
  lossOptions: loss,
  l2: number(0, 1e6),
  optimiser: oneOf(OPTIMISER_NAMES),
  momentum: number(0, 1),
  beta1: number(0, 1),
  beta2: number(0, 1),
  epsilon: number(0, 1),
  weightDecay: number(0, 1e6),
  learningRate: number(0, 1e6),
  schedule: oneOf(['constant', 'cosine']),
  epochs: number(1, MOST_EPOCHS, true),
  batchSize: number(0, 1e6, true),
  seed: number(0, 2 ** 32 - 1, true),
  patience,
  minimumProgress: number(0, 1e6),
  denseUnits: number(0, MOST_UNITS, true),
  activation: oneOf(ACTIVATION_NAMES),
  maps: list(text(100), 20),
  normalisation: oneOf(['none', 'l2']),
  flip: boolean,
  validationSplit: number(0, 0.5),
});

/** Settings from outside, or from an older version; `undefined` unless all of them make sense. */
export function parseTeachSettings(value: unknown): TeachSettings | undefined {
  try {
    const parsed = settings(value, 'settings');
    return parsed.maps.length === 0 ? undefined : parsed;
  } catch (thrown) {
    if (thrown instanceof ShapeError) return undefined;
    throw thrown;
  }
}

/** Keeps what a person has changed under the hood. */
export class SettingsMemory {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  recall(): TeachSettings {
    const kept = this.#store.read(KEY, (value): value is unknown => value !== undefined);
    return parseTeachSettings(kept) ?? DEFAULT_TEACH_SETTINGS;
  }

  keep(changed: TeachSettings): void {
    this.#store.write(KEY, changed);
  }
}
