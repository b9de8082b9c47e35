import type { ReactiveControllerHost } from 'lit';
import type { SightlineError } from '../../domain/errors.js';
import type { RuleAction, WatchConfig } from '../../domain/watch/config.js';
import { eventId } from '../../domain/watch/event-pictures.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import { EventPictures, type KeptPicture } from '../../session/watch/event-pictures.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';

/** An event that is looked at, with what was kept of it. */
export interface OpenedEvent {
  readonly event: WatchEvent;
  readonly pictures: readonly KeptPicture[];
}

interface PictureHost extends ReactiveControllerHost {
  readonly detector: SightlineDetector;
}

/** Snapshots and clips of events, as the Watch mode takes and shows them. */
export class PictureController {
  readonly #host: PictureHost;
  readonly #kept: EventPictures;
  #ids: ReadonlySet<string> = new Set();
  #opened: OpenedEvent | undefined;

  constructor(host: PictureHost, kept = new EventPictures(() => host.detector.pictures)) {
    this.#host = host;
    this.#kept = kept;
    kept.onChange(() => {
      void this.refresh();
    });
  }

  get opened(): OpenedEvent | undefined {
    return this.#opened;
  }

  /** Why the last one could not be kept. */
  get problem(): SightlineError | undefined {
    return this.#kept.problem;
  }

  /** Whether there is a snapshot or clip of an event. */
  readonly has = (event: WatchEvent): boolean => this.#ids.has(eventId(event));

  /** Has at hand what the rules may ask for, and no more. */
  prepare({ rules }: WatchConfig): void {
    const isAsked = (action: RuleAction): boolean =>
      rules.some(({ enabled, actions }) => enabled && actions.includes(action));
    const { pictures } = this.#host.detector;
    pictures.keepsStills = isAsked('snapshot');
    pictures.keepsClips = isAsked('clip');
  }

  /** To be called with the event itself: the snapshot is of its frame. */
  take(event: WatchEvent, actions: readonly RuleAction[]): void {
    void this.#kept.take(event, actions);
  }

  /** To be called before events are deleted. */
  letGo(isGone: (event: WatchEvent) => boolean): void {
    this.#kept.letGo(isGone);
  }

  /** Reads what there is; others may have deleted some. */
  async refresh(): Promise<void> {
    this.#ids = await this.#kept.events();
    this.#host.requestUpdate();
  }

  async open(event: WatchEvent): Promise<void> {
    this.#opened = { event, pictures: [] };
    const pictures = await this.#kept.of(event);
    if (this.#opened.event !== event) return;
    this.#opened = { event, pictures };
    this.#host.requestUpdate();
  }
}
