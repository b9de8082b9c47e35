import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKENDS } from '../../../src/domain/backend.js';
import { paint, UsageError } from '../../../tools/command.js';
import { root } from '../../../tools/root.js';
import { plot } from './plot.js';
import { soak, type SoakOptions } from './run.js';
import { latencyDrift, soakVerdicts, type SoakPoint, type Verdict } from './verdicts.js';

const USAGE = `Usage: npm run soak -- [--frames N] [--source demo|camera] [--backend NAME] [--interval S]

  --frames N        frames to be processed (1000)
  --source NAME     the demo clip, or Chromium's synthetic camera (demo)
  --backend NAME    wasm, webgl, webgpu or cpu (wasm)
  --interval S      seconds between two looks at it (3)`;

/** @throws UsageError with the usage. */
export function parseSoakOptions(args: readonly string[]): SoakOptions {
  const values = parse(args);
  const frames = Number(values.frames);
  const interval = Number(values.interval);
  const backend = BACKENDS.find((name) => name === values.backend);
  const source = (['demo', 'camera'] as const).find((name) => name === values.source);
  const isSound = Number.isInteger(frames) && frames > 0 && interval > 0;
  if (!isSound || backend === undefined || source === undefined) throw new UsageError(USAGE);
  return { frames, interval, backend, source };
}

/**
 * `npm run soak`: prints what was seen and judges it, draws it as SVG and keeps
 * it as JSON.
 *
 * @returns Whether nothing grew or broke.
 */
export async function runSoak(options: SoakOptions, log: (line: string) => void): Promise<boolean> {
  const points = await soak(options, log);
  const verdicts = soakVerdicts(points);
  const drift = latencyDrift(points);
  const file = await keep(options, points, verdicts);
  log(`\nThe plot is ${relative(process.cwd(), file)}\n`);
  for (const { passed, text } of verdicts) {
    log(`${passed ? paint('green', 'passed') : paint('red', 'failed')}  ${text}`);
  }
  const failed = verdicts.filter(({ passed }) => !passed);
  const last = points.at(-1);
  log(
    `\nsoak ${options.backend}, ${options.source}: ${last?.frames ?? 0} frames in ` +
      `${(last?.seconds ?? 0).toFixed(0)} s, time per frame ×${drift.toFixed(2)}, ` +
      `${verdicts.length - failed.length} passed, ${failed.length} failed`,
  );
  return failed.length === 0;
}

async function keep(
  options: SoakOptions,
  points: readonly SoakPoint[],
  verdicts: readonly Verdict[],
): Promise<string> {
  const folder = join(root, '.cache/soak');
  await mkdir(folder, { recursive: true });
  const date = new Date().toISOString();
  const name = join(folder, `${options.backend}-${date.replaceAll(':', '-')}`);
  await writeFile(`${name}.json`, `${JSON.stringify({ date, options, verdicts, points })}\n`);
  const megabytes = (bytes: number | undefined): number | undefined =>
    bytes === undefined ? undefined : bytes / 1e6;
  const curves = [
    { title: 'tensors', unit: 'count', values: points.map(({ tensors }) => tensors) },
    {
      title: 'JavaScript heap, page and workers',
      unit: 'MB',
      values: points.map(({ heapBytes }) => megabytes(heapBytes)),
    },
    {
      title: 'WebAssembly memory',
      unit: 'MB',
      values: points.map(({ wasmBytes }) => megabytes(wasmBytes)),
    },
    { title: 'GPU', unit: 'MB', values: points.map(({ gpuBytes }) => megabytes(gpuBytes)) },
    { title: 'time per frame, median', unit: 'ms', values: points.map(({ latency }) => latency) },
  ].filter(({ values }) => values.some((value) => value !== undefined));
  const frames = points.map((point) => point.frames);
  const title = `Sightline soak: ${options.backend}, ${options.source}, ${date}`;
  await writeFile(`${name}.svg`, plot(title, 'frames', frames, curves));
  return `${name}.svg`;
}

function parse(
  args: readonly string[],
): Record<'frames' | 'source' | 'backend' | 'interval', string> {
  try {
    return parseArgs({
      args: [...args],
      options: {
        frames: { type: 'string', default: '1000' },
        source: { type: 'string', default: 'demo' },
        backend: { type: 'string', default: 'wasm' },
        interval: { type: 'string', default: '3' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n\n${USAGE}`);
  }
}
