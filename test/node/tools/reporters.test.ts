import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { countsReporter } from '../../../tools/test/browser-reporter.js';

async function inTemporaryFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-reporter-'));
  try {
    await run(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const readCounts = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(file, 'utf8'));

describe('counting tests in Node', () => {
  const count = async (source: string): Promise<unknown> => {
    let counts: unknown;
    await inTemporaryFolder(async (dir) => {
      const test = join(dir, 'some.test.mjs');
      const result = join(dir, 'counts.json');
      await writeFile(
        test,
        `import { before, describe, it, test } from 'node:test';\n` +
          `const fail = () => { throw new Error('on purpose'); };\n${source}`,
      );
      const reporter = new URL('../../../tools/test/node-reporter.js', import.meta.url).href;
      const args = [`--test-reporter=${reporter}`, `--test-reporter-destination=${result}`];
      // Without this, node:test would see that it runs inside itself.
      const env = { ...process.env };
      delete env['NODE_TEST_CONTEXT'];
      spawnSync(process.execPath, ['--test', ...args, test], { env });
      counts = await readCounts(result);
    });
    return counts;
  };

  it('counts tests, not the suites around them', async () => {
    const source = `describe('a', () => { it('1', () => {}); describe('b', () => { it('2', () => {}); }); });`;
    assert.deepEqual(await count(source), { passed: 2, failed: 0, skipped: 0 });
  });

  it('counts what was skipped or is to be done apart', async () => {
    const source = `it.skip('1', fail); it.todo('2'); it('3', () => {});`;
    assert.deepEqual(await count(source), { passed: 1, failed: 0, skipped: 2 });
  });

  it('counts a failure once, not again for its parents', async () => {
    const source = `describe('a', () => { it('1', fail); }); test('2', (t) => t.test('3', fail));`;
    assert.deepEqual(await count(source), { passed: 0, failed: 2, skipped: 0 });
  });

  it('counts a suite whose preparation fails', async () => {
    const { failed } = (await count(
      `describe('a', () => { before(fail); it('1', () => {}); });`,
    )) as {
      failed: number;
    };
    assert.ok(failed > 0);
  });

  it('counts a file that cannot be loaded', async () => {
    assert.deepEqual(await count('fail();'), { passed: 0, failed: 1, skipped: 0 });
  });
});

describe('counting tests in the browser', () => {
  const test = (passed: boolean, skipped = false) => ({ name: 'a test', passed, skipped });
  const suite = (tests: ReturnType<typeof test>[], suites: object[] = []) => ({
    name: 'a suite',
    tests,
    suites,
  });

  const count = async (sessions: object[]): Promise<unknown> => {
    let counts: unknown;
    await inTemporaryFolder(async (dir) => {
      const result = join(dir, 'counts.json');
      const reporter = countsReporter(result);
      reporter.onTestRunFinished?.({ sessions, testRun: 1 } as never);
      counts = await readCounts(result);
    });
    return counts;
  };

  it('counts tests at every depth', async () => {
    const testResults = suite([test(true)], [suite([test(true), test(false), test(false, true)])]);
    const counts = await count([{ testResults, errors: [], passed: false }]);
    assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
  });

  it('counts a file that cannot be loaded', async () => {
    const counts = await count([
      { errors: [{ message: 'no such module' }], passed: false },
      { testResults: suite([]), errors: [], passed: false },
    ]);
    assert.deepEqual(counts, { passed: 0, failed: 2, skipped: 0 });
  });

  it('counts an error outside of the tests', async () => {
    const errors = [{ message: 'late' }];
    const counts = await count([{ testResults: suite([test(true)]), errors, passed: false }]);
    assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 0 });
  });
});
