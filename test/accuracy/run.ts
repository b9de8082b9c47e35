import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { averagePrecision, type CocoFigures } from '../../src/domain/average-precision.js';
import type { Detection } from '../../src/domain/detection.js';
import { launchInstrument, openArm } from '../bench/instrument-page.js';
import { startInstrumentSite, type InstrumentSite } from '../bench/instrument-site.js';
import type { AccuracyArm } from './arms.js';
import type { LabelledPicture } from './data-set.js';
import { makeModelForm, modelFormPath } from './model-forms.js';

/** How well one arm did, and on what grounds. */
export interface ArmResult {
  readonly arm: AccuracyArm;
  readonly adapter: string;
  readonly figures: CocoFigures;
  /** One entry per picture, in the order of the data set. */
  readonly detections: readonly (readonly Detection[])[];
}

/** Everything runs on WebAssembly: the numbers do not depend on it, and every machine has it. */
const BACKEND = 'wasm';

/** Shows every picture to every arm, one arm after the other, in one browser. */
export async function measureAccuracy(
  folder: string,
  pictures: readonly LabelledPicture[],
  arms: readonly AccuracyArm[],
  log: (line: string) => void,
): Promise<ArmResult[]> {
  const forms: Record<string, string> = {};
  for (const { models } of arms) {
    if (models !== undefined) forms[modelFormPath(models)] = await makeModelForm(models, log);
  }
  const site = await startInstrumentSite({ '/pictures/': resolve(folder), ...forms });
  const browser = await launchInstrument('none');
  try {
    const results: ArmResult[] = [];
    for (const arm of arms) {
      results.push(await measureArm(browser, site, arm, pictures));
      log(`${arm.title}: done`);
    }
    return results;
  } finally {
    await browser.close();
    await site.close();
  }
}

async function measureArm(
  browser: Browser,
  site: InstrumentSite,
  arm: AccuracyArm,
  pictures: readonly LabelledPicture[],
): Promise<ArmResult> {
  const page = await openArm(browser, site, arm.spec, BACKEND);
  const detections: (readonly Detection[])[] = [];
  for (const { path } of pictures) {
    await page.show(`${site.url}pictures/${path.split('/').map(encodeURIComponent).join('/')}`);
    detections.push((await page.sample(false)).detections);
  }
  await page.close();
  const evaluated = pictures.map(({ truths }, index) => ({
    truths,
    detections: detections[index] ?? [],
  }));
  return { arm, adapter: page.adapter, figures: averagePrecision(evaluated), detections };
}
