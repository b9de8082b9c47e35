import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKENDS, type BackendName } from '../../src/domain/backend.js';
import { UsageError } from '../../tools/command.js';
import { root } from '../../tools/root.js';
import { BASELINE, benchArms, MEDIAPIPE_BACKENDS } from './arms.js';
import { benchLines, benchReport } from './report.js';
import { startInstrumentSite } from './instrument-site.js';
import { measure, type BenchOptions } from './run.js';
import { measurePrivacy, privacyLines } from './privacy.js';
import { measureTracker, trackerLine } from './tracker.js';
import { measureWatcher, watcherLine } from './watcher.js';
import { measureStart, startLine } from './start.js';
import { trainLines } from './train/report.js';
import { measureTraining, type TrainBenchOptions } from './train/run.js';

const USAGE = `Usage: npm run bench -- [--backend wasm|webgl|webgpu|cpu] [--gpu] [--headed] [--samples N]
                        [--mediapipe FILE.tflite] [--pictures DIR] [--arms ID,ID]
       npm run bench -- --train [--backend wasm|webgpu] [--gpu] [--samples N]
       npm run bench -- --start [--samples N]
       npm run bench -- --privacy [--backend wasm|webgl|webgpu|cpu] [--gpu] [--samples N]
       npm run bench -- --page

  --backend NAME  what all arms run on (wasm)
  --gpu           a real GPU; otherwise WebGPU and WebGL run on the software adapter
  --headed        with a window
  --train         training, beside LayersModel.fit of TensorFlow.js
  --start         from opening the stored app without a network to its first box
  --privacy       the live frame rate while the picture is altered, beside the rate while it is not
  --page          serves the page that measures in any browser, stock coco-ssd included
  --samples N     rounds that count, in each of which every arm is measured once (20)
  --mediapipe F   another detector, with metadata, to run in MediaPipe Tasks (on wasm and webgl)
  --pictures DIR  the photographs of a folder instead of the committed frames
  --arms ID,ID    these alone, beside stock: more rounds in the same time`;

const DEFAULT_SAMPLES = '20';

/**
 * `npm run bench -- --page`: the site's bench page with stock coco-ssd beside
 * Sightline, until the process is ended.
 */
export async function serveBenchPage(log: (line: string) => void): Promise<void> {
  const { url } = await startInstrumentSite();
  for (const backend of ['wasm', 'webgl', 'webgpu']) {
    log(`stock on ${backend}: ${url}bench.html?stock=${backend}`);
  }
  log('Ctrl+C ends it.');
}

/** @throws UsageError with the usage. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { backend, gpu, headed, samples, mediapipe, pictures, arms, train, start, privacy } =
    parse(args);
  const rounds = Number(samples);
  if (!isBackend(backend)) throw new UsageError(`No backend "${backend}".\n\n${USAGE}`);
  if (!Number.isInteger(rounds) || rounds < 2 || rounds % 2 !== 0) {
    throw new UsageError(
      `--samples takes an even number, so that both orders are as frequent.\n\n${USAGE}`,
    );
  }
  if (mediapipe !== undefined && !MEDIAPIPE_BACKENDS.includes(backend)) {
    const known = MEDIAPIPE_BACKENDS.join(' and ');
    throw new UsageError(`MediaPipe Tasks runs on ${known}, not on ${backend}.\n\n${USAGE}`);
  }
  if (mediapipe !== undefined && !existsSync(mediapipe)) {
    throw new UsageError(`There is no file "${mediapipe}".\n\n${USAGE}`);
  }
  if (pictures !== undefined && !existsSync(pictures)) {
    throw new UsageError(`There is no folder "${pictures}".\n\n${USAGE}`);
  }
  const chosen = arms?.split(',');
  const ids = benchArms(backend, mediapipe).map(({ id }) => id);
  const unknown = chosen?.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    const known = ids.filter((id) => id !== BASELINE).join(', ');
    throw new UsageError(`No arm "${unknown}" on ${backend}; there are ${known}.\n\n${USAGE}`);
  }
  const options = { backend, gpu, headed, samples: rounds, mediapipe, pictures, arms: chosen };
  if (start) return { ...options, start };
  if (privacy) return { ...options, privacy };
  if (!train) return options;
  return { ...options, ...trainOptionsOf(options), train };
}

/** What `--train` is asked with. @throws UsageError with the usage. */
function trainOptionsOf({ backend, gpu, samples }: BenchOptions): TrainBenchOptions {
  if (backend === 'wasm' || backend === 'webgpu') return { backend, gpu, samples };
  throw new UsageError(`Training runs on wasm and webgpu, not on ${backend}.\n\n${USAGE}`);
}

/** `npm run bench`: measures, prints a table and keeps everything as JSON. */
export async function runBench(options: BenchOptions, log: (line: string) => void): Promise<void> {
  if (options.start === true) {
    log(startLine(await measureStart(options.samples, log)));
    return;
  }
  if (options.privacy === true) {
    for (const line of privacyLines(options, await measurePrivacy(options, log))) log(line);
    return;
  }
  if (options.train === true) {
    const trainOptions = trainOptionsOf(options);
    for (const line of trainLines(trainOptions, await measureTraining(trainOptions, log))) {
      log(line);
    }
    return;
  }
  const now = new Date();
  const report = benchReport(options, await measure(options, log), now);
  const folder = join(root, '.cache/bench');
  await mkdir(folder, { recursive: true });
  const stamp = now.toISOString().replaceAll(':', '-');
  const file = join(folder, `${options.backend}-${stamp}.json`);
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  log(`\nAll numbers are in ${relative(process.cwd(), file)}\n`);
  log(trackerLine(measureTracker(100)));
  log(watcherLine(measureWatcher(100, 20)));
  for (const line of benchLines(report)) log(line);
}

function parse(args: readonly string[]): {
  backend: string;
  gpu: boolean;
  headed: boolean;
  samples: string;
  mediapipe: string | undefined;
  pictures: string | undefined;
  arms: string | undefined;
  train: boolean;
  start: boolean;
  privacy: boolean;
} {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        backend: { type: 'string', default: 'wasm' },
        gpu: { type: 'boolean', default: false },
        headed: { type: 'boolean', default: false },
        samples: { type: 'string', default: DEFAULT_SAMPLES },
        mediapipe: { type: 'string' },
        pictures: { type: 'string' },
        arms: { type: 'string' },
        train: { type: 'boolean', default: false },
        start: { type: 'boolean', default: false },
        privacy: { type: 'boolean', default: false },
      },
    });
    const { mediapipe, pictures, arms } = values;
    return { ...values, mediapipe, pictures, arms };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n\n${USAGE}`);
  }
}

function isBackend(name: string): name is BackendName {
  return (BACKENDS as readonly string[]).includes(name);
}
