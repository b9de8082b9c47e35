/** The stages of `npm test`, in their order. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../browser.js';
import { buildAndReport } from '../build/report.js';
import { root } from '../root.js';
import { checkSizes } from '../sizes/check.js';
import { findFiles } from './files.js';
import { lint } from './lint.js';
import { runNode, toolScript } from './tool.js';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Stage
 * @property {string} name As in `--only NAME`.
 * @property {string} title
 * @property {readonly string[]} [needs] Stages without whose success this one makes no sense.
 * @property {(filters: readonly string[]) => Promise<Counts>} run Throws when it could not be done.
 */

/**
 * Journeys in files of this kind have the machine to themselves: they compare times, follow what
 * a camera or a clip shows, or keep both cores busy with a GPU in software. The others mostly wait.
 */
const ALONE = '.alone.test.ts';
const AT_ONCE = 2;

/** A journey that hangs must not stop the others. */
const TEST_TIMEOUT_MS = 600_000;

/** @type {readonly Stage[]} */
export const stages = [
  { name: 'lint', title: 'Static checks', run: lint },
  {
    name: 'build',
    title: 'Models and build',
    run: async () => {
      await buildAndReport();
      return { passed: 1, failed: 0, skipped: 0 };
    },
  },
  {
    name: 'node',
    title: 'Tests in Node',
    run: async (filters) => runNodeTests(await findFiles('test/node', filters), AT_ONCE),
  },
  {
    name: 'unit',
    title: 'Unit tests in Chromium',
    run: async (filters) => runBrowserTests(await findFiles('test/unit', filters)),
  },
  {
    name: 'e2e',
    title: 'Journeys',
    needs: ['build'],
    run: async (filters) => {
      const files = await findFiles('test/e2e', filters);
      if (files.length > 0) ensureChromium();
      const isAlone = (/** @type {string} */ file) => file.endsWith(ALONE);
      const together = await runNodeTests(
        files.filter((file) => !isAlone(file)),
        AT_ONCE,
      );
      return sum(together, await runNodeTests(files.filter(isAlone), 1));
    },
  },
  { name: 'sizes', title: 'Sizes', needs: ['build'], run: checkSizes },
];

/**
 * @param {readonly string[]} files
 * @param {number} atOnce How many files run at a time.
 */
async function runNodeTests(files, atOnce) {
  const reporter = new URL('node-reporter.js', import.meta.url).href;
  return withCounts(files, (countsFile) =>
    runNode('--import=tsx', [
      '--test',
      `--test-concurrency=${atOnce}`,
      `--test-timeout=${TEST_TIMEOUT_MS}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${countsFile}`,
      ...files,
    ]),
  );
}

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
function sum(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** @param {readonly string[]} files */
async function runBrowserTests(files) {
  const script = await toolScript('@web/test-runner', 'wtr');
  return withCounts(files, (countsFile) =>
    runNode(script, ['--config', join(root, 'web-test-runner.config.js'), '--files', ...files], {
      SIGHTLINE_TEST_COUNTS: countsFile,
    }),
  );
}

/**
 * @param {readonly string[]} files
 * @param {(countsFile: string) => Promise<boolean>} run
 * @returns {Promise<Counts>}
 */
async function withCounts(files, run) {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const dir = await mkdtemp(join(tmpdir(), 'sightline-test-'));
  try {
    const countsFile = join(dir, 'counts.json');
    const isGood = await run(countsFile);
    const text = await readFile(countsFile, 'utf8').catch(() => '');
    if (text === '') throw new Error('The test runner ended without a result; see above.');
    const counts = /** @type {Counts} */ (JSON.parse(text));
    // The runner knows of failures outside of tests, too.
    if (!isGood && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
