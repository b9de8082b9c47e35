import type { CameraPort } from '../../src/platform/camera.js';

/** A live stream of a canvas that changes 30 times a second. */
export class LivePicture {
  readonly canvas = document.createElement('canvas');
  readonly stream: MediaStream;
  readonly #timer: ReturnType<typeof setInterval>;
  #tick = 0;

  constructor(width = 64, height = 48) {
    this.canvas.width = width;
    this.canvas.height = height;
    this.#draw();
    this.stream = this.canvas.captureStream(30);
    this.#timer = setInterval(() => {
      this.#draw();
    }, 33);
  }

  get track(): MediaStreamTrack {
    const [track] = this.stream.getVideoTracks();
    if (track === undefined) throw new Error('a canvas stream has a track');
    return track;
  }

  /** Changes the size, as a phone does that is turned. */
  resize(width: number, height: number): void {
    this.canvas.width = width;
    this.canvas.height = height;
    this.#draw();
  }

  /** Ends it as unplugging does: browsers fire no event when a page itself stops a track. */
  unplug(): void {
    this.stop();
    this.track.dispatchEvent(new Event('ended'));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.track.stop();
  }

  #draw(): void {
    const context = this.canvas.getContext('2d');
    if (context === null) return;
    this.#tick++;
    context.fillStyle = `rgb(200, ${String((this.#tick * 8) % 256)}, 0)`;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }
}

export interface PluggedCamera {
  readonly deviceId: string;
  readonly label: string;
  readonly facingMode?: string;
}

/** A computer whose cameras are canvases, to be plugged in and out. */
export class CanvasCameras extends EventTarget implements CameraPort {
  readonly pictures: LivePicture[] = [];
  readonly asked: MediaTrackConstraints[] = [];
  /** What opening a camera fails with, while set. */
  fault: DOMException | undefined;
  /** Resolves when the person answers the prompt. */
  prompt: Promise<void> = Promise.resolve();
  #cameras: readonly PluggedCamera[];

  constructor(...cameras: PluggedCamera[]) {
    super();
    this.#cameras = cameras;
  }

  get live(): LivePicture[] {
    return this.pictures.filter((picture) => picture.track.readyState === 'live');
  }

  /** Changes what is plugged in. */
  plug(...cameras: PluggedCamera[]): void {
    this.#cameras = cameras;
    this.dispatchEvent(new Event('devicechange'));
  }

  async getUserMedia(constraints?: MediaStreamConstraints): Promise<MediaStream> {
    const wanted = constraints?.video;
    if (typeof wanted !== 'object') throw new TypeError('no video asked for');
    this.asked.push(wanted);
    await this.prompt;
    if (this.fault !== undefined) throw this.fault;
    const camera = this.#choose(wanted);
    const picture = new LivePicture();
    this.pictures.push(picture);
    return wear(picture.stream, camera);
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const devices = this.#cameras.map(({ deviceId, label }) => ({
      deviceId,
      label,
      kind: 'videoinput' as const,
      groupId: '',
      toJSON: () => undefined,
    }));
    const microphone = { ...devices[0], deviceId: 'mic', kind: 'audioinput' as const };
    return Promise.resolve([...devices, microphone] as MediaDeviceInfo[]);
  }

  #choose(wanted: MediaTrackConstraints): PluggedCamera {
    const { exact, ideal } = (wanted.deviceId ?? {}) as ConstrainDOMStringParameters;
    const facing = (wanted.facingMode ?? {}) as ConstrainDOMStringParameters;
    if (exact !== undefined) {
      const camera = this.#cameras.find(({ deviceId }) => deviceId === exact);
      if (camera === undefined) throw new DOMException('gone', 'OverconstrainedError');
      return camera;
    }
    const [first] = this.#cameras;
    if (first === undefined) throw new DOMException('none', 'NotFoundError');
    return (
      this.#cameras.find(({ deviceId }) => deviceId === ideal) ??
      this.#cameras.find(({ facingMode }) => facingMode === facing.ideal) ??
      first
    );
  }
}

/** Makes a canvas track look like a camera's. */
function wear(stream: MediaStream, camera: PluggedCamera): MediaStream {
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new Error('a canvas stream has a track');
  const { deviceId, facingMode, label } = camera;
  const settings = track.getSettings();
  track.getSettings = () => ({
    ...settings,
    deviceId,
    ...(facingMode === undefined ? {} : { facingMode }),
  });
  Object.defineProperty(track, 'label', { value: label });
  return stream;
}
