import type { BackendName } from '../domain/backend.js';
import type { FrameInfo, Timings } from '../domain/detection.js';
import type { BBox } from '../domain/geometry.js';
import type { TrackedDetection } from '../domain/tracking/track.js';
import type { PrivacyState } from '../session/pictures/types.js';
import type { LiveResult, SessionState, SessionStats } from '../session/types.js';
import type { Command } from './commands.js';
import type { LearnCommand } from './learn/learn-commands.js';
import type { TeachCommand } from './teach/teach-commands.js';
import type { WatchCommand } from './watch/watch-commands.js';

/** `detections`: one frame was processed. Bubbles and crosses shadow roots. */
export class DetectionsEvent extends Event {
  static readonly eventName = 'detections';
  /**
   * Best first; boxes in pixels of the source, as observed in this frame.
   * `trackId` stays with an object as long as it is followed.
   */
  readonly detections: readonly TrackedDetection[];
  /** The same objects in the same order, their boxes smoothed for the eye, as they are drawn. */
  readonly steady: readonly TrackedDetection[];
  readonly frame: FrameInfo;
  readonly backend: BackendName;
  readonly timings: Timings;

  constructor(result: LiveResult) {
    super(DetectionsEvent.eventName, { bubbles: true, composed: true });
    this.detections = result.detections;
    this.steady = result.steady;
    this.frame = result.frame;
    this.backend = result.backend;
    this.timings = result.timings;
  }
}

/** `state-change`: engine, source, running or problem changed. Bubbles and crosses shadow roots. */
export class StateChangeEvent extends Event {
  static readonly eventName = 'state-change';
  readonly state: SessionState;

  constructor(state: SessionState) {
    super(StateChangeEvent.eventName, { bubbles: true, composed: true });
    this.state = state;
  }
}

/** `stats-change`: new numbers, at most 4 times a second. Bubbles and crosses shadow roots. */
export class StatsChangeEvent extends Event {
  static readonly eventName = 'stats-change';
  readonly stats: SessionStats;

  constructor(stats: SessionStats) {
    super(StatsChangeEvent.eventName, { bubbles: true, composed: true });
    this.stats = stats;
  }
}

/** `privacy-change`: whether the picture is altered has changed. Bubbles and crosses shadow roots. */
export class PrivacyChangeEvent extends Event {
  static readonly eventName = 'privacy-change';
  readonly state: PrivacyState;

  constructor(state: PrivacyState) {
    super(PrivacyChangeEvent.eventName, { bubbles: true, composed: true });
    this.state = state;
  }
}

/** `app-command`: a view of the app passes on what the person wants. */
export class CommandEvent extends Event {
  static readonly eventName = 'app-command';
  readonly command: Command;

  constructor(command: Command) {
    super(CommandEvent.eventName, { bubbles: true, composed: true });
    this.command = command;
  }
}

/** `sheet-close`: a sheet was closed, by its button, by Escape or by a tap beside it. */
export class SheetCloseEvent extends Event {
  static readonly eventName = 'sheet-close';

  constructor() {
    super(SheetCloseEvent.eventName, { bubbles: true, composed: true });
  }
}

/** `watch-command`: a view of the Watch mode passes on what the person wants. */
export class WatchCommandEvent extends Event {
  static readonly eventName = 'watch-command';
  readonly command: WatchCommand;

  constructor(command: WatchCommand) {
    super(WatchCommandEvent.eventName, { bubbles: true, composed: true });
    this.command = command;
  }
}

/** `box-edit`: somebody draws, moves or takes a box. Bubbles and crosses shadow roots. */
export class BoxEditEvent extends Event {
  static readonly eventName = 'box-edit';
  /** In pixels of the picture. */
  readonly bbox: BBox;
  /** It changes still, it has just been drawn, or it is right. */
  readonly step: 'moving' | 'drawn' | 'taken';

  constructor(bbox: BBox, step: BoxEditEvent['step']) {
    super(BoxEditEvent.eventName, { bubbles: true, composed: true });
    this.bbox = bbox;
    this.step = step;
  }
}

/** `teach-command`: a view of the Teach mode passes on what the person wants. */
export class TeachCommandEvent extends Event {
  static readonly eventName = 'teach-command';
  readonly command: TeachCommand;

  constructor(command: TeachCommand) {
    super(TeachCommandEvent.eventName, { bubbles: true, composed: true });
    this.command = command;
  }
}

/** `learn-command`: a view of the lessons passes on what the person wants. */
export class LearnCommandEvent extends Event {
  static readonly eventName = 'learn-command';
  readonly command: LearnCommand;

  constructor(command: LearnCommand) {
    super(LearnCommandEvent.eventName, { bubbles: true, composed: true });
    this.command = command;
  }
}

declare global {
  interface HTMLElementEventMap {
    detections: DetectionsEvent;
    'state-change': StateChangeEvent;
    'stats-change': StatsChangeEvent;
    'privacy-change': PrivacyChangeEvent;
    'app-command': CommandEvent;
    'box-edit': BoxEditEvent;
    'teach-command': TeachCommandEvent;
    'learn-command': LearnCommandEvent;
    'watch-command': WatchCommandEvent;
    'sheet-close': SheetCloseEvent;
  }
}
