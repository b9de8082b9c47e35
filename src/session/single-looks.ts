import type { DetectionOptions } from '../domain/detection.js';
import { toSightlineError } from '../domain/errors.js';
import { copyPicture } from '../platform/pictures.js';
import { copyFrame } from '../platform/video-capture.js';
import type { DetectionResult, Engine, FrameData, FrameOptions } from '../protocol/index.js';
import type { EngineKeeper } from './engine-keeper.js';
import { askFor, nameResult, type Onlooker } from './naming.js';
import type { Picture } from './types.js';

interface Call {
  readonly signal?: AbortSignal | undefined;
}

/** Looks at one picture at a time, each on somebody's behalf, beside the frames of the source. */
export class SingleLooks {
  readonly #engine: Pick<Engine, 'detect'>;
  readonly #keeper: EngineKeeper;
  readonly #assertAlive: () => void;

  /** @param assertAlive Throws once the session has ended. */
  constructor(engine: Pick<Engine, 'detect'>, keeper: EngineKeeper, assertAlive: () => void) {
    this.#engine = engine;
    this.#keeper = keeper;
    this.#assertAlive = assertAlive;
  }

  /** Waits for the engine with a picture in hand, which is closed when there is none. */
  async ready(picture: FrameData, signal: AbortSignal | undefined): Promise<void> {
    try {
      // The session may have ended meanwhile.
      this.#assertAlive();
      await this.#keeper.ensureLoaded(signal);
    } catch (thrown) {
      picture.close();
      throw toSightlineError(thrown);
    }
  }

  /**
   * What is in a picture, under its taught names.
   *
   * @param wanted Asked when the engine is ready.
   */
  async lookAndName(
    picture: Picture,
    wanted: () => DetectionOptions,
    onlooker: Onlooker,
    { signal }: Call = {},
  ): Promise<DetectionResult> {
    this.#assertAlive();
    // Copied first: the caller may change or close the original at once.
    const { data, timestamp } = await copyPicture(picture, signal);
    await this.ready(data, signal);
    const options = wanted();
    const asked = askFor(options, onlooker);
    const result = await this.#engine.detect(data, timestamp, asked, { signal });
    return asked === options ? result : nameResult(result, options, onlooker);
  }

  /**
   * What the engine finds in a picture, and the picture with it: the caller's to close.
   *
   * @param ask Called when the engine is ready.
   */
  async lookAndKeep(
    picture: Picture,
    ask: () => FrameOptions,
  ): Promise<{ readonly result: DetectionResult; readonly picture: FrameData }> {
    this.#assertAlive();
    const { data, timestamp } = await copyPicture(picture);
    const copy = await copyFrame(data);
    try {
      await this.ready(data, undefined);
      return { result: await this.#engine.detect(data, timestamp, ask()), picture: copy };
    } catch (thrown) {
      copy.close();
      throw thrown;
    }
  }
}
