import { basename, join, resolve } from 'node:path';
import { readdir } from 'node:fs/promises';
import { averagePrecision, type EvaluatedImage } from '../../../src/domain/average-precision.js';
import { matchDetections, type Truth } from '../../../src/domain/detection-matching.js';
import type { Detection } from '../../../src/domain/detection.js';
import { randomNumbers, shuffled } from '../../../src/domain/random.js';
import { engineUrls } from '../../../src/engine-urls.js';
import { UsageError } from '../../../tools/command.js';
import { launchInstrument } from '../../bench/instrument-page.js';
import { openToolPage, type ToolPage } from '../../bench/tool-page.js';
import { readDataSet, type LabelledPicture } from '../data-set.js';
import type { LearnOutcome, NewPage } from './page/new-page.js';

export interface NewOptions {
  /** In COCO form. */
  readonly folder: string;
  /** Of `folder`; the label with the most boxes when absent. */
  readonly label: string | undefined;
  /** Folders of photographs that do not show the thing. */
  readonly unrelated: readonly string[];
  /** Pictures to learn from. */
  readonly examples: number;
  readonly seeds: number;
}

/** How one draw of pictures did. */
export interface NewFigures extends LearnOutcome {
  /** Average precision at IoU 0.5 over the pictures that were not learnt from. */
  readonly ap50: number;
  /** The same over those and the unrelated ones. */
  readonly mixed: number;
  /** At the threshold that was learnt. */
  readonly falsePositives: number;
  readonly recall: number;
}

export interface NewResult {
  readonly engine: string;
  readonly label: string;
  /** Pictures that are tested with, and unrelated ones. */
  readonly tests: number;
  readonly unrelated: number;
  readonly figures: readonly NewFigures[];
  /** Milliseconds of a look without and with the class, in turn. */
  readonly times: { readonly plain: number; readonly taught: number };
}

const PICTURES = /\.(jpe?g|png|webp)$/i;
const TIMED_LOOKS = 60;

type Page = ToolPage<NewPage>;

/** Learns from a few pictures of a data set and looks for the thing in all others, in a real browser. */
export async function measureNewClass(
  { folder, label: asked, unrelated, examples, seeds }: NewOptions,
  log: (line: string) => void,
): Promise<NewResult> {
  const all = await readDataSet(folder);
  const label = asked ?? commonest(all);
  const pictures = all.flatMap((picture) => ofLabel(picture, label) ?? []);
  if (pictures.length <= examples) {
    throw new UsageError(`${folder} has ${pictures.length} pictures of ${label}.`);
  }
  const others = await Promise.all(unrelated.map(photographsIn));
  const page: Page = await openToolPage<NewPage>(await launchInstrument('none'), {
    script: 'test/accuracy/new/page/new-page.ts',
    global: 'newPage',
    folders: {
      '/pictures/': resolve(folder),
      ...Object.fromEntries(unrelated.map((dir, at) => [`/unrelated/${at}/`, resolve(dir)])),
    },
  });
  const strangers = others.flatMap((names, at) =>
    names.map((name) => addressOf(page.url, `unrelated/${at}/`, name)),
  );
  const urlOf = ({ path }: LabelledPicture): string => addressOf(page.url, 'pictures/', path);
  try {
    const info = await page.do((it, urls) => it.open(urls), engineUrls(page.url));
    const figures: NewFigures[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const order = shuffled(pictures, randomNumbers(seed));
      const outcome = await page.do((it, wanted) => it.learn(wanted), {
        label,
        photographs: order.slice(0, examples).map((picture) => {
          return { url: urlOf(picture), boxes: picture.truths.map(({ bbox }) => bbox) };
        }),
        seed,
      });
      const tests = await look(
        page,
        order.slice(examples).map((each) => [urlOf(each), each.truths]),
      );
      const quiet = await look(
        page,
        strangers.map((url) => [url, []]),
      );
      figures.push({ ...outcome, ...judge(tests, quiet, outcome.threshold) });
      log(`seed ${seed}: AP50 ${figures.at(-1)?.ap50.toFixed(3) ?? ''}`);
    }
    const [first] = pictures;
    const times = await page.do((it, [url, count]) => it.times(url, count), [
      first === undefined ? '' : urlOf(first),
      TIMED_LOOKS,
    ] as const);
    return {
      engine: `${info.runtime} ${info.model.precision} on ${info.backend}, ${info.adapter}`,
      label,
      tests: pictures.length - examples,
      unrelated: strangers.length,
      figures,
      times,
    };
  } finally {
    await page.close();
  }
}

async function look(
  page: Page,
  pictures: readonly (readonly [url: string, truths: readonly Truth[]])[],
): Promise<EvaluatedImage[]> {
  const looks: EvaluatedImage[] = [];
  for (const [url, truths] of pictures) {
    looks.push({ truths, detections: await page.do((it, address) => it.find(address), url) });
  }
  return looks;
}

/** Figures of boxes with any score. */
export function judge(
  tests: readonly EvaluatedImage[],
  quiet: readonly EvaluatedImage[],
  threshold: number,
): Pick<NewFigures, 'ap50' | 'mixed' | 'falsePositives' | 'recall'> {
  const told = (detections: readonly Detection[]): Detection[] =>
    detections.filter(({ score }) => score >= threshold);
  const cries = quiet.reduce((sum, { detections }) => sum + told(detections).length, 0);
  const objects = tests.flatMap(({ truths }) => truths.filter(({ isCrowd }) => !isCrowd)).length;
  const found = tests
    .flatMap(({ truths, detections }) =>
      matchDetections(told(detections), truths, 0.5, [0, Infinity], 100),
    )
    .filter(({ outcome }) => outcome === 'right').length;
  return {
    ap50: averagePrecision(tests).ap50,
    mixed: averagePrecision([...tests, ...quiet]).ap50,
    falsePositives: cries / quiet.length,
    recall: found / objects,
  };
}

/** A picture with the boxes of one label; `undefined` where it shows none. */
function ofLabel(picture: LabelledPicture, label: string): LabelledPicture | undefined {
  const truths = picture.truths.filter((truth) => truth.class === label);
  return truths.some(({ isCrowd }) => !isCrowd) ? { ...picture, truths } : undefined;
}

function commonest(pictures: readonly LabelledPicture[]): string {
  const counts = new Map<string, number>();
  for (const { truths } of pictures) {
    for (const truth of truths) counts.set(truth.class, (counts.get(truth.class) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined) throw new UsageError('The data set has no boxes.');
  return best[0];
}

async function photographsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => {
    throw new UsageError(`There is no ${join(folder)}.`);
  });
  const photographs = names.filter((name) => PICTURES.test(basename(name))).sort();
  return photographs.map((name) => name.replaceAll('\\', '/'));
}

function addressOf(site: string, folder: string, path: string): string {
  return `${site}${folder}${path.split('/').map(encodeURIComponent).join('/')}`;
}
