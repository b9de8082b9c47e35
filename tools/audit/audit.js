/**
 * Holds the built site against Lighthouse's scores. Performance is measured on
 * a simulated slow phone, so it depends on the machine: the middle one of
 * several runs counts.
 */
import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import desktopConfig from 'lighthouse/core/config/desktop-config.js';
import { chromiumArgs, ensureChromium } from '../browser.js';
import { dim, paint } from '../command.js';
import { distDir, root } from '../root.js';
import { startServer } from '../server.js';

/** The least that each category has to reach, of 100. */
const THRESHOLDS = /** @type {const} */ ({
  performance: 95,
  accessibility: 100,
  'best-practices': 100,
});
/** @typedef {keyof typeof THRESHOLDS} Category */
const CATEGORIES = /** @type {Category[]} */ (Object.keys(THRESHOLDS));

/** @type {readonly { name: string, config: import('lighthouse').Config | undefined }[]} */
const PROFILES = [
  { name: 'phone', config: undefined },
  { name: 'desktop', config: desktopConfig },
];

const RUNS = 3;
const reportDir = join(root, '.cache/audit');

/** @returns {Promise<boolean>} Whether every threshold is reached. */
export async function audit() {
  const server = await startServer({ dir: distDir, port: 0 });
  try {
    let isGood = true;
    for (const { name, config } of PROFILES) {
      console.log(`\nAs a ${name}`);
      const results = [];
      for (let run = 0; run < RUNS; run++) results.push(await runLighthouse(server.url, config));
      isGood = (await report(name, results)) && isGood;
    }
    return isGood;
  } finally {
    await server.close();
  }
}

/**
 * @param {string} url
 * @param {import('lighthouse').Config | undefined} config
 * @returns {Promise<import('lighthouse').Result>}
 */
async function runLighthouse(url, config) {
  // A fresh browser with an empty profile each time: a first visit.
  const browser = await launch({
    chromePath: ensureChromium(),
    chromeFlags: ['--headless=new', ...chromiumArgs],
  });
  try {
    const { port } = browser;
    /** @type {import('lighthouse').Flags} */
    const flags = { port, onlyCategories: CATEGORIES, logLevel: 'error' };
    const result = await lighthouse(url, flags, config);
    if (result === undefined) throw new Error('Lighthouse gave no result');
    const { runtimeError } = result.lhr;
    if (runtimeError !== undefined) throw new Error(`Lighthouse: ${runtimeError.message}`);
    return result.lhr;
  } finally {
    browser.kill();
  }
}

/**
 * @param {string} name Of the profile.
 * @param {readonly import('lighthouse').Result[]} results
 */
async function report(name, results) {
  let isGood = true;
  for (const category of CATEGORIES) {
    const scores = results.map((result) => scoreOf(result, category)).sort((a, b) => a - b);
    // Only time varies; what is right or wrong has to be right each time.
    const score = category === 'performance' ? scores[RUNS >> 1] : scores[0];
    const isEnough = (score ?? 0) >= THRESHOLDS[category];
    isGood &&= isEnough;
    const line = `  ${category.padEnd(16)}${String(score).padStart(4)} of ${THRESHOLDS[category]}`;
    const runs = category === 'performance' ? dim(`  runs: ${scores.join(', ')}`) : '';
    console.log((isEnough ? line : paint('red', line)) + runs);
    if (!isEnough) listFailures(results[0], category);
  }
  const { audits } = /** @type {import('lighthouse').Result} */ (results[0]);
  const metrics = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'];
  for (const id of metrics) {
    console.log(dim(`  ${audits[id]?.title ?? id}: ${audits[id]?.displayValue ?? 'unknown'}`));
  }
  await mkdir(reportDir, { recursive: true });
  const file = join(reportDir, `${name}.json`);
  await writeFile(file, JSON.stringify(results[0], null, 1));
  console.log(dim(`  the whole report: ${file}`));
  return isGood;
}

/**
 * @param {import('lighthouse').Result} result
 * @param {Category} category
 */
function scoreOf(result, category) {
  return Math.round((result.categories[category]?.score ?? 0) * 100);
}

/**
 * @param {import('lighthouse').Result | undefined} result
 * @param {Category} category
 */
function listFailures(result, category) {
  for (const { id, weight } of result?.categories[category]?.auditRefs ?? []) {
    const found = result?.audits[id];
    if (weight === 0 || found === undefined || found.score === null || found.score >= 0.9) continue;
    console.log(`    ${found.title}${found.displayValue ? ` (${found.displayValue})` : ''}`);
  }
}
