import type { ReactiveControllerHost } from 'lit';
import type { PrivacyOptions } from '../../domain/privacy/options.js';
import type { WatchSettings } from '../../domain/watch/watch-file.js';
import type { WatchStore } from '../../session/watch/watch-memory.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';

export interface WatchHost extends ReactiveControllerHost, HTMLElement {
  readonly detector: SightlineDetector;
}

/** How the picture is altered, kept for the source that is open. */
export interface PrivacyChoice {
  options: PrivacyOptions | undefined;
}

export interface WatchParts {
  readonly host: WatchHost;
  readonly store: WatchStore;
  readonly locale: string;
  readonly privacy: PrivacyChoice;
  /** Ends the mode; what is watched for goes on. */
  readonly leave: () => void;
  /** What is looked for at present. */
  readonly settings: () => WatchSettings;
  readonly applySettings: (settings: WatchSettings) => void;
}
