import type { Detection, DetectionOptions } from '../../domain/detection.js';
import { isSamePrivacy, type PrivacyOptions } from '../../domain/privacy/options.js';
import { PrivacyPlanner, WHOLE } from '../../domain/privacy/planner.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import { AlteredPicture } from '../../platform/altered-picture.js';
import { canFloat, FloatingPicture } from '../../platform/floating-picture.js';
import type { FrameSource } from '../../platform/frame-source.js';
import { Listeners } from '../../platform/listeners.js';
import { PictureStream } from '../../platform/picture-stream.js';
import { shrunkJpeg } from '../../platform/snapshot.js';
import type { DetectionResult, FrameData } from '../../protocol/index.js';
import { DEFAULT_LIVE_TRACKING_OPTIONS } from '../track-keeper.js';
import { ClipKeeper } from './clip-keeper.js';
import type { PictureSession, PrivacyState } from './types.js';

/** A live picture that nobody looked at for so long is covered, in milliseconds. */
const LONGEST_SILENCE_MS = 5000;

/** What was found in a frame. */
export interface Look {
  readonly result: DetectionResult;
  /** All that is followed, also what is not shown. */
  readonly tracked: readonly TrackedDetection[];
  readonly lostTrackBuffer: number;
  /** It is looked at once more: what is small is not found yet. */
  readonly isFirst: boolean;
}

/**
 * Stands between the source and everybody who sees, keeps or gets its picture. While privacy is
 * on, only frames that were looked at are shown, each with what was found in that very frame:
 * a frame later than the camera, and never one without its boxes.
 */
export class LivePicture implements PictureSession {
  readonly #changed: () => void;
  readonly #changes = new Listeners<undefined>();
  readonly #floating = new FloatingPicture();
  readonly #clips = new ClipKeeper();
  readonly #planner = new PrivacyPlanner(
    { style: 'cover', part: 'objects', labels: [], shape: 'box', margin: 0 },
    DEFAULT_LIVE_TRACKING_OPTIONS.lostTrackBuffer,
  );
  #options: PrivacyOptions | undefined;
  /** What the detector was asked under for the frame that is on its way. */
  #asked: PrivacyOptions | undefined;
  #source: FrameSource | undefined;
  #altered: AlteredPicture | undefined;
  #stream: PictureStream | undefined;
  #state: PrivacyState = 'off';
  /** What is on the canvas is the frame that was looked at last. */
  #isCurrent = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  keepsStills = false;
  /** Labels that the network has itself. */
  labels: readonly string[] = [];

  /** @param changed Another element shows the picture now; it should be looked at afresh. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get privacy(): PrivacyOptions | undefined {
    return this.#options;
  }

  set privacy(options: PrivacyOptions | undefined) {
    if (isSamePrivacy(options, this.#options)) return;
    this.#options = options;
    if (options !== undefined) this.#planner.options = options;
    this.#cover();
    this.#changed();
  }

  get privacyState(): PrivacyState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  /** Whether `take` is to be given the frame. */
  get wantsPicture(): boolean {
    const isKept = this.keepsStills || this.#clips.isWanted;
    return this.#options !== undefined || isKept || (this.#stream?.isTaken ?? false);
  }

  /** What shows the picture of a source. */
  elementOf(source: FrameSource): FrameSource['element'] {
    if (this.#options === undefined || source !== this.#source) return source.element;
    return this.#canvas().canvas;
  }

  /** Another source, or none. */
  begin(source: FrameSource | undefined): void {
    this.#altered?.close();
    this.#altered = undefined;
    this.#source = source;
    this.#planner.reset();
    this.#cover();
  }

  /** What to ask of the detector, so that whatever is to be altered is found. */
  widen(options: DetectionOptions): DetectionOptions {
    const privacy = this.#options;
    this.#asked = privacy;
    if (privacy === undefined) return options;
    const { labels } = privacy;
    const { categoryAllowlist: allowed, categoryDenylist: denied } = options;
    if (labels.length === 0) return { ...options, categoryAllowlist: [], categoryDenylist: [] };
    return {
      ...options,
      categoryAllowlist: allowed.length === 0 ? [] : [...new Set([...allowed, ...labels])],
      categoryDenylist: denied.filter((label) => !labels.includes(label)),
    };
  }

  /**
   * Shows a frame that was looked at.
   *
   * @param frame That very frame; stays the caller's.
   */
  take(frame: FrameData | undefined, look: Look): void {
    this.#isCurrent = false;
    // Nobody was told to look for what is asked for now, or to hand the frame on.
    if (frame === undefined || !this.wantsPicture || this.#asked !== this.#options) return;
    const altered = this.#canvas();
    const privacy = this.#options;
    if (privacy === undefined) altered.showPlain(frame);
    else altered.show(frame, look.isFirst ? WHOLE : this.#plan(look), privacy);
    this.#isCurrent = true;
    this.#clips.add(altered.canvas);
    this.#share();
    if (privacy !== undefined) this.#tell(look.isFirst ? 'waiting' : 'on');
    this.#awaitNext();
  }

  /**
   * The frame as it may be kept, in place of the one as it came.
   *
   * @returns The caller's to close; `undefined` while there is none.
   */
  keepable(): FrameData | undefined {
    if (!this.#isCurrent || this.#altered === undefined) return undefined;
    const { canvas } = this.#altered;
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    copy.getContext('2d')?.drawImage(canvas, 0, 0);
    return copy.transferToImageBitmap();
  }

  captureStream(): MediaStream {
    this.#stream ??= new PictureStream();
    const stream = this.#stream.open();
    this.#share();
    return stream;
  }

  get canFloat(): boolean {
    return canFloat();
  }

  get isFloating(): boolean {
    return this.#floating.isOpen;
  }

  async float(isWanted: boolean): Promise<void> {
    const told = (): void => {
      this.#changes.emit(undefined);
    };
    if (isWanted) await this.#floating.open(this.captureStream(), told);
    else this.#floating.close();
    told();
  }

  still(): Promise<Blob> | undefined {
    return this.#isCurrent && this.#altered ? shrunkJpeg(this.#altered.canvas) : undefined;
  }

  get keepsClips(): boolean {
    return this.#clips.isWanted;
  }

  set keepsClips(isWanted: boolean) {
    this.#clips.isWanted = isWanted;
  }

  clip(): Promise<Blob | undefined> {
    return this.#clips.clip();
  }

  /** Frames stop coming, and that is as it should be. */
  rest(): void {
    clearTimeout(this.#silence);
  }

  dispose(): void {
    this.begin(undefined);
    this.#floating.close();
    this.#clips.isWanted = false;
    this.#stream?.close();
    this.#stream = undefined;
    this.#changes.clear();
  }

  #plan({ result, tracked, lostTrackBuffer }: Look): ReturnType<PrivacyPlanner['plan']> {
    const { labels } = this.#planner.options;
    this.#planner.hold = lostTrackBuffer;
    this.#planner.waitsForNames = labels.some((label) => !this.labels.includes(label));
    const found: readonly Detection[] = result.detections;
    const { timestamp, width, height } = result.frame;
    return this.#planner.plan({ timestamp, frame: { width, height }, found, tracked });
  }

  /** Nothing is shown until there is something that may be. */
  #cover(): void {
    this.rest();
    this.#isCurrent = false;
    this.#clips.forget();
    if (this.#options === undefined) this.#tell('off');
    else {
      if (this.#source !== undefined) this.#canvas().coverAll();
      this.#tell('waiting');
    }
    if (this.#altered === undefined) this.#stream?.clear();
    else this.#share();
  }

  #canvas(): AlteredPicture {
    if (this.#altered === undefined) {
      this.#altered = new AlteredPicture();
      this.#altered.coverAll(this.#source?.size);
    }
    return this.#altered;
  }

  #share(): void {
    if (this.#altered !== undefined && this.#stream?.isTaken === true) {
      this.#stream.draw(this.#altered.canvas);
    }
  }

  #awaitNext(): void {
    this.rest();
    if (this.#options === undefined || this.#source?.kind === 'photo') return;
    this.#silence = setTimeout(() => {
      this.#cover();
    }, LONGEST_SILENCE_MS);
  }

  #tell(state: PrivacyState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changes.emit(undefined);
  }
}
