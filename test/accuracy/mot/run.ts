import { resolve } from 'node:path';
import type { Detection } from '../../../src/domain/detection.js';
import { launchInstrument, openArm } from '../../bench/instrument-page.js';
import { startInstrumentSite } from '../../bench/instrument-site.js';
import type { ArmSpec } from '../../bench/arms.js';
import type { AccuracyArm } from '../arms.js';
import { judgeSequence } from './judge.js';
import type { MotResult } from './report.js';
import { PEDESTRIAN, type Sequence } from './sequence.js';

/** Everything runs on WebAssembly, as the other figures of accuracy. */
const BACKEND = 'wasm';

export interface MotOptions {
  readonly folder: string;
  /** What looks at the pictures, where there are any. */
  readonly arms: readonly AccuracyArm[];
  /** Thresholds from which a detection may start a track. */
  readonly scores: readonly number[];
}

/** Tracks with the sequences' own detections, and with each arm's; each on the sequences that have what it takes. */
export async function measureMot(
  sequences: readonly Sequence[],
  { folder, arms, scores }: MotOptions,
  log: (line: string) => void,
): Promise<MotResult[]> {
  const results: MotResult[] = [];
  const judge = (
    detector: string,
    chosen: readonly Sequence[],
    found: readonly (readonly (readonly Detection[])[])[],
  ): void => {
    for (const score of scores) {
      const judged = chosen.map((it, index) => judgeSequence(it, found[index] ?? [], score));
      results.push({ detector, score, sequences: judged });
    }
  };
  const given = sequences.filter(({ hasDetections }) => hasDetections);
  if (given.length > 0) {
    judge(
      'det.txt',
      given,
      given.map(({ frames }) => frames.map(({ detections }) => detections)),
    );
  }
  const seen = sequences.filter(({ hasPictures }) => hasPictures);
  for (const arm of seen.length > 0 ? arms : []) {
    const start = performance.now();
    judge(arm.id, seen, await detectAll(folder, seen, arm));
    const frames = seen.reduce((sum, sequence) => sum + sequence.frames.length, 0);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    log(`${arm.title}: ${frames} frames in ${seconds} s`);
  }
  return results;
}

/** One list per sequence, of one list of detections per frame. */
async function detectAll(
  folder: string,
  sequences: readonly Sequence[],
  arm: AccuracyArm,
): Promise<(readonly Detection[])[][]> {
  const site = await startInstrumentSite({ '/pictures/': resolve(folder) });
  const browser = await launchInstrument('none');
  try {
    const page = await openArm(browser, site, pedestriansOnly(arm.spec), BACKEND);
    const all: (readonly Detection[])[][] = [];
    for (const { frames } of sequences) {
      const found: (readonly Detection[])[] = [];
      for (const { path = '' } of frames) {
        const address = path.split('/').map(encodeURIComponent).join('/');
        await page.show(`${site.url}pictures/${address}`);
        found.push((await page.sample(false)).detections);
      }
      all.push(found);
    }
    return all;
  } finally {
    await browser.close();
    await site.close();
  }
}

/** As somebody who follows people would set it: nothing else takes the place of a person. */
function pedestriansOnly(spec: ArmSpec): ArmSpec {
  if (spec.kind !== 'sightline') return spec;
  return { ...spec, options: { ...spec.options, categoryAllowlist: [PEDESTRIAN] } };
}
