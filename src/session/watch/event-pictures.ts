import { SightlineError, toSightlineError } from '../../domain/errors.js';
import type { RuleAction } from '../../domain/watch/config.js';
import { eventId, pictureId, type PictureKind } from '../../domain/watch/event-pictures.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { EventPicture } from '../../platform/event-database.js';
import { EventPictureStore } from '../../platform/event-picture-store.js';
import { Listeners } from '../../platform/listeners.js';
import type { PictureSession } from '../pictures/types.js';

/** A snapshot or clip as it is kept. */
export type KeptPicture = EventPicture;

/** When the disk is full so many of the oldest make room. */
const ROOM = 20;

/** Takes the snapshots and clips that rules ask for, and keeps them with their events. */
export class EventPictures {
  readonly #pictures: () => Pick<PictureSession, 'still' | 'clip'>;
  readonly #name: string | undefined;
  readonly #changes = new Listeners<undefined>();
  /** What is being taken, a clip for seconds. */
  readonly #taking = new Set<WatchEvent>();
  #opening: Promise<EventPictureStore> | undefined;
  #problem: SightlineError | undefined;

  /**
   * @param pictures What is shown.
   * @param name Of the database; the app's own where it is left out.
   */
  constructor(pictures: () => Pick<PictureSession, 'still' | 'clip'>, name?: string) {
    this.#pictures = pictures;
    this.#name = name;
  }

  /** Why the last one could not be kept. */
  get problem(): SightlineError | undefined {
    return this.#problem;
  }

  /** Called when one was kept, or could not be. @returns unsubscribe. */
  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  /**
   * Takes what the actions ask for; to be called with the event itself, so that the snapshot is
   * of its frame.
   *
   * @returns When everything is on the disk, or could not be taken or kept.
   */
  async take(event: WatchEvent, actions: readonly RuleAction[]): Promise<void> {
    const { still, clip } = this.#bound();
    this.#taking.add(event);
    await Promise.all([
      actions.includes('snapshot') ? this.#keep(event, 'snapshot', still()) : undefined,
      actions.includes('clip') ? this.#keep(event, 'clip', clip()) : undefined,
    ]);
    this.#taking.delete(event);
  }

  /** To be called before events are deleted: what is still being taken of those is not kept. */
  letGo(isGone: (event: WatchEvent) => boolean): void {
    for (const event of this.#taking) if (isGone(event)) this.#taking.delete(event);
  }

  /** Of one event; empty where nothing can be read. */
  async of(event: WatchEvent): Promise<readonly EventPicture[]> {
    return (await this.#guard((store) => store.of(eventId(event)))) ?? [];
  }

  /** Ids of the events that have any; see `eventId`. */
  async events(): Promise<ReadonlySet<string>> {
    const ids = (await this.#guard((store) => store.ids())) ?? [];
    return new Set(ids.map((id) => id.slice(0, id.lastIndexOf('/'))));
  }

  async close(): Promise<void> {
    const store = await this.#opening?.catch(() => undefined);
    store?.close();
    this.#opening = undefined;
    this.#changes.clear();
  }

  #bound(): { still: PictureSession['still']; clip: PictureSession['clip'] } {
    const pictures = this.#pictures();
    return { still: () => pictures.still(), clip: () => pictures.clip() };
  }

  async #keep(
    event: WatchEvent,
    kind: PictureKind,
    taken: Promise<Blob | undefined> | undefined,
  ): Promise<void> {
    const blob = await taken?.catch(() => undefined);
    if (blob === undefined) return;
    const id = eventId(event);
    const picture: EventPicture = {
      id: pictureId(id, kind),
      eventId: id,
      time: event.time,
      kind,
      blob,
      bytes: blob.size,
    };
    await this.#guard(async (store) => {
      if (!this.#taking.has(event)) return;
      await putOrMakeRoom(store, picture);
      await store.prune(Date.now());
      this.#problem = undefined;
    });
    this.#changes.emit(undefined);
  }

  async #guard<T>(work: (store: EventPictureStore) => Promise<T>): Promise<T | undefined> {
    try {
      this.#opening ??= EventPictureStore.open(this.#name);
      return await work(await this.#opening);
    } catch (thrown) {
      // A database that was taken away is opened again the next time.
      this.#opening = undefined;
      this.#problem = toSightlineError(thrown, 'storage-unavailable');
      return undefined;
    }
  }
}

async function putOrMakeRoom(store: EventPictureStore, picture: EventPicture): Promise<void> {
  try {
    await store.put(picture);
  } catch (thrown) {
    if (!(thrown instanceof SightlineError) || thrown.code !== 'storage-full') throw thrown;
    await store.removeOldest(ROOM);
    await store.put(picture);
  }
}
