import type { ReactiveControllerHost } from 'lit';
import { toSightlineError, type SightlineError } from '../../domain/errors.js';
import { NO_FILTER, LOG_BOUNDS, type LogFilter } from '../../domain/watch/event-log.js';
import type { EventNumbers } from '../../domain/watch/event-tally.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import { EventLog, type LogState } from '../../session/watch/event-log.js';
import { exportEvents, type ExportFormat } from '../../session/watch/export-events.js';
import type { KeptEvent } from '../../session/watch/log-reader.js';
import { saveFile } from '../share-file.js';

/** Events that are listed; all others are found by the filter, and are in the files. */
const MOST_LISTED = 200;
/** The list is read again at most this often … */
const REFRESH_MS = 1000;
/** … and takes no more than this part of the time. */
const LARGEST_SHARE = 0.1;

/** What the page with the log shows. */
export interface LogView extends LogState {
  readonly filter: LogFilter;
  /** Newest first. */
  readonly listed: readonly KeptEvent[];
  /** About all that fit the filter; `undefined` before they were counted. */
  readonly numbers: EventNumbers | undefined;
  /** A file is being made. */
  readonly isSaving: boolean;
}

/** The log as the Watch mode shows it: filtered, written to files, deleted. */
export class LogController {
  readonly #host: ReactiveControllerHost;
  readonly #log: EventLog;
  #filter = NO_FILTER;
  #listed: readonly KeptEvent[] = [];
  #numbers: EventNumbers | undefined;
  #fault: SightlineError | undefined;
  #isSaving = false;
  #isShown = false;
  #isDue = false;
  /** Milliseconds that the log took to be read the last time. */
  #readMs = 0;

  constructor(host: ReactiveControllerHost, log = new EventLog()) {
    this.#host = host;
    this.#log = log;
    log.onChange(() => {
      this.#host.requestUpdate();
      if (this.#isShown) this.#readSoon();
    });
    void log.open();
    // What waits is written before the page goes; what came in its last moments may not be.
    addEventListener('pagehide', () => void log.flush());
  }

  get view(): LogView {
    const { state } = this.#log;
    return {
      ...state,
      problem: state.problem ?? this.#fault,
      filter: this.#filter,
      listed: this.#listed,
      numbers: this.#numbers,
      isSaving: this.#isSaving,
    };
  }

  add(event: WatchEvent): void {
    // Who comes and goes without zone or line is no news.
    if (event.kind !== 'track-started' && event.kind !== 'track-ended') this.#log.add([event]);
  }

  /** The list is on screen. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown) void this.#read();
    else this.#log.forget();
  }

  get filter(): LogFilter {
    return this.#filter;
  }

  set filter(filter: LogFilter) {
    this.#filter = filter;
    void this.#read();
  }

  /** Saves all that are asked for, oldest first. */
  async save(format: ExportFormat): Promise<void> {
    this.#isSaving = true;
    this.#fault = undefined;
    this.#host.requestUpdate();
    try {
      const events = [...(await this.#log.newest(this.#filter, 2 * LOG_BOUNDS.events))].reverse();
      saveFile(await exportEvents(events, format));
    } catch (thrown) {
      this.#fault = toSightlineError(thrown);
    } finally {
      this.#isSaving = false;
      this.#host.requestUpdate();
    }
  }

  async remove(kept: KeptEvent): Promise<void> {
    await this.#log.remove([kept]);
    await this.#read();
  }

  /** Deletes all that are asked for. */
  async clear(): Promise<void> {
    await this.#log.removeAll(this.#filter);
    await this.#read();
  }

  #readSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(
      () => {
        this.#isDue = false;
        void this.#read();
      },
      Math.max(REFRESH_MS, this.#readMs / LARGEST_SHARE),
    );
  }

  async #read(): Promise<void> {
    const filter = this.#filter;
    const start = performance.now();
    const extract = await this.#log.look(filter, MOST_LISTED, (listed) => {
      if (filter !== this.#filter) return;
      this.#listed = listed;
      this.#host.requestUpdate();
    });
    this.#readMs = performance.now() - start;
    // Another filter may have been set meanwhile.
    if (filter !== this.#filter || extract === undefined) return;
    this.#listed = extract.listed;
    this.#numbers = extract.numbers;
    this.#host.requestUpdate();
  }
}
