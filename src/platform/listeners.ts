/** Who wants to be told about one kind of thing. */
export class Listeners<T> {
  readonly #entries = new Set<{ readonly listener: (value: T) => void }>();

  /** @returns unsubscribe; the same listener may be added more than once. */
  add(listener: (value: T) => void): () => void {
    const entry = { listener };
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }

  /** Tells everyone; what one listener throws is reported and does not keep it from the others. */
  emit(value: T): void {
    for (const entry of [...this.#entries]) {
      try {
        entry.listener(value);
      } catch (thrown) {
        reportError(thrown);
      }
    }
  }

  clear(): void {
    this.#entries.clear();
  }
}
