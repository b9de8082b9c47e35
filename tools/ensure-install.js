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

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[], libc?: string[] }>} LockedPackages */

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
  if (readOrEmpty(stampFile) === stamp) return;
  if (!isInstalledByHand()) {
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

/** Native packages differ per platform: a node_modules from another one is stale, too. */
function expectedStamp() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/**
 * Whether npm itself says that node_modules holds exactly what is locked, for
 * people who typed `npm ci` or `npm install` themselves.
 */
function isInstalledByHand() {
  if (!existsSync(installedLockFile)) return false;
  const locked = readPackages(lockFile);
  const installed = readPackages(installedLockFile);
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return !isNeededHere(wanted);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** @param {LockedPackages[string]} wanted */
function isNeededHere({ optional, devOptional, os, cpu, libc }) {
  if (optional !== true && devOptional !== true) return true;
  // Optional packages without a platform may legitimately fail to install.
  if (cpu === undefined) return false;
  const matches = (os?.includes(process.platform) ?? true) && cpu.includes(process.arch);
  return matches && (libc?.includes(libcName()) ?? true);
}

function libcName() {
  /** @type {{ header?: { glibcVersionRuntime?: string } }} */
  const report = process.report.getReport();
  return report.header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
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
