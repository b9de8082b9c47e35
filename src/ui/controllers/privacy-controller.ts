import type { PrivacyOptions } from '../../domain/privacy/options.js';
import { PRIVACY_TEXTS as texts } from '../../i18n/privacy-messages.js';
import { keepPrivacy, recallPrivacy } from '../../session/pictures/privacy-memory.js';
import { sourceKey, type WatchStore } from '../../session/watch/watch-memory.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';

interface PrivacyHost {
  readonly detector: SightlineDetector;
  requestUpdate(): void;
}

/**
 * How the picture is altered: chosen by a person, kept for each source, and there again with it
 * before its first frame is shown. A source that nothing is kept for takes over the last one's.
 */
export class PrivacyController {
  readonly #host: PrivacyHost;
  readonly #store: WatchStore;
  #key: string | undefined;

  constructor(host: PrivacyHost, store: WatchStore) {
    this.#host = host;
    this.#store = store;
  }

  get options(): PrivacyOptions | undefined {
    return this.#host.detector.privacy;
  }

  /** What the person chooses, for the source that is open and those to come. */
  set options(options: PrivacyOptions | undefined) {
    const { detector } = this.#host;
    if (detector.sourceInfo !== undefined) keepPrivacy(this.#store, detector.sourceInfo, options);
    detector.privacy = options;
    this.#host.requestUpdate();
  }

  /** To be told of every state of the detector, before anything of it is shown. */
  follow(): void {
    const { detector } = this.#host;
    const { sourceInfo } = detector;
    const key = sourceInfo && sourceKey(sourceInfo);
    if (key === this.#key) return;
    this.#key = key;
    const kept = sourceInfo && recallPrivacy(this.#store, sourceInfo);
    if (kept !== undefined) detector.privacy = kept === 'off' ? undefined : kept;
  }

  /** What is said over the picture; nothing while it is as it comes. */
  badge(locale: string): string | undefined {
    const { privacy, privacyState } = this.#host.detector;
    if (privacy === undefined) return undefined;
    return privacyState === 'on' ? texts.on(privacy, locale) : texts.waiting;
  }
}
