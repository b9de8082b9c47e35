/** Finds a Chromium to test with, and gets one where that can be done without asking. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from './command.js';

/** Quiet and the same on every machine. Tests often run as root, where the sandbox cannot. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** WebGPU and WebGL by SwiftShader, for machines without a GPU. */
export const softwareGpuArgs = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

const COMMANDS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * @returns {string | undefined} Path of an installed Chrome, Chromium or Edge; `CHROME_PATH` wins.
 * @throws {UsageError} When `CHROME_PATH` names no file.
 */
export function findChromium() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new UsageError(`CHROME_PATH is set to ${chosen}, but there is no such file.`);
  }
  return candidates().find((path) => existsSync(path));
}

/**
 * @returns {string} Path of a Chromium, installed now if need be and possible.
 * @throws {UsageError} With what to do, when there is none.
 */
export function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (canInstall()) {
    console.log('No Chrome, Chromium or Edge here: installing Chromium with apt-get …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    /** @type {import('node:child_process').SpawnSyncOptions} */
    const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], options);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new UsageError(
    `The tests need Chrome, Chromium or Edge, and none was found. ${advice()}\n` +
      'If one is installed in an unusual place, set CHROME_PATH to its executable.',
  );
}

/** @returns {string[]} */
function candidates() {
  const { env } = process;
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((dir) =>
      MAC_APPS.map((app) => join(dir, `${app}.app/Contents/MacOS`, app)),
    );
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
      const dir = env[variable];
      return dir === undefined ? [] : WINDOWS_PATHS.map((path) => join(dir, path));
    });
  }
  const dirs = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/snap/bin'];
  return COMMANDS.flatMap((command) => dirs.map((dir) => join(dir, command)));
}

/** Whether this is Debian or Ubuntu, and we may install packages. */
function canInstall() {
  return process.getuid?.() === 0 && isDebian();
}

function isDebian() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(file, 'utf8'));
}

function advice() {
  if (process.platform === 'darwin' || process.platform === 'win32') {
    return 'Install Google Chrome from https://www.google.com/chrome/ and try again.';
  }
  return isDebian()
    ? 'Install it with "sudo apt-get install -y chromium" and try again.'
    : 'Install the package "chromium" of your distribution and try again.';
}
