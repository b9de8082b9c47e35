import { writeFileSync } from 'node:fs';

/** @typedef {import('@web/test-runner-core').TestSuiteResult} Suite */

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
    },
  };
}

/**
 * @param {Suite} suite
 * @returns {Suite['tests']}
 */
function allTests(suite) {
  return [...suite.tests, ...suite.suites.flatMap(allTests)];
}
