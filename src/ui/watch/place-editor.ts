import { withAlerts, withoutPlace, type Alerts } from '../../domain/watch/alerts.js';
import { DEFAULT_ANCHOR } from '../../domain/watch/anchor.js';
import {
  DEFAULT_INERTIA,
  EMPTY_WATCH,
  type Line,
  type WatchConfig,
  type Zone,
} from '../../domain/watch/config.js';
import { withDoor, withLineChanged } from '../../domain/watch/door.js';
import { firstShape, isShape, type Shape } from '../../domain/watch/edit-shape.js';
import { polygonProblem } from '../../domain/watch/polygon.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import type { PlaceChanges } from './watch-commands.js';
import type { EditedPlace, WatchView } from './watch-view.js';

/** What is watched for on one source, and the one zone or line of it that is being changed. */
export class PlaceEditor {
  readonly #changed: (config: WatchConfig) => void;
  #config: WatchConfig = EMPTY_WATCH;
  #editedId: string | undefined;
  #shape: Shape | undefined;
  #isFresh = false;
  /** As it was before something was deleted. */
  #before: WatchConfig | undefined;

  /** @param changed Told of each change that is made here. */
  constructor(changed: (config: WatchConfig) => void) {
    this.#changed = changed;
  }

  get config(): WatchConfig {
    return this.#config;
  }

  get edited(): EditedPlace | undefined {
    const zone = this.#config.zones.find(({ id }) => id === this.#editedId);
    if (zone !== undefined) return { kind: 'zone', place: zone };
    const line = this.#config.lines.find(({ id }) => id === this.#editedId);
    return line && { kind: 'line', place: line };
  }

  /** How it lies on the picture, also while it makes no zone or line. */
  get shape(): Shape | undefined {
    return this.#shape;
  }

  /** It was just added. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  get problem(): WatchView['problem'] {
    const { edited } = this;
    if (edited === undefined || this.#shape === undefined) return undefined;
    if (edited.kind === 'zone') return polygonProblem(this.#shape);
    return isShape('line', this.#shape) ? undefined : 'short';
  }

  /** Begins with what was kept; nothing of it is changed here. */
  load(config: WatchConfig): void {
    this.#config = config;
    this.#before = undefined;
    this.close();
  }

  /** All of it is another from now on; `undo` brings back what was. */
  replace(config: WatchConfig): void {
    this.#before = this.#config;
    this.close();
    this.#save(config);
  }

  add(what: 'zone' | 'line'): void {
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
    this.open(id);
    this.#isFresh = true;
  }

  /** Everything for a door: see `withDoor`. */
  addDoor(): void {
    const [line, zone] = [crypto.randomUUID(), crypto.randomUUID()];
    this.replace(
      withDoor(this.#config, {
        line: { id: line, name: texts.door },
        zone: { id: zone, name: texts.atDoor },
      }),
    );
  }

  open(id: string): void {
    this.#editedId = id;
    this.#isFresh = false;
    const { edited } = this;
    this.#shape =
      edited?.kind === 'line' ? [edited.place.start, edited.place.end] : edited?.place.polygon;
  }

  close(): void {
    this.#editedId = undefined;
    this.#shape = undefined;
  }

  /** Drawn as it is; taken over as soon as it is a zone or a line. */
  setShape(shape: Shape): void {
    const { edited } = this;
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

  /** In is the other way. */
  swap(): void {
    this.#changeLine((line) => ({ ...line, start: line.end, end: line.start }));
  }

  change(changes: PlaceChanges): void {
    const { inertia, minimumCrossingThreshold, ...both } = changes;
    if (this.edited?.kind === 'zone') {
      this.#changeZone((zone) => ({ ...zone, ...both, inertia: inertia ?? zone.inertia }));
    } else {
      this.#changeLine((line) => ({
        ...line,
        ...both,
        minimumCrossingThreshold: minimumCrossingThreshold ?? line.minimumCrossingThreshold,
      }));
    }
  }

  setAlerts(alerts: Alerts): void {
    const place = this.edited?.place;
    if (place !== undefined) this.#save(withAlerts(this.#config, place, alerts));
  }

  /** @returns What it was called; `undefined` where nothing was being changed. */
  remove(): string | undefined {
    const place = this.edited?.place;
    if (place !== undefined) this.replace(withoutPlace(this.#config, place.id));
    return place?.name;
  }

  undo(): void {
    if (this.#before !== undefined) this.#save(this.#before);
  }

  #changeZone(change: (zone: Zone) => Zone): void {
    const zones = this.#config.zones.map((zone) =>
      zone.id === this.#editedId ? change(zone) : zone,
    );
    this.#save({ ...this.#config, zones });
  }

  #changeLine(change: (line: Line) => Line): void {
    if (this.#editedId === undefined) return;
    this.#save(withLineChanged(this.#config, this.#editedId, change));
    const { edited } = this;
    if (edited?.kind === 'line') this.#shape = [edited.place.start, edited.place.end];
  }

  #save(config: WatchConfig): void {
    this.#config = config;
    this.#changed(config);
  }
}
