/** Disposes what was added, last first, each once. */
export class DisposableList {
  readonly #items: { dispose(): void }[] = [];

  add<Item extends { dispose(): void }>(item: Item): Item {
    this.#items.push(item);
    return item;
  }

  dispose(): void {
    for (const item of this.#items.splice(0).reverse()) {
      try {
        item.dispose();
      } catch {
        // A lost device may refuse to free what is gone already; the rest still has to go.
      }
    }
  }
}
