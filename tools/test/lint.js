/** The static checks. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dim, paint } from '../command.js';
import { root } from '../root.js';
import { runNode, toolScript } from './tool.js';

/** @typedef {{ name: string, run: () => Promise<boolean> }} Check */

/** @type {readonly Check[]} */
const checks = [
  {
    name: 'ESLint',
    run: async () => runNode(await toolScript('eslint'), ['.', '--max-warnings=0']),
  },
  {
    name: 'Prettier',
    run: async () => runNode(await toolScript('prettier'), ['.', '--check', '--log-level=warn']),
  },
  {
    name: 'Import boundaries',
    run: async () => {
      const folders = ['src', 'models', 'test', 'tools'].filter((dir) =>
        existsSync(join(root, dir)),
      );
      const script = await toolScript('dependency-cruiser', 'depcruise');
      return runNode(script, [...folders, '--output-type=err-long']);
    },
  },
  { name: 'Types', run: () => checkTypes('tsconfig.json') },
  // It runs where there is no document: other globals, so a project of its own.
  {
    name: 'Types of the service worker',
    run: () => checkTypes('src/service-worker/tsconfig.json'),
  },
];

/** @param {string} project */
async function checkTypes(project) {
  return runNode(await toolScript('typescript', 'tsc'), ['--noEmit', '--project', project]);
}

/**
 * Runs all checks, whatever the first ones say; the first, which takes the longest, beside the
 * others.
 *
 * @returns {Promise<import('./stages.js').Counts>} Each check counts as one.
 */
export async function lint() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const runAll = async (/** @type {readonly Check[]} */ some) => {
    for (const check of some) {
      console.log(dim(`  ${check.name} …`));
      if (await check.run()) {
        counts.passed += 1;
      } else {
        counts.failed += 1;
        console.error(paint('red', `  ${check.name}: failed, see above.`));
      }
    }
  };
  await Promise.all([runAll(checks.slice(0, 1)), runAll(checks.slice(1))]);
  return counts;
}
