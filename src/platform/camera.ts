import { SightlineError } from '../domain/errors.js';
import type { Facing } from '../domain/camera-facing.js';
import { abortable, throwIfAborted } from './abort.js';
import { CameraSource } from './camera-source.js';
import { stopStream, toCameraError } from './media-errors.js';
import type { KeyValueStore } from './storage.js';
import { emptyVideo, firstFrame, silentVideo, tryToPlay } from './video-element.js';

/** The part of `navigator.mediaDevices` that cameras need. */
export type CameraPort = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> & EventTarget;

export interface CameraRequest {
  /** Wins over `facing`. */
  readonly deviceId?: string | undefined;
  readonly facing?: Facing | undefined;
}

export interface CameraChoice {
  readonly deviceId: string;
  /** Empty until the permission was given. */
  readonly label: string;
}

/** The lens that was chosen last; the id may be void after the browser forgot this site. */
interface RememberedCamera {
  readonly deviceId: string;
  readonly facing: Facing | null;
}

const REMEMBERED = 'camera';

/** The cameras of this device. */
export class Cameras {
  readonly #port: CameraPort | undefined;
  readonly #store: KeyValueStore;

  /** @param port This browser's own by default, where it gives access to it. */
  constructor(store: KeyValueStore, port: CameraPort | undefined = cameraPort()) {
    this.#store = store;
    this.#port = port;
  }

  /**
   * Opens a camera and waits for its first picture. With neither device nor
   * facing asked for: the lens chosen last, else the back camera. A lens that
   * was asked for is remembered.
   *
   * @throws SightlineError `insecure-context`, `permission-denied`,
   *   `no-camera`, `camera-busy`, `camera-failed` or `aborted`.
   */
  async open(request: CameraRequest, signal: AbortSignal): Promise<CameraSource> {
    const port = this.#available();
    const stream = await getStream(port, cameraConstraints(request, this.#remembered()), signal);
    const video = silentVideo();
    video.srcObject = stream;
    tryToPlay(video);
    try {
      await firstFrame(video, signal, {
        broken: (error) => new SightlineError('camera-failed', error?.message),
        frameless: 'camera-failed',
      });
    } catch (thrown) {
      emptyVideo(video);
      stopStream(stream);
      throw thrown;
    }
    const source = new CameraSource({
      video,
      stream,
      devices: port,
      reopen: (deviceId, until) =>
        getStream(port, cameraConstraints({ deviceId }, undefined), until),
    });
    if (request.deviceId !== undefined || request.facing !== undefined) this.#remember(source);
    return source;
  }

  /** Cameras to choose from; empty where there are none or the browser does not tell. */
  async list(): Promise<readonly CameraChoice[]> {
    try {
      const devices = (await this.#port?.enumerateDevices()) ?? [];
      return devices
        .filter((device) => device.kind === 'videoinput')
        .map(({ deviceId, label }) => ({ deviceId, label }));
    } catch {
      return [];
    }
  }

  #available(): CameraPort {
    if (this.#port === undefined) throw new SightlineError('insecure-context');
    return this.#port;
  }

  #remembered(): RememberedCamera | undefined {
    return this.#store.read(REMEMBERED, isRememberedCamera);
  }

  #remember(source: CameraSource): void {
    if (source.deviceId === undefined) return;
    const camera: RememberedCamera = { deviceId: source.deviceId, facing: source.facing ?? null };
    this.#store.write(REMEMBERED, camera);
  }
}

/**
 * What to ask the browser for. A device that was asked for by its id must be
 * that one; everything else is a wish, so that any camera is better than none.
 */
export function cameraConstraints(
  request: CameraRequest,
  remembered: { readonly deviceId: string; readonly facing: Facing | null } | undefined,
): MediaStreamConstraints {
  const picture: MediaTrackConstraints = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  };
  if (request.deviceId !== undefined) {
    return { audio: false, video: { ...picture, deviceId: { exact: request.deviceId } } };
  }
  if (request.facing !== undefined) {
    return { audio: false, video: { ...picture, facingMode: { ideal: request.facing } } };
  }
  const facingMode = { ideal: remembered?.facing ?? 'environment' };
  return remembered === undefined
    ? { audio: false, video: { ...picture, facingMode } }
    : {
        audio: false,
        video: { ...picture, facingMode, deviceId: { ideal: remembered.deviceId } },
      };
}

async function getStream(
  port: CameraPort,
  constraints: MediaStreamConstraints,
  signal: AbortSignal,
): Promise<MediaStream> {
  throwIfAborted(signal);
  try {
    // A prompt cannot be taken back; what it yields after all is switched off.
    return await abortable(port.getUserMedia(constraints), signal, stopStream);
  } catch (thrown) {
    throwIfAborted(signal);
    throw toCameraError(thrown);
  }
}

function cameraPort(): CameraPort | undefined {
  if (!isSecureContext || !('mediaDevices' in navigator)) return undefined;
  return navigator.mediaDevices;
}

function isRememberedCamera(value: unknown): value is RememberedCamera {
  return (
    typeof value === 'object' &&
    value !== null &&
    'deviceId' in value &&
    typeof value.deviceId === 'string' &&
    value.deviceId !== '' &&
    'facing' in value &&
    (value.facing === null || value.facing === 'user' || value.facing === 'environment')
  );
}
