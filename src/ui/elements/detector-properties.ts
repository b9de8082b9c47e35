import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { BackendChoice, RuntimeChoice } from '../../domain/backend.js';
import { DEFAULT_DETECTION_OPTIONS, type DetailChoice } from '../../domain/detection.js';
import type { TaughtClass } from '../../domain/detector-head/taught-class.js';
import type { Head } from '../../domain/head.js';
import { DEFAULT_TRACKING_OPTIONS } from '../../domain/tracking/options.js';
import { DEFAULT_MODEL, type FitChoice, type MirrorChoice } from '../../domain/settings.js';
import type { LineInput, RuleInput, ZoneInput } from '../../domain/watch/parse-config.js';
import type { DetectSession } from '../../session/types.js';
import { commaSeparated, type SourceAttribute } from './detector-attributes.js';

/** Where an element's engine and models lie, if not beside the published file. */
export interface UrlOverrides {
  readonly engineUrl: string | undefined;
  readonly modelsUrl: string | undefined;
}

/** Makes the session of one element. */
export type SessionFactory = (overrides: UrlOverrides) => DetectSession;

/** The attributes and properties that a page sets on `<sightline-detector>`. */
export abstract class DetectorProperties extends LitElement {
  /** Makes the session of every element; set once by whoever registers the element. */
  static sessionFactory: SessionFactory | undefined;

  /** `none`, `camera`, `screen` or `demo`; reads `file` after `open(blob)`. */
  @property({ reflect: true }) accessor source: SourceAttribute = 'none';
  /** With `source="camera"`: `user`, `environment`, or a device id. */
  @property({ reflect: true }) accessor camera = '';
  /** `auto`, `webgpu`, `webgl`, `wasm` or `cpu`. */
  @property({ reflect: true }) accessor backend: BackendChoice = 'auto';
  /** `auto`, `litert` or `tfjs`: what runs the network on that backend. */
  @property({ reflect: true }) accessor runtime: RuntimeChoice = 'auto';
  /** Id of a model in the model index. */
  @property({ reflect: true }) accessor model = DEFAULT_MODEL;
  /** `contain`, `cover`, or `auto`: cover where that cuts off little of a moving picture. */
  @property({ reflect: true }) accessor fit: FitChoice = 'contain';
  /** `on`, `off`, or `auto`: only cameras that face the user. */
  @property({ reflect: true }) accessor mirror: MirrorChoice = 'auto';
  /** Whether frames are left alone; `detectStart()` and `detectStop()` change it. */
  @property({ type: Boolean, reflect: true }) accessor paused = false;
  /** `auto` loads the engine before there is a source. */
  @property() accessor preload: 'none' | 'auto' = 'none';
  /** At most this many detections, best first. */
  @property({ type: Number, attribute: 'max-results', reflect: true })
  accessor maxResults = DEFAULT_DETECTION_OPTIONS.maxResults;
  /** Detections below this score are dropped, 0 to 1. */
  @property({ type: Number, attribute: 'score-threshold', reflect: true })
  accessor scoreThreshold = DEFAULT_DETECTION_OPTIONS.scoreThreshold;
  /** Two boxes of one label that overlap by more than this are one, 0 to 1. */
  @property({ type: Number, attribute: 'iou-threshold', reflect: true })
  accessor iouThreshold = DEFAULT_DETECTION_OPTIONS.iouThreshold;
  /** Labels to report; empty for all. The attribute is comma separated. */
  @property({ attribute: 'category-allowlist', converter: commaSeparated, reflect: true })
  accessor categoryAllowlist: readonly string[] = [];
  /** Labels never to report. The attribute is comma separated. */
  @property({ attribute: 'category-denylist', converter: commaSeparated, reflect: true })
  accessor categoryDenylist: readonly string[] = [];
  /**
   * Whether overlapping tiles of the picture are looked at as well, for small and far things:
   * `on`, `off`, or `auto`: in photos, and in live pictures as far as the device keeps up.
   */
  @property({ reflect: true }) accessor detail: DetailChoice = 'auto';
  /**
   * Trained heads that give names to what is found, as `readHeads(file)` reads them from
   * what Sightline exports; in a page's own order. Those for another model are not asked.
   * Every detection that a head was asked about has `taught`.
   */
  @property({ attribute: false }) accessor heads: readonly Head[] = [];
  /**
   * What is found besides the model's own labels, wherever it is, as `readFinds(file)`
   * reads it from what Sightline exports; sixteen at most, those of the same model only.
   */
  @property({ attribute: false }) accessor finds: readonly TaughtClass[] = [];
  /**
   * Areas in which objects are counted: `[{ polygon: [[0, 0], [0.5, 0], [0.5, 1]] }]`, in parts of
   * the picture from its top left; all else has a default. One that is none is left out and told
   * of in `watchProblems`.
   */
  @property({ attribute: false }) accessor zones: readonly ZoneInput[] = [];
  /** Lines whose crossings are counted: `[{ start: [0, 0.5], end: [1, 0.5] }]`. */
  @property({ attribute: false }) accessor lines: readonly LineInput[] = [];
  /** What `rule-fired` is told of: `[{ when: { kind: 'zone-dwell', zone: 'zones-1', seconds: 30 } }]`. */
  @property({ attribute: false }) accessor rules: readonly RuleInput[] = [];
  /** Detections from this score on may start a track, 0 to 1; `NaN`: all that are shown. */
  @property({ type: Number, attribute: 'track-activation-threshold' })
  accessor trackActivationThreshold = NaN;
  /** Seconds for which an object out of sight keeps its `trackId`. */
  @property({ type: Number, attribute: 'lost-track-buffer' })
  accessor lostTrackBuffer = DEFAULT_TRACKING_OPTIONS.lostTrackBuffer;
  /** A box and a track belong together when 1 - IoU is below this, 0 to 1. */
  @property({ type: Number, attribute: 'minimum-matching-threshold' })
  accessor minimumMatchingThreshold = DEFAULT_TRACKING_OPTIONS.minimumMatchingThreshold;
  /** Frames in a row that an object must be seen in before it is reported. */
  @property({ type: Number, attribute: 'minimum-consecutive-frames' })
  accessor minimumConsecutiveFrames = DEFAULT_TRACKING_OPTIONS.minimumConsecutiveFrames;
  /** Language of the names on screen (`de`, `fr-CA`); events keep the canonical English labels. */
  @property({ attribute: 'display-names-locale' }) accessor displayNamesLocale = 'en';
  /** Folder of `worker.js` and `trainer.js`, if not beside the published file; must be of the page's own origin. */
  @property({ attribute: 'engine-url' }) accessor engineUrl: string | undefined;
  /** Folder of `index.json`, if not beside the published file. */
  @property({ attribute: 'models-url' }) accessor modelsUrl: string | undefined;
  /** Makes this element's session instead of the static factory. */
  @property({ attribute: false }) accessor sessionFactory: SessionFactory | undefined;

  /** A new session for this element. */
  protected createSession(): DetectSession {
    const { sessionFactory } = this.constructor as typeof DetectorProperties;
    const create = this.sessionFactory ?? sessionFactory;
    if (create === undefined) throw new Error('No session factory: import the published entry');
    return create({ engineUrl: this.engineUrl, modelsUrl: this.modelsUrl });
  }
}
