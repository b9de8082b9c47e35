import type { ReactiveControllerHost } from 'lit';
import { Finder, guideTone, type Finding } from '../../domain/watch/guidance.js';
import { FIND_GUIDE_TEXTS as texts } from '../../i18n/guide-messages.js';
import { GuideKit } from '../../session/watch/guide-kit.js';
import type { DetectionsEvent } from '../events.js';
import { GUIDES, type Guide } from './guides.js';

/** What the page of the finder shows. */
export interface FinderView {
  /** What is looked for; `undefined` before it was chosen. */
  readonly label: string | undefined;
  readonly finding: Finding;
  readonly guides: ReadonlySet<Guide>;
}

/** The same is said again after so many milliseconds, for who has missed it. */
const REPEAT_MS = 5000;
/** Nothing new is said sooner, so that a moving hand is not talked over. */
const LEAST_MS = 900;

/** Leads a person to a kind of thing, by sound, buzz and voice. */
export class FinderController {
  readonly #host: ReactiveControllerHost;
  readonly #kit = new GuideKit();
  #finder: Finder | undefined;
  #guides: ReadonlySet<Guide> = new Set(GUIDES);
  #said = '';
  #saidAt = -Infinity;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get view(): FinderView {
    return {
      label: this.#finder?.label,
      finding: this.#finder?.finding ?? { kind: 'searching' },
      guides: this.#guides,
    };
  }

  /** To be called while the person touches the page. @param label `undefined` ends it. */
  look(label: string | undefined, locale: string): void {
    const wasLeading = this.#finder !== undefined;
    this.#finder = label === undefined ? undefined : new Finder(label);
    this.#said = '';
    if (label === undefined) {
      if (wasLeading) this.#kit.stop();
      return;
    }
    this.#kit.begin();
    this.#say({ kind: 'searching' }, locale);
  }

  set guides(guides: ReadonlySet<Guide>) {
    this.#guides = guides;
    if (!guides.has('speech')) this.#kit.silence();
  }

  see({ detections, frame }: DetectionsEvent, isMirrored: boolean, locale: string): void {
    const finder = this.#finder;
    if (finder === undefined) return;
    const finding = finder.see(detections, frame, isMirrored, performance.now());
    this.#kit.lead(finding.kind === 'found' ? guideTone(finding.guidance) : undefined, {
      tone: this.#guides.has('tone'),
      vibration: this.#guides.has('vibration'),
    });
    this.#say(finding, locale);
  }

  #say(finding: Finding, locale: string): void {
    const label = this.#finder?.label;
    if (label === undefined) return;
    const now = performance.now();
    const words = texts.finding(finding, label, locale);
    const isNew = words !== this.#said;
    // What it leads to is told by the tone; what is not there is not said for ever.
    const isDue = now - this.#saidAt >= (isNew ? LEAST_MS : REPEAT_MS);
    if (!isDue || (!isNew && finding.kind !== 'found')) return;
    this.#said = words;
    this.#saidAt = now;
    if (this.#guides.has('speech')) this.#kit.say(words, locale);
    this.#host.requestUpdate();
  }
}
