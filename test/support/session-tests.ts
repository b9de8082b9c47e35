import { livingColourWorkers } from './colour-worker.js';
import { until } from './promises.js';
import { TestSession } from './session.js';

/**
 * To be called in a `describe`.
 *
 * @returns Creates sessions. They end with their test, which fails if one of their workers lives on.
 */
export function sessionTests(): (
  ...parts: ConstructorParameters<typeof TestSession>
) => TestSession {
  let tests: TestSession[] = [];

  afterEach(async () => {
    const ended = tests;
    tests = [];
    for (const { session } of ended) await session.dispose();
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  return (...parts) => {
    const test = new TestSession(...parts);
    tests.push(test);
    return test;
  };
}
