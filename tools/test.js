/**
 * `npm test`: every check there is. The last line is `N passed, N failed`
 * (`, N skipped`).
 *
 * While working: `npm test -- --only unit tracker` runs the unit tests with
 * "tracker" in their path.
 */
import { parseArgs } from 'node:util';
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { UsageError, runCommand } = await import('./command.js');
const { stages } = await import('./test/stages.js');
const { runStages } = await import('./test/run.js');

await runCommand(async () => {
  const { only, filters } = parseOptions(process.argv.slice(2));
  if (!(await runStages(only, filters))) process.exitCode = 1;
});

/**
 * @param {string[]} args
 * @returns {{ only: string | undefined, filters: string[] }}
 * @throws {UsageError}
 */
function parseOptions(args) {
  const names = stages.map(({ name }) => name);
  const usage = `Usage: npm test -- [--only ${names.join('|')}] [PART_OF_A_PATH ...]`;
  try {
    const options = /** @type {const} */ ({ only: { type: 'string' } });
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.only !== undefined && !names.includes(values.only)) throw new Error('');
    return { only: values.only, filters: positionals };
  } catch {
    throw new UsageError(usage);
  }
}
