import type { Size } from '../../domain/geometry.js';
import type { PrivacyOptions } from '../../domain/privacy/options.js';
import type { PolygonProblem } from '../../domain/watch/polygon.js';
import type { Line, WatchConfig, Zone } from '../../domain/watch/config.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { Shape } from '../../domain/watch/edit-shape.js';
import type { WatchCounts } from '../../domain/watch/watcher.js';
import type { Webhooks } from '../../session/watch/webhooks.js';
import type { FinderView } from './finder-controller.js';
import type { LogView } from './log-controller.js';
import type { OpenedEvent } from './picture-controller.js';

/** A zone or a line that is being changed. */
export type EditedPlace =
  { readonly kind: 'zone'; readonly place: Zone } | { readonly kind: 'line'; readonly place: Line };

/** Everything that the views of the Watch mode show. Made anew for each render. */
export interface WatchView {
  readonly config: WatchConfig;
  readonly counts: WatchCounts;
  readonly page: 'home' | 'place' | 'events' | 'event' | 'find' | 'privacy';
  readonly edited: EditedPlace | undefined;
  /** How what is being changed lies on the picture, also while it makes no zone or line. */
  readonly shape: Shape | undefined;
  /** It was just added: any drag draws it. */
  readonly isFresh: boolean;
  readonly problem: PolygonProblem | 'short' | undefined;
  readonly log: LogView;
  readonly finder: FinderView;
  readonly webhooks: Pick<Webhooks, 'state' | 'target'>;
  /** The event that is looked at. */
  readonly opened: OpenedEvent | undefined;
  /** Whether there is a snapshot or clip of an event. */
  readonly hasPictures: (event: WatchEvent) => boolean;
  /** How the picture is altered. */
  readonly privacy: PrivacyOptions | undefined;
  /** Whether the picture can be shown in a small window over all others, and is. */
  readonly canFloat: boolean;
  readonly isFloating: boolean;
  readonly notice: { readonly text: string; readonly undo: boolean } | undefined;
  /** Labels that are in the picture, or were. */
  readonly seen: readonly string[];
  /** All that the model knows. */
  readonly labels: readonly string[];
  /** Its size in pixels. */
  readonly picture: Size | undefined;
  /** There is no picture. */
  readonly blind: boolean;
  readonly locale: string;
}
