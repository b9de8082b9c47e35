import { join } from 'node:path';
import { engineUrls } from '../../../src/engine-urls.js';
import { mirroredOrder } from '../../../src/domain/statistics.js';
import { root } from '../../../tools/root.js';
import { launchInstrument } from '../instrument-page.js';
import { openToolPage, type ToolPage } from '../tool-page.js';
import type { LiveHeadTimes } from './page/live-head.js';
import type { TrainLoad, TrainPage, TrainRun } from './page/train-page.js';

export interface TrainBenchOptions {
  readonly backend: 'wasm' | 'webgpu';
  /** A real GPU instead of the software adapter. */
  readonly gpu: boolean;
  /** Rounds that count; even. */
  readonly samples: number;
}

/** One way to cut the examples up, measured. */
export interface LoadRecord {
  readonly title: string;
  readonly load: TrainLoad;
  readonly sightline: TrainRun[];
  readonly layersModel: TrainRun[];
  /** The same when it is told to leave the page no turn, which a page with people cannot afford. */
  readonly neverYielding: TrainRun[];
}

export interface TrainRecord {
  readonly layersModelOn: string;
  readonly detectorOn: string;
  readonly loads: readonly LoadRecord[];
  /** Frames a second, pairs of rounds. */
  readonly alone: number[];
  readonly whileTraining: number[];
  /** Of the app as it trains everywhere; measured once, beside WASM. */
  readonly liveHead: LiveHeadTimes | undefined;
}

/** A software adapter takes a second for what a processor does in ten milliseconds: fewer epochs there. */
function loadsFor(
  isSlow: boolean,
): readonly { readonly title: string; readonly load: TrainLoad }[] {
  return [
    { title: 'batches of 32', load: { batchSize: 32, epochs: isSlow ? 2 : 12 } },
    { title: 'all at once', load: { batchSize: 500, epochs: isSlow ? 12 : 60 } },
  ];
}

/** Rounds before the first that counts; even. */
const WARM_UP = 2;
const DETECT_MS = 2000;
const PICTURE = 'chelsea.jpg';
/** As many as a person's wait is promised for. */
const LIVE_SAMPLES = 200;

/**
 * Trains the same network on the same examples in both ways, in turns, then
 * looks at pictures with and without a training beside.
 *
 * @throws Error when one of them does not learn, or not as much as the other.
 */
export async function measureTraining(
  { backend, gpu, samples }: TrainBenchOptions,
  log: (line: string) => void,
): Promise<TrainRecord> {
  const graphics = backend === 'wasm' ? 'none' : gpu ? 'real' : 'software';
  const page = await openToolPage<TrainPage>(await launchInstrument(graphics), {
    script: 'test/bench/train/page/train-page.ts',
    global: 'trainPage',
    folders: { '/fixtures/': join(root, 'test/fixtures') },
  });
  try {
    const urls = engineUrls(page.url);
    const layersModelOn = await page.do((it, args) => it.open(...args), [backend, urls] as const);
    const loads: LoadRecord[] = [];
    for (const { title, load } of loadsFor(graphics === 'software')) {
      loads.push(await measureLoad(page, title, load, samples));
      log(`${title}: done`);
    }
    const picture = `${page.url}fixtures/${PICTURE}`;
    const detectorOn = await page.do((it, url) => it.openDetector(url), picture);
    const [alone, whileTraining]: [number[], number[]] = [[], []];
    for (let round = -WARM_UP; round < samples; round++) {
      for (const isTraining of mirroredOrder([false, true], Math.abs(round))) {
        const rate = await page.do((it, args) => it.framesPerSecond(...args), [
          DETECT_MS,
          isTraining,
        ] as const);
        if (round >= 0) (isTraining ? whileTraining : alone).push(rate);
      }
    }
    log('detection beside training: done');
    const liveHead =
      backend === 'wasm'
        ? await page.do((it, args) => it.liveHead(...args), [picture, LIVE_SAMPLES] as const)
        : undefined;
    return { liveHead, layersModelOn, detectorOn, loads, alone, whileTraining };
  } finally {
    await page.close();
  }
}

async function measureLoad(
  page: ToolPage<TrainPage>,
  title: string,
  load: TrainLoad,
  samples: number,
): Promise<LoadRecord> {
  const record: LoadRecord = { title, load, sightline: [], layersModel: [], neverYielding: [] };
  const arms = {
    sightline: () => page.do((it, what) => it.sightline(what), load),
    layersModel: () => page.do((it, what) => it.layersModel(what, 'auto'), load),
    neverYielding: () => page.do((it, what) => it.layersModel(what, 'never'), load),
  };
  const names = ['sightline', 'layersModel', 'neverYielding'] as const;
  for (let round = -WARM_UP; round < samples; round++) {
    for (const name of mirroredOrder(names, Math.abs(round))) {
      const run = await arms[name]();
      if (round >= 0) record[name].push(run);
    }
  }
  assertLearnt(record);
  return record;
}

/** Fast is worth nothing where nothing is learnt. */
function assertLearnt({ title, sightline, layersModel }: LoadRecord): void {
  const [ours, theirs] = [sightline.at(-1), layersModel.at(-1)];
  if (ours === undefined || theirs === undefined) return;
  const isSame =
    Math.abs(ours.firstLoss - theirs.firstLoss) < 0.01 * theirs.firstLoss &&
    Math.abs(ours.lastLoss - theirs.lastLoss) < 0.1 * theirs.firstLoss &&
    ours.lastLoss < 0.9 * ours.firstLoss &&
    ours.steps === theirs.steps;
  if (isSame) return;
  const inWords = ({ firstLoss, lastLoss, steps }: TrainRun): string =>
    `${firstLoss.toFixed(3)} to ${lastLoss.toFixed(3)} in ${steps} steps`;
  throw new Error(`${title}: ours ${inWords(ours)}, LayersModel's ${inWords(theirs)}`);
}
