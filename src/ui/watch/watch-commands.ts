import type { PrivacyOptions } from '../../domain/privacy/options.js';
import type { Alerts } from '../../domain/watch/alerts.js';
import type { Shape } from '../../domain/watch/edit-shape.js';
import type { LogFilter } from '../../domain/watch/event-log.js';
import type { WatchEvent } from '../../domain/watch/events.js';
import type { Line, Zone } from '../../domain/watch/config.js';
import type { ExportFormat } from '../../session/watch/export-events.js';
import type { Guide } from './guides.js';
import type { KeptEvent } from '../../session/watch/log-reader.js';

/** What a zone and a line have in common, and what only one of them has. */
export type PlaceChanges = Partial<
  Pick<Zone, 'name' | 'objects' | 'anchor' | 'inertia'> & Pick<Line, 'minimumCrossingThreshold'>
>;

/** Everything a person can ask of watching, by button, key or pointer alike. */
export type WatchCommand =
  | { readonly kind: 'add'; readonly what: 'zone' | 'line' }
  | { readonly kind: 'edit'; readonly id: string }
  /** Corners of a zone, or both ends of a line. */
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'swap' }
  | { readonly kind: 'change'; readonly changes: PlaceChanges }
  | { readonly kind: 'alerts'; readonly alerts: Alerts }
  /** Sends a message that says it is a try. */
  | { readonly kind: 'try-webhook'; readonly address: string }
  | { readonly kind: 'forget-webhooks' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'back' }
  | { readonly kind: 'open-events' }
  | { readonly kind: 'open-finder' }
  /** Leads to a kind of thing, or no longer. */
  | { readonly kind: 'find'; readonly label: string | undefined }
  | { readonly kind: 'guides'; readonly guides: ReadonlySet<Guide> }
  /** A line and a zone for people at a door. */
  | { readonly kind: 'add-door' }
  /** All of it as a file, and back from one. */
  | { readonly kind: 'save-config' }
  | { readonly kind: 'open-config'; readonly file: File }
  | { readonly kind: 'open-event'; readonly event: WatchEvent }
  | { readonly kind: 'filter'; readonly filter: LogFilter }
  | { readonly kind: 'save-events'; readonly format: ExportFormat }
  | { readonly kind: 'remove-event'; readonly event: KeptEvent }
  /** Deletes all that fit the filter. */
  | { readonly kind: 'clear-events' }
  | { readonly kind: 'open-privacy' }
  /** How the picture is altered from now on; `undefined` for not at all. */
  | { readonly kind: 'privacy'; readonly options: PrivacyOptions | undefined }
  /** The picture in a small window over all others. */
  | { readonly kind: 'float'; readonly isWanted: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'leave' };
