import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../root.js';

const require = createRequire(join(root, 'package.json'));

/**
 * Runs a program in the repository with its output on this terminal.
 *
 * @param {string} script Absolute path of a Node script, or first argument of node.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] In addition to the present one.
 * @returns {Promise<boolean>} Whether it ended well.
 */
export function runNode(script, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code === 0);
    });
  });
}

/**
 * @param {string} packageName
 * @param {string} [command] Where the package has several.
 * @returns {Promise<string>} Absolute path of the script behind a package's command.
 */
export async function toolScript(packageName, command = packageName) {
  const packageFile = await packageJson(packageName);
  const info = /** @type {{ bin: string | Record<string, string> }} */ (
    JSON.parse(await readFile(packageFile, 'utf8'))
  );
  const script = typeof info.bin === 'string' ? info.bin : info.bin[command];
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(dirname(packageFile), script);
}

/**
 * Not `require.resolve`: packages may hide their package.json from it.
 *
 * @param {string} packageName
 */
async function packageJson(packageName) {
  for (const dir of require.resolve.paths(packageName) ?? []) {
    const file = join(dir, packageName, 'package.json');
    if (await readFile(file).then(Boolean, () => false)) return file;
  }
  throw new Error(`${packageName} is not installed`);
}
