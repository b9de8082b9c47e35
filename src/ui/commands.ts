import type { BackendChoice } from '../domain/backend.js';
import type { DetailChoice } from '../domain/detection.js';
import type { ViewName } from '../domain/settings.js';
import type { SourceRequest } from '../session/types.js';

/** Sheets and panels of the app; at most one is open. */
export type PanelName = 'source' | 'labels' | 'details' | 'help' | 'more' | 'snapshot' | 'app';

/** What concerns the app on this device rather than the picture. */
export type DeviceCommand =
  | { readonly kind: 'install' }
  | { readonly kind: 'check-offline' }
  | { readonly kind: 'cancel-check' }
  | { readonly kind: 'clear-data' }
  | { readonly kind: 'apply-update' };

/** Everything a person can ask the app to do, by button, key or drop alike. */
export type Command = PictureCommand | DeviceCommand;

export type PictureCommand =
  | { readonly kind: 'toggle-pause' }
  | { readonly kind: 'open'; readonly request: SourceRequest }
  | { readonly kind: 'pick-file' }
  | { readonly kind: 'next-camera' }
  | { readonly kind: 'toggle-mirror' }
  | { readonly kind: 'toggle-fullscreen' }
  | { readonly kind: 'snapshot' }
  /** Opens a panel, or closes it if it is open. */
  | { readonly kind: 'toggle-panel'; readonly panel: PanelName }
  | { readonly kind: 'close-panel' }
  /** Enters the Teach mode, or leaves it. */
  | { readonly kind: 'toggle-teach' }
  /** Enters the Watch mode, or leaves it. */
  | { readonly kind: 'toggle-watch' }
  | { readonly kind: 'set-view'; readonly view: ViewName }
  | { readonly kind: 'set-score'; readonly score: number }
  | { readonly kind: 'set-classes'; readonly classes: readonly string[] }
  | { readonly kind: 'set-backend'; readonly backend: BackendChoice }
  | { readonly kind: 'set-detail'; readonly detail: DetailChoice }
  | { readonly kind: 'set-shortcuts'; readonly enabled: boolean }
  | { readonly kind: 'use-standard-model' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'cancel-load' }
  | { readonly kind: 'dismiss-problem' }
  | { readonly kind: 'dismiss-toast'; readonly id: number }
  | { readonly kind: 'leave-kiosk' }
  | { readonly kind: 'reload' };
