/**
 * The size ratchet: what a person downloads may shrink by itself, but grows
 * only when somebody says so.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBuildRecord } from '../build/pipeline.js';
import { UsageError, dim, paint } from '../command.js';
import { distDir, root } from '../root.js';
import { groups } from './groups.js';

/** @typedef {import('./groups.js').Group} Group */
/** @typedef {{ group: Group, bytes: number, limit: number | undefined }} Measurement */

const limitsFile = join(root, 'sizes.json');

/** Limits are whole kilobytes, so that a changed comment needs no new one. */
const STEP_BYTES = 1000;

/**
 * Holds the built site against the recorded limits and the budgets.
 *
 * @returns {Promise<import('../test/stages.js').Counts>} Each group counts as one.
 * @throws {UsageError} When there is no build to measure.
 */
export async function checkSizes() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const measurement of await measureAll()) {
    const problem = describeProblem(measurement);
    const { group, bytes, limit } = measurement;
    const line = `  ${group.what.padEnd(24)}${kilobytes(bytes).padStart(12)}`;
    if (problem !== undefined) {
      counts.failed += 1;
      console.error(paint('red', `${line}  ${problem}`));
      continue;
    }
    counts.passed += 1;
    const isSlack = limit !== undefined && roundUp(bytes) < limit;
    const hint = isSlack ? '; "npm run sizes -- --update" keeps the gain' : '';
    console.log(line + dim(`  of ${kilobytes(limit ?? 0)}${hint}`));
  }
  return counts;
}

/**
 * Records the present sizes as the limits.
 *
 * @returns {Promise<void>}
 * @throws {UsageError} When a group is over its budget: that is a question of design.
 */
export async function updateLimits() {
  const measurements = await measureAll();
  const over = measurements.filter(({ group, bytes }) => bytes > group.budget);
  if (over.length > 0) {
    const lines = over.map(
      ({ group, bytes }) => `  ${group.what}: ${kilobytes(bytes)} of ${kilobytes(group.budget)}`,
    );
    throw new UsageError(`Over the budget of the design:\n${lines.join('\n')}`);
  }
  const limits = measurements.map(({ group, bytes }) => [group.name, roundUp(bytes)]);
  await writeFile(limitsFile, `${JSON.stringify(Object.fromEntries(limits), null, 2)}\n`);
  console.log('Recorded in sizes.json. Commit it with the change that made it necessary.');
}

/** @returns {Promise<Measurement[]>} */
async function measureAll() {
  const record = await readBuildRecord(distDir);
  if (record === undefined) {
    throw new UsageError('There is nothing to measure yet. Build it first: npm run build');
  }
  const limits = await readLimits();
  return Promise.all(
    groups.map(async (group) => {
      const files = await group.files(record.chunks);
      const measure = group.isUncompressed === true ? storedBytes : servedBytes;
      const sizes = await Promise.all(files.map((file) => measure(join(distDir, file))));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      return { group, bytes, limit: limits[group.name] };
    }),
  );
}

/** @returns {Promise<Partial<Record<string, number>>>} */
async function readLimits() {
  const text = await readFile(limitsFile, 'utf8').catch(() => '{}');
  return /** @type {Partial<Record<string, number>>} */ (JSON.parse(text));
}

/**
 * @param {string} file
 * @returns {Promise<number>} Bytes on the wire for a browser that takes Brotli.
 */
function servedBytes(file) {
  return storedBytes(`${file}.br`).catch(() => storedBytes(file));
}

/** @param {string} file */
async function storedBytes(file) {
  return (await stat(file)).size;
}

/** @param {Measurement} measurement */
function describeProblem({ group, bytes, limit }) {
  if (bytes === 0) return 'is empty: the build wrote nothing of it';
  if (bytes > group.budget) return `is over the budget of ${kilobytes(group.budget)}`;
  if (limit === undefined) return 'has no limit yet: "npm run sizes -- --update" records it';
  if (bytes <= limit) return undefined;
  return `has outgrown ${kilobytes(limit)}; make it smaller, or raise the limit with "npm run sizes -- --update"`;
}

/** @param {number} bytes */
function roundUp(bytes) {
  return Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
