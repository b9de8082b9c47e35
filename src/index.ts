/**
 * The published entry: importing it registers `<sightline-detector>`, with its
 * engine, models and demo clip beside this file.
 */
import type { TaughtClass } from './domain/detector-head/taught-class.js';
import type { Head } from './domain/head.js';
import { engineUrls } from './engine-urls.js';
import { createDetectSession } from './session/create-detect-session.js';
import { SightlineDetector } from './ui/elements/sightline-detector.js';

SightlineDetector.sessionFactory = (overrides) =>
  createDetectSession(engineUrls(new URL('.', import.meta.url).href, overrides));
// Two scripts of one page may both import it.
if (customElements.get('sightline-detector') === undefined) {
  customElements.define('sightline-detector', SightlineDetector);
}

/**
 * The heads in a file that Sightline has exported, for the `heads` of an element.
 *
 * @throws SightlineError Why it could not be read.
 */
export async function readHeads(file: Blob): Promise<readonly Head[]> {
  const files = await import('./session/teach/files/read-heads.js');
  return files.readHeads(file);
}

/**
 * What is found by itself, out of a file that Sightline has exported, for the `finds` of
 * an element.
 *
 * @throws SightlineError Why it could not be read.
 */
export async function readFinds(file: Blob): Promise<readonly TaughtClass[]> {
  const files = await import('./session/teach/files/read-heads.js');
  return files.readFinds(file);
}

export { SightlineDetector };
export {
  LineCrossedEvent,
  RuleFiredEvent,
  TrackEndedEvent,
  TrackStartedEvent,
  ZoneEnteredEvent,
  ZoneLeftEvent,
  ZoneLoiteredEvent,
} from './ui/watch-events.js';
export { DetectionsEvent, StateChangeEvent, StatsChangeEvent } from './ui/events.js';
export { SightlineError } from './domain/errors.js';
export type { ErrorCode } from './domain/errors.js';
export type { BackendChoice, BackendName, RuntimeChoice, RuntimeName } from './domain/backend.js';
export type {
  Detection,
  DetectionOptions,
  FrameInfo,
  TaughtName,
  Timings,
} from './domain/detection.js';
export type { TaughtClass } from './domain/detector-head/taught-class.js';
export type { BBox } from './domain/geometry.js';
export type { FeatureSource, Head } from './domain/head.js';
export type { TrackedDetection } from './domain/tracking/track.js';
export type { Anchor } from './domain/watch/anchor.js';
export type { Line, Rule, RuleCondition, Zone } from './domain/watch/config.js';
export type { LineInput, RuleInput, ZoneInput } from './domain/watch/parse-config.js';
export type { WatchCounts } from './domain/watch/watcher.js';
export type { TeachSession, TeachState } from './session/teach/types.js';
export type {
  DetectionResult,
  EngineInfo,
  EngineState,
  LiveResult,
  Picture,
  SessionState,
  SessionStats,
  SourceInfo,
  SourceRequest,
  SourceState,
} from './session/types.js';
