/** A tone to be repeated until another one takes its place. */
export interface RepeatedTone {
  /** -1 left to 1 right. */
  readonly pan: number;
  /** Hertz. */
  readonly frequency: number;
  /** Milliseconds from one to the next. */
  readonly interval: number;
}

const SECONDS = 0.09;

/** Short tones that lead somewhere, with a buzz for each where that is wanted. */
export class GuideSound {
  #audio: AudioContext | undefined;
  #tone: RepeatedTone | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  hasTone = true;
  /** Devices that cannot buzz stay still. */
  hasBuzz = true;

  /** Begins, goes on otherwise, or falls silent with `undefined`. */
  set tone(tone: RepeatedTone | undefined) {
    this.#tone = tone;
    if (tone === undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#next();
    }
  }

  /** To be called while a person touches the page: browsers let it sound only then. */
  unlock(): void {
    this.#audio ??= new AudioContext();
    this.#audio.resume().catch(() => undefined);
  }

  dispose(): void {
    this.tone = undefined;
    void this.#audio?.close();
    this.#audio = undefined;
  }

  #next(): void {
    const tone = this.#tone;
    if (tone === undefined) return;
    if (this.hasTone && this.#audio?.state === 'running') sound(this.#audio, tone);
    const { vibrate } = navigator as Partial<Navigator>;
    if (this.hasBuzz) vibrate?.call(navigator, [30]);
    this.#timer = setTimeout(() => {
      this.#next();
    }, tone.interval);
  }
}

function sound(audio: AudioContext, { pan, frequency }: RepeatedTone): void {
  const now = audio.currentTime;
  const tone = new OscillatorNode(audio, { frequency, type: 'triangle' });
  const volume = new GainNode(audio, { gain: 0 });
  // Without a ramp each end is a click.
  volume.gain.setValueAtTime(0, now);
  volume.gain.linearRampToValueAtTime(0.3, now + 0.01);
  volume.gain.linearRampToValueAtTime(0, now + SECONDS);
  tone.connect(volume).connect(new StereoPannerNode(audio, { pan })).connect(audio.destination);
  tone.start(now);
  tone.stop(now + SECONDS);
}
