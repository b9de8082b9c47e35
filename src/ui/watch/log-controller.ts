import type { ReactiveControllerHost } from 'lit';
import { NO_FILTER, LOG_BOUNDS, type LogFilter } from '../../domain/watch/event-log.js';
import { eventsCsv } from '../../domain/watch/events-csv.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import { EventLog, type LogState } from '../../session/watch/event-log.js';
import { saveFile } from '../share-file.js';

/** Events that are listed; all others are found by the filter, and are in the files. */
const MOST_LISTED = 200;
/** The list is read again at most this often. */
const REFRESH_MS = 1000;

/** What the page with the log shows. */
export interface LogView extends LogState {
  readonly filter: LogFilter;
  /** Newest first. */
  readonly listed: readonly WatchEvent[];
}

/** The log as the Watch mode shows it: filtered, written to files, deleted. */
export class LogController {
  readonly #host: ReactiveControllerHost;
  readonly #log: EventLog;
  #filter = NO_FILTER;
  #listed: readonly WatchEvent[] = [];
  #isShown = false;
  #isDue = false;

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
    return { ...this.#log.state, filter: this.#filter, listed: this.#listed };
  }

  add(event: WatchEvent): void {
    // Who comes and goes without zone or line is no news.
    if (event.kind !== 'track-started' && event.kind !== 'track-ended') this.#log.add([event]);
  }

  /** The list is on screen. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown) void this.#read();
  }

  set filter(filter: LogFilter) {
    this.#filter = filter;
    void this.#read();
  }

  /** Saves all that are asked for, oldest first. */
  async save(format: 'csv' | 'json'): Promise<void> {
    const events = [...(await this.#log.newest(this.#filter, 2 * LOG_BOUNDS.events))].reverse();
    const text = format === 'csv' ? eventsCsv(events) : JSON.stringify(events, null, 1);
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const type = format === 'csv' ? 'text/csv' : 'application/json';
    saveFile(new File([text], `sightline-events-${stamp}.${format}`, { type }));
  }

  async clear(): Promise<void> {
    await this.#log.clear();
    await this.#read();
  }

  #readSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      void this.#read();
    }, REFRESH_MS);
  }

  async #read(): Promise<void> {
    const filter = this.#filter;
    const listed = await this.#log.newest(filter, MOST_LISTED);
    // Another filter may have been set meanwhile.
    if (filter !== this.#filter) return;
    this.#listed = listed;
    this.#host.requestUpdate();
  }
}
