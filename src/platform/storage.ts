/** Small values that outlive the page. */
export interface KeyValueStore {
  /**
   * @param isValid Tells whether what was stored, perhaps by an older version
   *   or another hand, still has the expected shape.
   * @returns `undefined` where nothing valid is stored.
   */
  read<T>(key: string, isValid: (value: unknown) => value is T): T | undefined;
  /** Stores plain data; where storage is full or forbidden, at least until the page goes. */
  write(key: string, value: unknown): void;
  remove(key: string): void;
}

/**
 * The browser's localStorage, which may be switched off, full, or emptied at
 * any time: nothing here ever throws, and what cannot be stored is kept in
 * memory instead.
 */
export class LocalStore implements KeyValueStore {
  readonly #prefix: string;
  readonly #open: () => Storage;
  /** JSON by key, for what storage refused. */
  readonly #unsaved = new Map<string, string>();

  /**
   * @param prefix Put before every key, so that others on the same origin are left alone.
   * @param open Gives the storage; may throw, as `window.localStorage` does where it is forbidden.
   */
  constructor(prefix = 'sightline.', open: () => Storage = () => localStorage) {
    this.#prefix = prefix;
    this.#open = open;
  }

  read<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
    const json = this.#unsaved.get(key) ?? this.#stored(key);
    if (json === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(json);
      return isValid(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  write(key: string, value: unknown): void {
    const json = JSON.stringify(value);
    try {
      this.#open().setItem(this.#prefix + key, json);
      this.#unsaved.delete(key);
    } catch {
      this.#unsaved.set(key, json);
    }
  }

  remove(key: string): void {
    this.#unsaved.delete(key);
    try {
      this.#open().removeItem(this.#prefix + key);
    } catch {
      // Where storage is forbidden nothing was stored.
    }
  }

  #stored(key: string): string | undefined {
    try {
      return this.#open().getItem(this.#prefix + key) ?? undefined;
    } catch {
      return undefined;
    }
  }
}
