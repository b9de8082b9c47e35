/**
 * Opens things one after the other, the next one while the last is in use.
 *
 * @param open Rejects when it must all end.
 * @param close Is called for each that was opened, also for those that nobody has had.
 */
export async function* oneAhead<Item, Opened>(
  items: readonly Item[],
  open: (item: Item) => Promise<Opened>,
  close: (opened: Opened) => void,
): AsyncGenerator<readonly [item: Item, opened: Opened]> {
  let next: Promise<Opened> | undefined;
  try {
    for (const [at, item] of items.entries()) {
      const opened = await (next ?? open(item));
      try {
        const following = items[at + 1];
        next = following === undefined ? undefined : open(following);
        // Whoever waits for it hears of what goes wrong.
        next?.catch(() => undefined);
        yield [item, opened];
      } finally {
        close(opened);
      }
    }
  } finally {
    void next?.then(close, () => undefined);
  }
}
