import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { withAlerts, withoutPlace } from '../../domain/watch/alerts.js';
import { DEFAULT_ANCHOR } from '../../domain/watch/anchor.js';
import {
  DEFAULT_INERTIA,
  EMPTY_WATCH,
  type Line,
  type RuleAction,
  type WatchConfig,
  type Zone,
} from '../../domain/watch/config.js';
import { firstShape, isShape, type Shape } from '../../domain/watch/edit-shape.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import { polygonProblem } from '../../domain/watch/polygon.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import {
  isUnreadable,
  keep,
  recall,
  sourceKey,
  type WatchStore,
} from '../../session/watch/watch-memory.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import type { DetectionsEvent } from '../events.js';
import { LogController } from './log-controller.js';
import type { WatchCommand } from './watch-commands.js';
import type { EditedPlace, WatchView } from './watch-view.js';

export interface WatchHost extends ReactiveControllerHost, HTMLElement {
  readonly detector: SightlineDetector;
}

/** Numbers on screen change at most this often. */
const REFRESH_MS = 250;

/** What a person does in the Watch mode, and what is watched for on the present source. */
export class WatchController implements ReactiveController {
  readonly #host: WatchHost;
  readonly #store: WatchStore;
  readonly #leave: () => void;
  readonly #log: LogController;
  #key: string | undefined;
  #config: WatchConfig = EMPTY_WATCH;
  #page: WatchView['page'] = 'home';
  #editedId: string | undefined;
  #shape: Shape | undefined;
  #isFresh = false;
  #notice: WatchView['notice'];
  /** As it was before something was deleted. */
  #before: WatchConfig | undefined;
  #seen: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: WatchHost, store: WatchStore, leave: () => void) {
    this.#host = host;
    this.#store = store;
    this.#leave = leave;
    this.#log = new LogController(host);
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
    this.#editedId = undefined;
    this.#shape = undefined;
    this.#notice = undefined;
    this.#before = undefined;
    this.#page = 'home';
    try {
      this.#use(key === undefined ? EMPTY_WATCH : recall(this.#store, key));
    } catch (thrown) {
      if (!isUnreadable(thrown)) throw thrown;
      this.#use(EMPTY_WATCH);
      this.#notice = { text: texts.unreadable, undo: false };
    }
  }

  /** Something has happened in the picture. */
  add(event: WatchEvent): void {
    this.#log.add(event);
  }

  see({ detections }: DetectionsEvent): void {
    const fresh = detections.filter(({ class: label }) => !this.#seen.has(label));
    if (fresh.length > 0) {
      this.#seen = new Set([...this.#seen, ...fresh.map(({ class: label }) => label)]);
    }
  }

  /** What a rule has done when it fires. */
  actionsOf(rule: string): readonly RuleAction[] {
    return this.#config.rules.find(({ id }) => id === rule)?.actions ?? [];
  }

  view(locale: string): WatchView {
    const { detector } = this.#host;
    return {
      config: this.#config,
      counts: detector.counts,
      page: this.#page,
      edited: this.#edited,
      shape: this.#shape,
      isFresh: this.#isFresh,
      problem: this.#problem,
      log: this.#log.view,
      notice: this.#notice,
      seen: [...this.#seen],
      labels: detector.labels,
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
        this.#add(command.what);
        break;
      case 'edit':
        this.#open(command.id);
        break;
      case 'shape':
        this.#setShape(command.shape);
        break;
      case 'swap':
        this.#changeLine((line) => ({ ...line, start: line.end, end: line.start }));
        break;
      case 'change':
        this.#change(command.changes);
        break;
      case 'alerts': {
        const place = this.#edited?.place;
        if (place !== undefined) this.#save(withAlerts(this.#config, place, command.alerts));
        break;
      }
      case 'remove':
        this.#remove();
        break;
      case 'undo':
        if (this.#before !== undefined) this.#save(this.#before);
        this.#notice = undefined;
        break;
      case 'back':
        this.#page = 'home';
        this.#editedId = undefined;
        this.#shape = undefined;
        this.#log.show(false);
        break;
      case 'open-events':
        this.#page = 'events';
        this.#log.show(true);
        break;
      case 'filter':
        this.#log.filter = command.filter;
        break;
      case 'save-events':
        void this.#log.save(command.format);
        break;
      case 'clear-events':
        void this.#log.clear();
        break;
      case 'reset':
        this.#host.detector.resetCounts();
        this.#notice = { text: texts.wasReset, undo: false };
        break;
      case 'leave':
        this.#leave();
        break;
    }
    this.#host.requestUpdate();
  }

  get #edited(): EditedPlace | undefined {
    const zone = this.#config.zones.find(({ id }) => id === this.#editedId);
    if (zone !== undefined) return { kind: 'zone', place: zone };
    const line = this.#config.lines.find(({ id }) => id === this.#editedId);
    return line && { kind: 'line', place: line };
  }

  get #problem(): WatchView['problem'] {
    const edited = this.#edited;
    if (edited === undefined || this.#shape === undefined) return undefined;
    if (edited.kind === 'zone') return polygonProblem(this.#shape);
    return isShape('line', this.#shape) ? undefined : 'short';
  }

  #add(what: 'zone' | 'line'): void {
    const id = crypto.randomUUID();
    const { zones, lines } = this.#config;
    const common = { id, objects: [], anchor: DEFAULT_ANCHOR };
    if (what === 'zone') {
      const zone: Zone = {
        ...common,
        name: texts.zoneNumber(zones.length + 1),
        polygon: firstShape('zone'),
        inertia: DEFAULT_INERTIA,
        loiteringTime: 0,
      };
      this.#save({ ...this.#config, zones: [...zones, zone] });
    } else {
      const [start = [0, 0], end = [1, 1]] = firstShape('line');
      const name = texts.lineNumber(lines.length + 1);
      const line: Line = { ...common, name, start, end, minimumCrossingThreshold: 1 };
      this.#save({ ...this.#config, lines: [...lines, line] });
    }
    this.#open(id);
    this.#isFresh = true;
  }

  #open(id: string): void {
    this.#editedId = id;
    this.#isFresh = false;
    const edited = this.#edited;
    this.#page = edited === undefined ? 'home' : 'place';
    this.#shape =
      edited?.kind === 'line' ? [edited.place.start, edited.place.end] : edited?.place.polygon;
  }

  /** Drawn as it is; taken over as soon as it is a zone or a line. */
  #setShape(shape: Shape): void {
    const edited = this.#edited;
    if (edited === undefined) return;
    this.#shape = shape;
    this.#isFresh = false;
    if (!isShape(edited.kind, shape)) return;
    if (edited.kind === 'zone') this.#changeZone((zone) => ({ ...zone, polygon: shape }));
    else {
      const [start, end] = shape;
      if (start && end) this.#changeLine((line) => ({ ...line, start, end }));
    }
  }

  #change(changes: Extract<WatchCommand, { kind: 'change' }>['changes']): void {
    const { inertia, minimumCrossingThreshold, ...both } = changes;
    const edited = this.#edited;
    if (edited?.kind === 'zone') {
      this.#changeZone((zone) => ({ ...zone, ...both, inertia: inertia ?? zone.inertia }));
    } else {
      this.#changeLine((line) => ({
        ...line,
        ...both,
        minimumCrossingThreshold: minimumCrossingThreshold ?? line.minimumCrossingThreshold,
      }));
    }
  }

  #changeZone(change: (zone: Zone) => Zone): void {
    const zones = this.#config.zones.map((zone) =>
      zone.id === this.#editedId ? change(zone) : zone,
    );
    this.#save({ ...this.#config, zones });
  }

  #changeLine(change: (line: Line) => Line): void {
    const lines = this.#config.lines.map((line) =>
      line.id === this.#editedId ? change(line) : line,
    );
    this.#save({ ...this.#config, lines });
    const edited = this.#edited;
    if (edited?.kind === 'line') this.#shape = [edited.place.start, edited.place.end];
  }

  #remove(): void {
    const place = this.#edited?.place;
    if (place === undefined) return;
    this.#before = this.#config;
    this.#save(withoutPlace(this.#config, place.id));
    this.execute({ kind: 'back' });
    this.#notice = { text: texts.removed(place.name), undo: true };
  }

  #save(config: WatchConfig): void {
    this.#use(config);
    if (this.#key !== undefined) keep(this.#store, this.#key, config);
  }

  #use(config: WatchConfig): void {
    this.#config = config;
    Object.assign(this.#host.detector, config);
  }
}
