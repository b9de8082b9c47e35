import { isAbort, SightlineError } from '../../domain/errors.js';
import type { BBox } from '../../domain/geometry.js';
import { patchLooks } from '../../domain/learn/evidence.js';
import type { Sample } from '../../domain/sample.js';
import { throwIfAborted } from '../../platform/abort.js';
import { mirrored } from '../../platform/snapshot.js';
import type { SampleStore, StoredFeatures } from '../../platform/sample-store.js';
import { entriesOf, extractorOf, isUsable, joinRow } from './feature-rows.js';
import type { TeachView } from './view.js';

/** Which features are meant. */
export interface MapChoice {
  readonly model: string;
  readonly maps: readonly string[];
}

/** Parts of a box to look at. */
export interface PatchChoice {
  readonly maps: readonly string[];
  readonly side: number;
  /** See `EngineInfo.model.featureRegions`. */
  readonly regions: Readonly<Record<string, number>>;
}

export interface FillCall {
  readonly signal?: AbortSignal | undefined;
  /** Pictures looked at so far, and in all. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** A picture that has to be looked at, as it is or as in a mirror. */
interface Job {
  readonly pictureId: string;
  readonly isMirrored: boolean;
  readonly samples: Sample[];
}

/** A worker that died under a call is replaced; the second that dies has another reason. */
const ATTEMPTS = 3;

/**
 * Features of samples: those that came with live frames, and those that are still
 * missing, which are computed from the stored pictures, one look at a time, so that
 * detection goes on in between.
 */
export class FeatureBank {
  readonly #store: SampleStore;
  readonly #view: Pick<TeachView, 'embed'>;
  /** By extractor and sample. */
  readonly #rows = new Map<string, Promise<Map<string, Float32Array>>>();
  readonly #channels = new Map<string, Promise<number>>();
  readonly #known: Map<string, number>;
  #work: Promise<unknown> = Promise.resolve();

  /** @param channels Is told how many numbers each map gives. */
  constructor(store: SampleStore, view: Pick<TeachView, 'embed'>, channels: Map<string, number>) {
    this.#store = store;
    this.#view = view;
    this.#known = channels;
  }

  /** How many numbers each map gives. */
  channels({ model, maps }: MapChoice): Promise<number[]> {
    return Promise.all(maps.map((map) => this.#channelsOf(model, map)));
  }

  /** Takes note of features that were stored with their samples. */
  async note(entries: readonly StoredFeatures[]): Promise<void> {
    for (const { sampleId, extractor, values } of entries) {
      (await this.#rowsOf(extractor)).set(sampleId, values);
    }
  }

  /** Features as they are known, by sample. */
  async known(
    samples: readonly Pick<Sample, 'id'>[],
    { model, maps }: MapChoice,
    isMirrored = false,
  ): Promise<Map<string, Float32Array>> {
    const tables = await Promise.all(
      maps.map((map) => this.#rowsOf(extractorOf(model, map, isMirrored))),
    );
    return new Map(
      samples.flatMap(({ id }) => {
        const row = joinRow(tables.map((table) => table.get(id)));
        return row === undefined ? [] : [[id, row] as const];
      }),
    );
  }

  /**
   * Computes what is missing. A sample whose picture is gone stays without.
   *
   * @throws SightlineError `aborted`, or why the engine could not look; what was
   *   computed until then is kept.
   */
  fill(
    samples: readonly Sample[],
    choice: MapChoice & { readonly flip: boolean },
    call: FillCall = {},
  ): Promise<void> {
    // One after the other: two at once would look at the same pictures.
    return this.inTurn(() => this.#fill(samples, choice, call));
  }

  /** Runs something that takes the engine when nobody else here does: every other look is a live frame's. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  /**
   * Looks at boxes in a picture; tries again where the engine had to be replaced.
   *
   * @param open Decodes the picture, which is closed here.
   */
  async embed(
    open: () => Promise<ImageBitmap>,
    boxes: readonly BBox[],
    maps: readonly string[],
    { isMirrored = false, signal }: { isMirrored?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<readonly Float32Array[]> {
    for (let attempt = 1; ; attempt++) {
      throwIfAborted(signal);
      const decoded = await open();
      const { width } = decoded;
      const frame = isMirrored ? mirrored(decoded) : decoded;
      if (isMirrored) decoded.close();
      const seen = isMirrored ? boxes.map(([x, y, w, h]): BBox => [width - x - w, y, w, h]) : boxes;
      try {
        return await this.#view.embed(frame, seen, maps, { signal });
      } catch (thrown) {
        if (isAbort(thrown) && signal?.aborted === true) throw thrown;
        if (attempt === ATTEMPTS) throw thrown;
      }
    }
  }

  /**
   * What each of `side` times `side` equal parts of a box gives to its features, which
   * are the mean of all parts.
   *
   * @param regions Parts of a box's sides that maps are averaged under, where it is not all.
   */
  async patches(
    picture: Blob,
    box: BBox,
    { maps, side, regions }: PatchChoice,
  ): Promise<readonly Float32Array[]> {
    const whole = await createImageBitmap(picture);
    const size = { width: whole.width, height: whole.height };
    whole.close();
    const byMap = new Map<string, readonly (Float32Array | undefined)[]>();
    for (const map of maps) {
      const looks = patchLooks(box, size, side, regions[map] ?? 1);
      const boxes = looks.map((look) => look.box).filter((each) => each !== undefined);
      const open = (): Promise<ImageBitmap> => createImageBitmap(picture);
      const rows = await this.inTurn(() => this.embed(open, boxes, [map]));
      const nothing = new Float32Array(rows[0]?.length ?? 0);
      let next = 0;
      byMap.set(
        map,
        looks.map((look) => {
          if (look.box === undefined) return nothing;
          return rows[next++]?.map((value) => value * look.share);
        }),
      );
    }
    return Array.from({ length: side * side }, (_, index) => {
      const row = joinRow(maps.map((map) => byMap.get(map)?.[index]));
      if (row === undefined) throw new SightlineError('model-incompatible', 'no features');
      return row;
    });
  }

  async #fill(
    samples: readonly Sample[],
    choice: MapChoice & { readonly flip: boolean },
    { signal, onProgress }: FillCall,
  ): Promise<void> {
    const jobs = await this.#jobs(samples, choice);
    let done = 0;
    for (const job of jobs) {
      onProgress?.(done++, jobs.length);
      throwIfAborted(signal);
      const picture = await this.#store.picture(job.pictureId);
      if (picture === undefined) continue;
      const boxes = job.samples.map(({ bbox }) => bbox);
      let rows: readonly Float32Array[];
      try {
        const { isMirrored } = job;
        const open = (): Promise<ImageBitmap> => createImageBitmap(picture.blob);
        rows = await this.embed(open, boxes, choice.maps, { isMirrored, signal });
      } catch (thrown) {
        // A picture that cannot be decoded any more costs its samples and no others.
        if (thrown instanceof DOMException && thrown.name === 'InvalidStateError') continue;
        throw thrown;
      }
      await this.#keep(job, rows, choice);
    }
    onProgress?.(jobs.length, jobs.length);
  }

  async #keep(job: Job, rows: readonly Float32Array[], choice: MapChoice): Promise<void> {
    const channels = await this.channels(choice);
    const entries = job.samples.flatMap(({ id }, index) => {
      const row = rows[index];
      if (row === undefined || !isUsable(row)) return [];
      return entriesOf(id, row, { ...choice, channels }, job.isMirrored);
    });
    await this.note(entries);
    await this.#store.putFeatures(entries);
  }

  /** What has to be looked at, the pictures as they are first. */
  async #jobs(
    samples: readonly Sample[],
    { flip, ...choice }: MapChoice & { readonly flip: boolean },
  ): Promise<Job[]> {
    const jobs = new Map<string, Job>();
    for (const isMirrored of flip ? [false, true] : [false]) {
      const known = await this.known(samples, choice, isMirrored);
      for (const sample of samples) {
        if (known.has(sample.id)) continue;
        const { pictureId } = sample;
        const key = `${String(isMirrored)} ${pictureId}`;
        const job = jobs.get(key) ?? { pictureId, isMirrored, samples: [] };
        job.samples.push(sample);
        jobs.set(key, job);
      }
    }
    return [...jobs.values()];
  }

  #rowsOf(extractor: string): Promise<Map<string, Float32Array>> {
    let rows = this.#rows.get(extractor);
    if (rows === undefined) {
      rows = this.#store.features(extractor);
      this.#rows.set(extractor, rows);
      rows.catch(() => this.#rows.delete(extractor));
    }
    return rows;
  }

  #channelsOf(model: string, map: string): Promise<number> {
    const key = extractorOf(model, map);
    let channels = this.#channels.get(key);
    if (channels === undefined) {
      channels = this.#measure(map);
      this.#channels.set(key, channels);
      channels.catch(() => this.#channels.delete(key));
    }
    return channels;
  }

  /** Any picture has as many features. */
  async #measure(map: string): Promise<number> {
    const side = 16;
    const canvas = new OffscreenCanvas(side, side);
    canvas.getContext('2d');
    const [row] = await this.#view.embed(
      canvas.transferToImageBitmap(),
      [[0, 0, side, side]],
      [map],
    );
    if (row === undefined) throw new SightlineError('model-incompatible', `nothing in "${map}"`);
    this.#known.set(map, row.length);
    return row.length;
  }
}
