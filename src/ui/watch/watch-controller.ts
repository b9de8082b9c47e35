import type { ReactiveController } from 'lit';
import { EMPTY_WATCH, type Rule, type WatchConfig } from '../../domain/watch/config.js';
import { logFilter } from '../../domain/watch/event-log.js';
import { eventId } from '../../domain/watch/event-pictures.js';
import type { RuleFired, WatchEvent } from '../../domain/watch/events.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { isUnreadable, keep, recall, sourceKey } from '../../session/watch/watch-memory.js';
import { Webhooks } from '../../session/watch/webhooks.js';
import type { DetectionsEvent } from '../events.js';
import { saveFile } from '../share-file.js';
import { configFile, configProblem, readConfig } from './config-file.js';
import { FinderController } from './finder-controller.js';
import { LogController } from './log-controller.js';
import { PictureController } from './picture-controller.js';
import { PlaceEditor } from './place-editor.js';
import { tryOut } from './try-out.js';
import type { WatchCommand } from './watch-commands.js';
import type { WatchHost, WatchParts } from './watch-parts.js';
import type { WatchView } from './watch-view.js';

/** Numbers on screen change at most this often. */
const REFRESH_MS = 250;

/** What a person does in the Watch mode, and what is watched for on the present source. */
export class WatchController implements ReactiveController {
  readonly #host: WatchHost;
  readonly #parts: WatchParts;
  readonly #log: LogController;
  readonly #pictures: PictureController;
  readonly #editor = new PlaceEditor((config) => {
    this.#save(config);
  });
  readonly #webhooks = new Webhooks();
  readonly #finder: FinderController;
  #key: string | undefined;
  #page: WatchView['page'] = 'home';
  #notice: WatchView['notice'];
  #seen: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: WatchParts) {
    const { host } = parts;
    this.#host = host;
    this.#parts = parts;
    this.#log = new LogController(host);
    this.#pictures = new PictureController(host);
    this.#finder = new FinderController(host);
    this.#webhooks.onChange(() => {
      host.requestUpdate();
    });
    void this.#webhooks.open();
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer ??= setInterval(() => {
      this.#host.requestUpdate();
    }, REFRESH_MS);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Follows the source: each has zones and lines of its own. */
  hostUpdate(): void {
    const { sourceInfo } = this.#host.detector;
    const key = sourceInfo && sourceKey(sourceInfo);
    if (key === this.#key) return;
    this.#key = key;
    this.#notice = undefined;
    // What is chosen there holds for the source to come.
    if (this.#page !== 'privacy') this.#goHome();
    try {
      this.#begin(key === undefined ? EMPTY_WATCH : recall(this.#parts.store, key));
    } catch (thrown) {
      if (!isUnreadable(thrown)) throw thrown;
      this.#begin(EMPTY_WATCH);
      this.#notice = { text: texts.unreadable, undo: false };
    }
  }

  /** Something has happened in the picture. */
  add(event: WatchEvent): void {
    this.#log.add(event);
    if (event.kind === 'rule-fired')
      this.#pictures.take(event, this.rule(event.rule.id)?.actions ?? []);
  }

  see(event: DetectionsEvent): void {
    this.#finder.see(event, this.#host.detector.mirrored, this.#parts.locale);
    const { detections } = event;
    const fresh = detections.filter(({ class: label }) => !this.#seen.has(label));
    if (fresh.length > 0) {
      this.#seen = new Set([...this.#seen, ...fresh.map(({ class: label }) => label)]);
    }
  }

  /** A rule as it is now. */
  rule(wanted: string): Rule | undefined {
    return this.#editor.config.rules.find(({ id }) => id === wanted);
  }

  /** Tells another program. @returns Whether that can be done at all. */
  async tell(address: string, fired: RuleFired, isTest = false): Promise<boolean> {
    return (await this.#webhooks.tell(address, fired, { isTest })) === undefined;
  }

  view(locale: string): WatchView {
    const { detector } = this.#host;
    const log = this.#log.view;
    return {
      config: this.#editor.config,
      counts: detector.counts,
      page: this.#page,
      edited: this.#editor.edited,
      shape: this.#editor.shape,
      isFresh: this.#editor.isFresh,
      problem: this.#editor.problem,
      log: { ...log, problem: log.problem ?? this.#pictures.problem },
      finder: this.#finder.view,
      webhooks: this.#webhooks,
      opened: this.#pictures.opened,
      hasPictures: this.#pictures.has,
      privacy: this.#parts.privacy.options,
      canFloat: detector.pictures.canFloat,
      isFloating: detector.pictures.isFloating,
      notice: this.#notice,
      seen: [...this.#seen],
      labels: detector.labels,
      picture: detector.sourceInfo?.size,
      blind: detector.sourceInfo === undefined,
      locale,
    };
  }

  /** @returns Whether there was a page to go back from. */
  escape(): boolean {
    if (this.#page === 'home') return false;
    this.execute({ kind: 'back' });
    return true;
  }

  execute(command: WatchCommand): void {
    if (command.kind !== 'undo') this.#notice = undefined;
    switch (command.kind) {
      case 'add':
        this.#editor.add(command.what);
        this.#page = 'place';
        break;
      case 'edit':
        this.#editor.open(command.id);
        this.#page = this.#editor.edited === undefined ? 'home' : 'place';
        break;
      case 'shape':
        this.#editor.setShape(command.shape);
        break;
      case 'swap':
        this.#editor.swap();
        break;
      case 'change':
        this.#editor.change(command.changes);
        break;
      case 'alerts':
        this.#editor.setAlerts(command.alerts);
        break;
      case 'try-webhook':
        void this.tell(command.address, tryOut(), true);
        break;
      case 'forget-webhooks':
        void this.#webhooks.clear();
        break;
      case 'remove': {
        const name = this.#editor.remove();
        this.#page = 'home';
        if (name !== undefined) this.#notice = { text: texts.removed(name), undo: true };
        break;
      }
      case 'undo':
        this.#editor.undo();
        this.#notice = undefined;
        break;
      case 'back':
        if (this.#page === 'event') this.#page = 'events';
        else this.#goHome();
        break;
      case 'open-events':
        this.#page = 'events';
        this.#log.show(true);
        void this.#pictures.refresh();
        break;
      case 'open-event':
        this.#page = 'event';
        void this.#pictures.open(command.event);
        break;
      case 'open-finder':
        this.#page = 'find';
        break;
      case 'find':
        this.#finder.look(command.label, this.#parts.locale);
        break;
      case 'guides':
        this.#finder.guides = command.guides;
        break;
      case 'add-door':
        this.#editor.addDoor();
        this.#notice = { text: texts.doorAdded, undo: true };
        break;
      case 'save-config':
        saveFile(configFile({ config: this.#editor.config, settings: this.#parts.settings() }));
        break;
      case 'open-config':
        void this.#openConfig(command.file);
        break;
      case 'filter':
        this.#log.filter = command.filter;
        break;
      case 'save-events':
        void this.#log.save(command.format);
        break;
      case 'remove-event':
        this.#pictures.letGo((event) => eventId(event) === eventId(command.event.event));
        void this.#log.remove(command.event);
        break;
      case 'clear-events':
        this.#pictures.letGo(logFilter(this.#log.filter));
        void this.#log.clear();
        break;
      case 'open-privacy':
        this.#goHome();
        this.#page = 'privacy';
        break;
      case 'privacy':
        this.#parts.privacy.options = command.options;
        break;
      case 'float':
        this.#float(command.isWanted);
        break;
      case 'reset':
        this.#host.detector.resetCounts();
        this.#notice = { text: texts.wasReset, undo: false };
        break;
      case 'leave':
        this.#parts.leave();
        break;
    }
    this.#host.requestUpdate();
  }

  /** The person has left the mode; what is watched for goes on, but nobody is led anywhere. */
  left(): void {
    if (this.#page === 'find' || this.#page === 'events') this.#goHome();
  }

  #goHome(): void {
    this.#page = 'home';
    this.#editor.close();
    this.#log.show(false);
    this.#finder.look(undefined, this.#parts.locale);
  }

  async #openConfig(file: File): Promise<void> {
    try {
      const { config, settings } = await readConfig(file);
      this.#editor.replace(config);
      if (settings !== undefined) this.#parts.applySettings(settings);
      this.#notice = { text: texts.configOpened(file.name), undo: true };
    } catch (thrown) {
      if (!isUnreadable(thrown)) throw thrown;
      this.#notice = { text: configProblem(thrown), undo: false };
    }
    this.#host.requestUpdate();
  }

  #float(isWanted: boolean): void {
    this.#host.detector.pictures.float(isWanted).catch(() => {
      this.#notice = { text: texts.noFloating, undo: false };
      this.#host.requestUpdate();
    });
  }

  #save(config: WatchConfig): void {
    this.#use(config);
    if (this.#key !== undefined) keep(this.#parts.store, this.#key, config);
  }

  /** Begins with what was kept for the source. */
  #begin(config: WatchConfig): void {
    this.#editor.load(config);
    this.#use(config);
  }

  #use(config: WatchConfig): void {
    Object.assign(this.#host.detector, config);
    this.#pictures.prepare(config);
  }
}
