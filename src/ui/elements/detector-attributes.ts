import type { ComplexAttributeConverter } from 'lit';
import {
  DETAIL_CHOICES,
  DEFAULT_DETECTION_OPTIONS,
  MAX_CANDIDATES,
  type DetailChoice,
  type DetectionOptions,
} from '../../domain/detection.js';
import { DEFAULT_TRACKING_OPTIONS, type TrackingOptions } from '../../domain/tracking/options.js';
import type { LiveTrackingOptions, SourceRequest } from '../../session/types.js';

/** `category-allowlist="cup, wine glass"` ⇄ `['cup', 'wine glass']`. */
export const commaSeparated: ComplexAttributeConverter<readonly string[]> = {
  fromAttribute: (value) =>
    (value ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  toAttribute: (value) => (value.length === 0 ? null : value.join(',')),
};

/** The options as a page sets them: of the detail it says only whether it is wanted. */
export type OptionProperties = Omit<DetectionOptions, 'detail'> & { readonly detail: DetailChoice };

/** Properties that make up the session's options. */
export const OPTION_NAMES = Object.keys(DEFAULT_DETECTION_OPTIONS) as (keyof OptionProperties)[];

function within(value: number, low: number, high: number, fallback: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, low), high) : fallback;
}

/** Options as the session takes them, from properties that may hold anything. */
export function sanitizeOptions(options: OptionProperties): DetectionOptions {
  const defaults = DEFAULT_DETECTION_OPTIONS;
  return {
    maxResults: Math.round(within(options.maxResults, 1, MAX_CANDIDATES, defaults.maxResults)),
    scoreThreshold: within(options.scoreThreshold, 0, 1, defaults.scoreThreshold),
    iouThreshold: within(options.iouThreshold, 0, 1, defaults.iouThreshold),
    categoryAllowlist: [...options.categoryAllowlist],
    categoryDenylist: [...options.categoryDenylist],
    detail: options.detail === 'on' ? 'all' : 'off',
  };
}

/** Properties that make up the session's tracking options. */
export const TRACKING_NAMES = Object.keys(DEFAULT_TRACKING_OPTIONS) as (keyof TrackingOptions)[];

/** No object is remembered for longer than this many seconds, nor waited for in more frames. */
const LONGEST_BUFFER = 60;
const MOST_FRAMES = 60;

/** Tracking options as the session takes them, from properties that may hold anything. */
export function sanitizeTracking(options: TrackingOptions): LiveTrackingOptions {
  const defaults = DEFAULT_TRACKING_OPTIONS;
  const {
    trackActivationThreshold: activation,
    lostTrackBuffer,
    minimumConsecutiveFrames,
  } = options;
  return {
    trackActivationThreshold: Number.isFinite(activation) ? within(activation, 0, 1, 0) : undefined,
    lostTrackBuffer: within(lostTrackBuffer, 0, LONGEST_BUFFER, defaults.lostTrackBuffer),
    minimumMatchingThreshold: within(
      options.minimumMatchingThreshold,
      0,
      1,
      defaults.minimumMatchingThreshold,
    ),
    minimumConsecutiveFrames: Math.round(
      within(minimumConsecutiveFrames, 1, MOST_FRAMES, defaults.minimumConsecutiveFrames),
    ),
  };
}

/** A choice from an attribute that may say anything. */
export function sanitizeDetail(choice: string): DetailChoice {
  return DETAIL_CHOICES.find((known) => known === choice) ?? 'auto';
}

/** The values of the `source` attribute; `file` only tells that `open(blob)` was called. */
export type SourceAttribute = 'none' | 'camera' | 'screen' | 'demo' | 'file';

/** What the `source` and `camera` attributes ask for; `undefined` where only `open()` can say. */
export function requestFromAttributes(source: string, camera: string): SourceRequest | undefined {
  switch (source) {
    case 'camera':
      return cameraRequest(camera);
    case 'screen':
    case 'demo':
    case 'none':
      return { kind: source };
    default:
      return undefined;
  }
}

/** A camera by what a person may write: a side of the device, an id, or nothing. */
export function cameraRequest(camera: string): SourceRequest {
  if (camera === 'user' || camera === 'environment') return { kind: 'camera', facing: camera };
  return camera === '' ? { kind: 'camera' } : { kind: 'camera', deviceId: camera };
}

/** The `camera` attribute that asks for a request. */
export function cameraAttribute(request: SourceRequest): string {
  return request.kind === 'camera' ? (request.deviceId ?? request.facing ?? '') : '';
}

/** Whether two requests ask for the same source. */
export function isSameRequest(a: SourceRequest, b: SourceRequest): boolean {
  if (a.kind === 'file' || b.kind === 'file') {
    return a.kind === 'file' && b.kind === 'file' && a.file === b.file;
  }
  return a.kind === b.kind && cameraAttribute(a) === cameraAttribute(b);
}
