/**
 * A reporter for node:test that writes how many tests passed, failed and were
 * skipped, as JSON.
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 * @returns {AsyncGenerator<string, void>}
 */
export default async function* countTests(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:pass') {
      const isSkipped = Boolean(data.skip) || Boolean(data.todo);
      if (isSkipped) counts.skipped += 1;
      else if (data.details.type !== 'suite') counts.passed += 1;
    } else if (type === 'test:fail') {
      // A parent whose only fault are its children would count them twice.
      if (failureType(data.details.error) !== 'subtestsFailed') counts.failed += 1;
    }
  }
  yield JSON.stringify(counts);
}

/** @param {Error} error */
function failureType(error) {
  return 'failureType' in error ? error.failureType : undefined;
}
