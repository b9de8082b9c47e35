import { backoff } from '../domain/backoff.js';
import { cameraFacing } from '../domain/camera-facing.js';
import { SightlineError } from '../domain/errors.js';
import { linkedController, nextEvent, throwIfAborted, wait } from './abort.js';
import type { Handover } from './frame-source.js';
import { isWorthRetrying, stopStream, toCameraError } from './media-errors.js';
import { VideoSource } from './video-source.js';

export interface CameraSourceOptions {
  /** Shows the stream and has its first frame; the source takes both over. */
  readonly video: HTMLVideoElement;
  readonly stream: MediaStream;
  /** Opens the same lens again; rejects with a `SightlineError`. */
  readonly reopen: (deviceId: string | undefined, signal: AbortSignal) => Promise<MediaStream>;
  /** Fires `devicechange` when a camera is plugged in or out. */
  readonly devices: EventTarget;
}

/** Shorter interruptions are nothing to talk about, in milliseconds. */
const MUTE_PATIENCE = 500;
/** Milliseconds between two attempts to get a lost camera back: at first, and at most. */
const FIRST_RETRY = 500;
const SLOWEST_RETRY = 10_000;

/**
 * A camera that comes back: when it is unplugged, or the system takes it away,
 * it says so and tries again until it is there.
 */
export class CameraSource extends VideoSource {
  readonly #reopen: CameraSourceOptions['reopen'];
  readonly #devices: EventTarget;
  /** Ends the attempts to get a lost camera back. */
  #retrying: AbortController | undefined;
  /** Stops listening to the current track. */
  #unwatch: (() => void) | undefined;
  #stream: MediaStream;
  #deviceId: string | undefined;
  #facingMode: string | undefined;

  constructor(options: CameraSourceOptions) {
    super({ kind: 'camera', label: '', video: options.video });
    this.#reopen = options.reopen;
    this.#devices = options.devices;
    this.#stream = options.stream;
    this.#adopt(options.stream);
  }

  override get facing(): 'user' | 'environment' | undefined {
    return cameraFacing(this.#facingMode, this.label);
  }

  override get deviceId(): string | undefined {
    return this.#deviceId;
  }

  override get handover(): Handover {
    return {
      release: () => {
        this.#stopRetrying();
        this.#letGo();
      },
      reacquire: () => {
        if (!this.closed) this.#bringBack();
      },
    };
  }

  override close(): void {
    this.#stopRetrying();
    this.#letGo();
    super.close();
  }

  #adopt(stream: MediaStream): void {
    this.#stream = stream;
    const track = stream.getVideoTracks()[0];
    if (track === undefined) return;
    const settings = track.getSettings();
    this.#deviceId = settings.deviceId ?? this.#deviceId;
    this.#facingMode = settings.facingMode;
    this.#watch(track);
    this.changed(track.label);
  }

  #watch(track: MediaStreamTrack): void {
    let muteTimer: ReturnType<typeof setTimeout> | undefined;
    let isMuted = false;
    const onMute = () => {
      clearTimeout(muteTimer);
      muteTimer = setTimeout(() => {
        // A hidden page's camera is muted by some phones; nobody is looking then.
        if (!track.muted || document.visibilityState !== 'visible') return;
        isMuted = true;
        this.trouble(new SightlineError('camera-busy', 'the system has paused the camera'));
      }, MUTE_PATIENCE);
    };
    const onUnmute = () => {
      clearTimeout(muteTimer);
      if (isMuted) this.trouble(undefined);
      isMuted = false;
    };
    const onEnded = () => {
      this.trouble(new SightlineError('source-ended', track.label));
      this.#bringBack();
    };
    track.addEventListener('mute', onMute);
    track.addEventListener('unmute', onUnmute);
    track.addEventListener('ended', onEnded);
    if (track.muted) onMute();
    this.#unwatch = () => {
      clearTimeout(muteTimer);
      track.removeEventListener('mute', onMute);
      track.removeEventListener('unmute', onUnmute);
      track.removeEventListener('ended', onEnded);
    };
  }

  #letGo(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    stopStream(this.#stream);
  }

  #stopRetrying(): void {
    this.#retrying?.abort();
    this.#retrying = undefined;
  }

  #bringBack(): void {
    this.#stopRetrying();
    this.#letGo();
    const controller = new AbortController();
    this.#retrying = controller;
    this.#retry(controller.signal).catch(() => undefined);
  }

  /** Tries until the camera is back or the signal fires. */
  async #retry(signal: AbortSignal): Promise<void> {
    for (let failures = 0; ;) {
      try {
        const stream = await this.#reopen(this.#deviceId, signal);
        if (signal.aborted) stopStream(stream);
        throwIfAborted(signal);
        this.#adopt(stream);
        this.show(stream);
        this.trouble(undefined);
        return;
      } catch (thrown) {
        throwIfAborted(signal);
        const error = toCameraError(thrown);
        failures++;
        if (isWorthRetrying(error)) {
          await this.#nextChance(backoff(failures, FIRST_RETRY, SLOWEST_RETRY), signal);
        } else {
          // The person's "no" is news, and asking again would pester them.
          this.trouble(error);
          await nextEvent(this.#devices, 'devicechange', signal);
        }
      }
    }
  }

  /** Resolves when a device was plugged in or out, or after the delay. */
  async #nextChance(delay: number, signal: AbortSignal): Promise<void> {
    const waiting = linkedController(signal);
    try {
      await Promise.race([
        nextEvent(this.#devices, 'devicechange', waiting.signal),
        wait(delay, waiting.signal),
      ]);
    } finally {
      waiting.abort();
    }
  }
}
