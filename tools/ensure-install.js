/**
 * Makes sure that the dependencies are installed before anything else is
 * imported. Uses nothing but Node, because on a fresh clone there is nothing else.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { root } from './root.js';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/** @typedef {Record<string, LockedPackage>} LockedPackages By path. */

const platform = `${process.platform}-${process.arch}`;
const lockFile = join(root, 'package-lock.json');
const installedLockFile = join(root, 'node_modules/.package-lock.json');
const stampFile = join(root, 'node_modules/.sightline-stamp');

/**
 * Installs the locked dependencies unless they are there already. Ends the
 * process with a plain message when that is impossible.
 */
export function ensureInstall() {
  checkNodeVersion();
  const stamp = expectedStamp();
  const found = readOrEmpty(stampFile);
  if (found === stamp) return;
  // Native packages differ: node_modules may have been copied from another machine.
  const isForeign = found !== '' && !found.includes(platform);
  if (isForeign || !isInstalledByHand()) {
    console.log('Installing dependencies (only the first time, and after they change) …');
    runNpmCi();
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function checkNodeVersion() {
  const { engines } = /** @type {{ engines: { node: string } }} */ (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  );
  const [needMajor = 0, needMinor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  fail(
    `Sightline needs Node ${needMajor}.${needMinor} or newer; this is ${process.versions.node}.`,
    'Get a current version from https://nodejs.org and try again.',
  );
}

/** What the stamp says about a right installation: the locked packages and the platform. */
function expectedStamp() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${hash} ${platform}\n`;
}

/**
 * Whether npm itself says that node_modules holds what is locked, for people
 * who typed `npm ci` or `npm install` themselves. Optional packages, which npm
 * may leave out, do not count.
 */
function isInstalledByHand() {
  if (!existsSync(installedLockFile)) return false;
  const installed = readPackages(installedLockFile);
  return Object.entries(readPackages(lockFile)).every(([path, wanted]) => {
    if (path === '' || wanted.optional === true || wanted.devOptional === true) return true;
    const found = installed[path];
    return found?.version === wanted.version && found?.integrity === wanted.integrity;
  });
}

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
function readPackages(file) {
  const lock = /** @type {{ packages: LockedPackages }} */ (JSON.parse(readFileSync(file, 'utf8')));
  return lock.packages;
}

/** @param {string} file */
function readOrEmpty(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function runNpmCi() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npmScript = process.env['npm_execpath'] ?? '';
  const options = /** @type {const} */ ({ cwd: root, stdio: 'inherit' });
  const result = basename(npmScript).startsWith('npm-cli')
    ? spawnSync(process.execPath, [npmScript, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status === 0) return;
  fail(
    result.error === undefined
      ? 'Installing the dependencies failed; npm says why above.'
      : `npm could not be started (${result.error.message}). It comes with Node: https://nodejs.org`,
    'Most often the network or a proxy is the reason. Then run the same command again.',
  );
}

/**
 * @param {...string} lines
 * @returns {never}
 */
function fail(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}
