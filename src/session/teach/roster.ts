import { SightlineError } from '../../domain/errors.js';
import type { Head } from '../../domain/head.js';
import type { EngineInfo } from '../../protocol/index.js';
import type { Namer } from './namer.js';

/** Who is asked: the project's heads that are on, and those that the page lends, as far as they fit what runs. */
export class Roster {
  readonly #namer: Namer;
  /** Learns how many numbers the heads' maps give. */
  readonly #channels: Map<string, number>;
  #info: EngineInfo | undefined;
  #kept: readonly Head[] = [];
  #lent: readonly Head[] = [];

  constructor(namer: Namer, channels: Map<string, number>) {
    this.#namer = namer;
    this.#channels = channels;
  }

  /** What runs; heads for another model, or for maps that it does not have, are not asked. */
  set info(info: EngineInfo) {
    this.#info = info;
    this.#ask();
  }

  /** Heads of the project that are on. */
  keep(heads: readonly Head[]): void {
    this.#kept = heads;
    this.#ask();
  }

  /** Heads of the page around. */
  lend(heads: readonly Head[]): void {
    this.#lent = heads;
    this.#ask();
  }

  /** @throws SightlineError `head-incompatible`; while nothing runs, every head fits. */
  assertFits({ source, name }: Head): void {
    const model = this.#info?.model;
    if (model === undefined) return;
    const hasMaps = source.maps.every((map) => model.featureMaps.includes(map));
    if (source.model !== model.id || !hasMaps) {
      throw new SightlineError('head-incompatible', `"${name}" was made for ${source.model}`);
    }
  }

  #ask(): void {
    const heads = [...this.#kept, ...this.#lent].filter((head) => this.#fits(head));
    for (const { source } of heads) {
      source.maps.forEach((map, index) => {
        this.#channels.set(map, source.channels[index] ?? 0);
      });
    }
    this.#namer.heads = heads;
  }

  #fits(head: Head): boolean {
    if (this.#info === undefined) return false;
    try {
      this.assertFits(head);
      return true;
    } catch {
      return false;
    }
  }
}
