import type { BBox, Size } from '../domain/geometry.js';
import type { CrossingDirection } from '../domain/watch/config.js';
import type { Occasion, Place, RuleFired, WatchEvent } from '../domain/watch/events.js';

/** Something happened to one object. Bubbles and crosses shadow roots. */
abstract class OccasionEvent extends Event {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds on the source's own clock. */
  readonly timestamp: number;
  readonly trackId: number;
  /** Canonical label, or the name that a taught head has for it. */
  readonly label: string;
  readonly score: number;
  /** Where it was last seen, in pixels of a picture of `frame`. */
  readonly bbox: BBox;
  readonly frame: Size;

  constructor(name: string, occasion: Occasion) {
    super(name, { bubbles: true, composed: true });
    this.time = occasion.time;
    this.timestamp = occasion.timestamp;
    this.trackId = occasion.trackId;
    this.label = occasion.label;
    this.score = occasion.score;
    this.bbox = occasion.bbox;
    this.frame = occasion.frame;
  }
}

type Told<Kind extends WatchEvent['kind']> = Extract<WatchEvent, { readonly kind: Kind }>;

/** `track-started`: an object is followed from now on. */
export class TrackStartedEvent extends OccasionEvent {
  static readonly eventName = 'track-started';

  constructor(event: Told<'track-started'>) {
    super(TrackStartedEvent.eventName, event);
  }
}

/** `track-ended`: an object has been out of sight for as long as one is remembered. */
export class TrackEndedEvent extends OccasionEvent {
  static readonly eventName = 'track-ended';
  /** Seconds for which it was followed. */
  readonly duration: number;

  constructor(event: Told<'track-ended'>) {
    super(TrackEndedEvent.eventName, event);
    this.duration = event.duration;
  }
}

/** `zone-entered`: an object has been in a zone for as many frames as its `inertia`. */
export class ZoneEnteredEvent extends OccasionEvent {
  static readonly eventName = 'zone-entered';
  readonly zone: Place;

  constructor(event: Told<'zone-entered'>) {
    super(ZoneEnteredEvent.eventName, event);
    this.zone = event.zone;
  }
}

/** `zone-left`: an object is out of a zone, or gone altogether. */
export class ZoneLeftEvent extends OccasionEvent {
  static readonly eventName = 'zone-left';
  readonly zone: Place;
  /** Seconds that it was in it. */
  readonly dwell: number;

  constructor(event: Told<'zone-left'>) {
    super(ZoneLeftEvent.eventName, event);
    this.zone = event.zone;
    this.dwell = event.dwell;
  }
}

/** `zone-loitered`: an object has been in a zone for its `loiteringTime`. */
export class ZoneLoiteredEvent extends OccasionEvent {
  static readonly eventName = 'zone-loitered';
  readonly zone: Place;
  /** Seconds that it has been in it so far. */
  readonly dwell: number;

  constructor(event: Told<'zone-loitered'>) {
    super(ZoneLoiteredEvent.eventName, event);
    this.zone = event.zone;
    this.dwell = event.dwell;
  }
}

/** `line-crossed`: an object has crossed a line. */
export class LineCrossedEvent extends OccasionEvent {
  static readonly eventName = 'line-crossed';
  readonly line: Place;
  readonly direction: CrossingDirection;

  constructor(event: Told<'line-crossed'>) {
    super(LineCrossedEvent.eventName, event);
    this.line = event.line;
    this.direction = event.direction;
  }
}

/** `rule-fired`: what a rule waits for has come true. Bubbles and crosses shadow roots. */
export class RuleFiredEvent extends Event {
  static readonly eventName = 'rule-fired';
  readonly time: number;
  readonly timestamp: number;
  readonly rule: Place;
  /** Zone or line that it is about. */
  readonly place: Place | undefined;
  /** Whom it is about; `undefined` of a rule that counts. */
  readonly occasion: Occasion | undefined;
  /** How many there were, of a rule that counts. */
  readonly count: number | undefined;

  constructor(fired: RuleFired) {
    super(RuleFiredEvent.eventName, { bubbles: true, composed: true });
    this.time = fired.time;
    this.timestamp = fired.timestamp;
    this.rule = fired.rule;
    this.place = fired.place;
    this.occasion = fired.occasion;
    this.count = fired.count;
  }
}

/** What happened as an event of the document. */
export function watchDomEvent(event: WatchEvent): Event {
  switch (event.kind) {
    case 'track-started':
      return new TrackStartedEvent(event);
    case 'track-ended':
      return new TrackEndedEvent(event);
    case 'zone-entered':
      return new ZoneEnteredEvent(event);
    case 'zone-left':
      return new ZoneLeftEvent(event);
    case 'zone-loitered':
      return new ZoneLoiteredEvent(event);
    case 'line-crossed':
      return new LineCrossedEvent(event);
    case 'rule-fired':
      return new RuleFiredEvent(event);
  }
}

declare global {
  interface HTMLElementEventMap {
    'track-started': TrackStartedEvent;
    'track-ended': TrackEndedEvent;
    'zone-entered': ZoneEnteredEvent;
    'zone-left': ZoneLeftEvent;
    'zone-loitered': ZoneLoiteredEvent;
    'line-crossed': LineCrossedEvent;
    'rule-fired': RuleFiredEvent;
  }
}
