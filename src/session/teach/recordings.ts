import { SightlineError, toSightlineError } from '../../domain/errors.js';
import { intersectionOverUnion, type BBox } from '../../domain/geometry.js';
import type { TrackedDetection } from '../../domain/tracking/track.js';
import type { Undo } from '../../platform/sample-store.js';
import type { FrameData } from '../../protocol/index.js';
import type { LiveResult } from '../types.js';
import type { FeatureBank } from './feature-bank.js';
import { comparedMaps } from './feature-rows.js';
import type { Keeper } from './keeper.js';
import { newId } from './new-id.js';
import { openSource, pictureOfNow, sampleSource, standsStill } from './picture-of-now.js';
import { baseOf, catchOf, Recorder, rowOf, type CaughtBox, type RowSource } from './recorder.js';
import { allOf, labelOf, type SampleBook } from './sample-book.js';
import type { TeachStore } from './teach-store.js';
import { TrackSight } from './track-sight.js';
import type { Target } from './types.js';
import type { TeachView } from './view.js';

/** A drawn box and a found one that overlap so much are about the same object. */
const SAME_OBJECT = 0.4;
/** Milliseconds in which an object that was pointed at has to be seen once more. */
const REJECTION_PATIENCE = 3000;
const NO_FEATURES: RowSource = { maps: [], channels: [] };

/** "Not that", waiting for the next frame that shows it. */
interface Rejection {
  readonly trackId: number;
  readonly take: (detection: TrackedDetection, result: LiveResult, picture: FrameData) => void;
}

export interface RecordingsParts {
  readonly view: TeachView;
  readonly teach: TeachStore;
  readonly book: SampleBook;
  readonly bank: FeatureBank;
  readonly keeper: Keeper;
}

/** From what is pointed at to samples. */
export class Recordings {
  readonly #parts: RecordingsParts;
  #recorder: Recorder | undefined;
  #undos: Undo[] = [];
  #rejections: Rejection[] = [];
  /** What was found last, for pictures that stand still. */
  #last: LiveResult | undefined;

  constructor(parts: RecordingsParts) {
    this.#parts = parts;
  }

  /** Whether the next frame is wanted, with features of the maps of the settings. */
  get isWatching(): boolean {
    return this.#recorder !== undefined || this.#rejections.length > 0;
  }

  see(result: LiveResult, picture: FrameData | undefined): void {
    this.#last = result;
    if (picture === undefined) return;
    this.#recorder?.see(result, picture);
    for (const rejection of [...this.#rejections]) {
      const found = result.detections.find(({ trackId }) => trackId === rejection.trackId);
      if (found !== undefined) rejection.take(found, result, picture);
    }
  }

  /** Another source: what was pointed at is gone. */
  reset(): void {
    this.#last = undefined;
    void this.stop();
  }

  async record(target: Target, written: string): Promise<void> {
    const label = labelOf(written);
    const { state } = this.#parts.view.session;
    openSource(state);
    await this.stop();
    if (target.kind === 'box') {
      await this.#takeStill(target.bbox, {
        kind: 'example',
        label,
        base: this.#baseAt(target.bbox),
      });
      return;
    }
    if (standsStill(state)) {
      const found = this.#onShow(target.trackId);
      await this.#takeStill(found.bbox, { kind: 'example', label, base: baseOf(found) });
      return;
    }
    const sight = new TrackSight(target.trackId);
    const features = await this.#rowSource();
    this.#begin({ kind: 'track', label, sight }, features, await this.#knownViews(label));
  }

  /** @throws SightlineError `nothing-to-see` */
  async recordBackground(): Promise<void> {
    const { state } = this.#parts.view.session;
    openSource(state);
    await this.stop();
    this.#begin({ kind: 'background' }, await this.#rowSource(), []);
    // A picture that stands still is given once more, for this.
    if (standsStill(state)) this.#parts.view.lookAgain();
  }

  /** Resolves when everything that was taken is stored. */
  async stop(): Promise<void> {
    const recorder = this.#recorder;
    if (recorder === undefined) return;
    this.#recorder = undefined;
    this.#parts.teach.set({ recording: undefined });
    await recorder.stop();
    const undos = this.#undos;
    this.#undos = [];
    if (undos.length > 0) this.#parts.book.keepUndo(allOf(undos.reverse()));
  }

  /** @throws SightlineError `object-lost` when it is not seen any more. */
  async reject(trackId: number): Promise<void> {
    const { state } = this.#parts.view.session;
    if (standsStill(state)) {
      const found = this.#onShow(trackId);
      const { class: label } = found;
      await this.#takeStill(found.bbox, { kind: 'negative', label, base: baseOf(found) });
      return;
    }
    await this.#rejectMoving(trackId, await this.#rowSource());
  }

  #begin(
    wish: ConstructorParameters<typeof Recorder>[0],
    features: RowSource,
    known: Iterable<Float32Array>,
  ): void {
    const { teach, keeper, view } = this.#parts;
    const recorder = new Recorder(wish, newId(), known, {
      keep: async (caught) => {
        this.#undos.push(await keeper.keep(caught));
      },
      changed: (recording) => {
        if (this.#recorder === recorder) teach.set({ recording });
      },
      failed: (thrown) => {
        teach.report(thrown);
        if (this.#recorder === recorder) void this.stop();
      },
      source: () => sampleSource(view.session.state),
      features,
    });
    this.#recorder = recorder;
    teach.set({ recording: recorder.recording, problem: undefined });
  }

  /** One sample of the picture on show. */
  async #takeStill(bbox: BBox, box: Pick<CaughtBox, 'kind' | 'label' | 'base'>): Promise<void> {
    const { view, book, keeper } = this.#parts;
    const { state } = view.session;
    const picture = await pictureOfNow(state);
    let caught;
    try {
      const whole = { ...box, bbox, row: undefined };
      caught = catchOf(picture, [whole], {
        burst: newId(),
        source: sampleSource(state),
        features: NO_FEATURES,
      });
    } finally {
      picture.close();
    }
    book.keepUndo(await keeper.keep(caught));
  }

  #rejectMoving(trackId: number, features: RowSource): Promise<void> {
    const { view, book, keeper } = this.#parts;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#rejections = this.#rejections.filter((other) => other !== rejection);
      };
      const rejection: Rejection = {
        trackId,
        take: (found, result, picture) => {
          const row = rowOf(result, found, features);
          // The first frame was asked for before anybody wanted features.
          if (row === undefined) return;
          end();
          const { bbox, class: label } = found;
          const box = { bbox, kind: 'negative' as const, label, base: baseOf(found), row };
          try {
            const source = sampleSource(view.session.state);
            const caught = catchOf(picture, [box], { burst: newId(), source, features });
            keeper.keep(caught).then((undo) => {
              book.keepUndo(undo);
              resolve();
            }, reject);
          } catch (thrown) {
            reject(toSightlineError(thrown));
          }
        },
      };
      const timer = setTimeout(() => {
        end();
        reject(new SightlineError('object-lost', `track ${String(trackId)}`));
      }, REJECTION_PATIENCE);
      this.#rejections.push(rejection);
    });
  }

  /** @throws SightlineError `object-lost` */
  #onShow(trackId: number): TrackedDetection {
    const found = this.#last?.detections.find((detection) => detection.trackId === trackId);
    if (found === undefined) throw new SightlineError('object-lost', `track ${String(trackId)}`);
    return found;
  }

  /** What the detector calls the object that a drawn box is about. */
  #baseAt(bbox: BBox): string | undefined {
    const [best] = (this.#last?.detections ?? [])
      .map((found) => ({ found, overlap: intersectionOverUnion(found.bbox, bbox) }))
      .filter(({ overlap }) => overlap >= SAME_OBJECT)
      .sort((a, b) => b.overlap - a.overlap);
    return best && baseOf(best.found);
  }

  /** Features that frames come with while this watches; with no engine there are no frames either. */
  async #rowSource(): Promise<RowSource> {
    const { bank, keeper, teach } = this.#parts;
    const { maps } = teach.state.settings;
    const { model } = keeper;
    if (model === undefined) return NO_FEATURES;
    return { maps, channels: await bank.channels({ model, maps }) };
  }

  async #knownViews(label: string): Promise<Iterable<Float32Array>> {
    const { book, bank, keeper, teach } = this.#parts;
    const { model } = keeper;
    if (model === undefined) return [];
    const examples = book.samples.filter(
      (sample) => sample.label === label && sample.kind === 'example',
    );
    const maps = comparedMaps(teach.state.settings.maps);
    const known = await bank.known(examples, { model, maps });
    return known.values();
  }
}
