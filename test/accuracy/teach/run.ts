import { relative, resolve } from 'node:path';
import { DEFAULT_TEACH_SETTINGS, type TeachSettings } from '../../../src/domain/teach/settings.js';
import { randomNumbers, shuffled } from '../../../src/domain/random.js';
import { drawExamples, usableLabels } from './draw.js';
import { judgeHead, type TeachFigures } from './judge.js';
import { openTeachPage, type OpenTeachPage } from './open-page.js';
import type { LessonRef, TeachOutcome } from './page/teach-page.js';
import { readThings, type Thing } from './things.js';

/** Folders whose labels one head tells apart. */
export interface TeachSet {
  readonly title: string;
  readonly folders: readonly string[];
}

export interface TeachOptions {
  readonly sets: readonly TeachSet[];
  /** Folder in COCO form that unknown things come from. */
  readonly strangers: string | undefined;
  /** Only these labels, where there are more. */
  readonly classes: readonly string[] | undefined;
  /** Of each label. */
  readonly examples: number;
  readonly seeds: number;
}

/** How long teaching took. */
export interface TeachTimes {
  readonly samples: number;
  /** Milliseconds from the last sample to a head that answers, with and without starting the worker. */
  readonly cold: number;
  readonly warm: number;
  readonly stepsPerSecond: number;
}

export interface SetResult {
  readonly title: string;
  readonly labels: readonly string[];
  /** One for each seed. */
  readonly figures: readonly TeachFigures[];
  readonly tests: number;
  readonly strangers: number;
}

export interface TeachResult {
  readonly engine: string;
  readonly sets: readonly SetResult[];
  readonly times: TeachTimes;
}

/** As many samples as the time to a live head is asked for. */
const TIMED_SAMPLES = 200;

/** Teaches and tests on every set, in one browser, as the app does it. */
export async function measureTeaching(
  options: TeachOptions,
  log: (line: string) => void,
): Promise<TeachResult> {
  const settings = DEFAULT_TEACH_SETTINGS;
  const things = new Map<string, readonly Thing[]>();
  const folders = options.sets.flatMap(({ folders: own }) => own);
  const all = options.strangers === undefined ? folders : [...folders, options.strangers];
  for (const folder of new Set(all)) things.set(folder, await readThings(folder));
  const mounts = [...things.keys()].map(
    (folder, index) => [`/pictures/${index}/`, folder] as const,
  );
  const page = await openTeachPage(
    Object.fromEntries(mounts.map(([path, folder]) => [path, resolve(folder)])),
    settings,
  );
  try {
    const { runtime, backend, model, adapter } = page.info;
    for (const [path, folder] of mounts) {
      await lookAt(page, path, folder, things.get(folder) ?? []);
      log(`${folder}: ${things.get(folder)?.length ?? 0} things looked at`);
    }
    log(`${await page.do((it) => it.lookAtNegatives(), undefined)} bundled negatives looked at`);
    const results: SetResult[] = [];
    for (const set of options.sets) {
      results.push(await measureSet(page, set, things, options, settings));
      log(`${set.title}: done`);
    }
    return {
      engine: `${runtime} ${model.precision} on ${backend}, ${adapter}`,
      sets: results,
      times: await measureTimes(page, [...things.values()].flat(), settings),
    };
  } finally {
    await page.close();
  }
}

/** One photograph after the other. */
async function lookAt(
  page: OpenTeachPage,
  path: string,
  folder: string,
  things: readonly Thing[],
): Promise<void> {
  for (const photograph of new Set(things.map((thing) => thing.path))) {
    const inside = relative(folder, photograph).replaceAll('\\', '/');
    const url = `${page.url.slice(0, -1)}${path}${inside.split('/').map(encodeURIComponent).join('/')}`;
    const looks = things
      .filter((thing) => thing.path === photograph)
      .map(({ id, bbox }) => ({ id, url, bbox }));
    await page.do((it, args) => it.look(...args), [url, looks] as const);
  }
}

async function measureSet(
  page: OpenTeachPage,
  { title, folders }: TeachSet,
  things: ReadonlyMap<string, readonly Thing[]>,
  { examples, seeds, classes }: TeachOptions,
  settings: TeachSettings,
): Promise<SetResult> {
  const own = folders.flatMap((folder) => things.get(folder) ?? []);
  const labels = usableLabels(own, examples).filter((label) => classes?.includes(label) ?? true);
  const strangers = [...things.values()].flat().filter(({ label }) => !labels.includes(label));
  const figures: TeachFigures[] = [];
  let tested = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const draw = drawExamples(own, labels, examples, seed);
    const taught = new Set(draw.examples.map(({ path }) => path));
    const foreign = strangers.filter(({ path }) => !taught.has(path));
    const outcome = await page.do((it, order) => it.teach(order), {
      lessons: draw.examples.map(lessonOf),
      tests: [...draw.tests, ...foreign].map(({ id }) => id),
      settings: { ...settings, seed },
    });
    figures.push(judgeHead(outcome, draw.tests, foreign));
    tested = draw.tests.length;
  }
  return { title, labels, figures, tests: tested, strangers: strangers.length };
}

function lessonOf({ id, label, path }: Thing): LessonRef {
  return { id, label, burst: path, image: path };
}

/** The time to a live head with 200 samples of three labels, whatever they show. */
async function measureTimes(
  page: OpenTeachPage,
  things: readonly Thing[],
  settings: TeachSettings,
): Promise<TeachTimes> {
  const chosen = shuffled(things, randomNumbers(1)).slice(0, TIMED_SAMPLES);
  const lessons = chosen.map((thing, index) => ({
    ...lessonOf(thing),
    label: ['one', 'two', 'three'][index % 3] ?? '',
  }));
  const run = (): Promise<TeachOutcome> =>
    page.do((it, order) => it.teach(order), { lessons, tests: [], settings });
  await page.do((it) => it.restTrainer(), undefined);
  const cold = await run();
  const warm = await run();
  return {
    samples: lessons.length,
    cold: cold.milliseconds,
    warm: warm.milliseconds,
    stepsPerSecond: (1000 * warm.steps) / warm.stepMilliseconds,
  };
}
