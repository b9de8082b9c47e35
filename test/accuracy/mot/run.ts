import { resolve } from 'node:path';
import type { Detection } from '../../../src/domain/detection.js';
import { launchInstrument, openArm } from '../../bench/instrument-page.js';
import { startInstrumentSite } from '../../bench/instrument-site.js';
import type { AccuracyArm } from '../arms.js';
import { judgeSequence } from './judge.js';
import type { MotResult } from './report.js';
import type { Sequence } from './sequence.js';

/** Everything runs on WebAssembly, as the other figures of accuracy. */
const BACKEND = 'wasm';

export interface MotOptions {
  readonly folder: string;
  /** What looks at the pictures, where there are any. */
  readonly arms: readonly AccuracyArm[];
  /** Thresholds from which a detection may start a track. */
  readonly scores: readonly number[];
}

/** Tracks with each sequence's own detections where all have some, and with each arm's where all have pictures. */
export async function measureMot(
  sequences: readonly Sequence[],
  { folder, arms, scores }: MotOptions,
  log: (line: string) => void,
): Promise<MotResult[]> {
  const results: MotResult[] = [];
  const judge = (detector: string, found: readonly (readonly (readonly Detection[])[])[]): void => {
    for (const score of scores) {
      const judged = sequences.map((it, index) => judgeSequence(it, found[index] ?? [], score));
      results.push({ detector, score, sequences: judged });
    }
  };
  if (sequences.every(({ hasDetections }) => hasDetections)) {
    judge(
      'det.txt',
      sequences.map(({ frames }) => frames.map(({ detections }) => detections)),
    );
  }
  if (sequences.every(({ frames }) => frames.every(({ path }) => path !== undefined))) {
    for (const arm of arms) {
      judge(arm.id, await detectAll(folder, sequences, arm));
      log(`${arm.title}: done`);
    }
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
    const page = await openArm(browser, site, arm.spec, BACKEND);
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
