import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../root.js';

/** @typedef {import('@web/test-runner-core').TestSuiteResult} Suite */
/** @typedef {import('@web/test-runner-core').TestSession} Session */

/** How many of the slowest files are named: where to look when the whole takes too long. */
const SLOWEST = 12;

/**
 * A reporter for @web/test-runner that writes how many tests passed, failed and
 * were skipped, as JSON.
 *
 * @param {string} file
 * @returns {import('@web/test-runner-core').Reporter}
 */
export function countsReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, errors, passed } of sessions) {
        const tests = testResults === undefined ? [] : allTests(testResults);
        for (const test of tests) {
          if (test.skipped) counts.skipped += 1;
          else if (test.passed) counts.passed += 1;
          else counts.failed += 1;
        }
        // A file that could not be loaded, or that broke outside of a test.
        const isExplained = tests.some((test) => !test.passed && !test.skipped);
        if (errors.length > 0 || (passed !== true && !isExplained)) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
      if (sessions.length > SLOWEST) printSlowest(sessions);
    },
  };
}

/** @param {readonly Session[]} sessions */
function printSlowest(sessions) {
  const files = sessions.map(({ testFile, testResults }) => {
    const tests = testResults === undefined ? [] : allTests(testResults);
    const ms = tests.reduce((sum, { duration = 0 }) => sum + duration, 0);
    return { name: relative(root, testFile), seconds: ms / 1000 };
  });
  const slowest = files.sort((one, other) => other.seconds - one.seconds).slice(0, SLOWEST);
  console.log('The slowest files, in seconds within their tests:');
  for (const { name, seconds } of slowest) {
    console.log(`${seconds.toFixed(1).padStart(8)}  ${name}`);
  }
}

/**
 * @param {Suite} suite
 * @returns {Suite['tests']}
 */
function allTests(suite) {
  return [...suite.tests, ...suite.suites.flatMap(allTests)];
}
