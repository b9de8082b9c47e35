import { bold, describeError, dim, paint } from '../command.js';
import { stages } from './stages.js';

/** @typedef {import('./stages.js').Counts} Counts */
/** @typedef {import('./stages.js').Stage} Stage */
/** @typedef {{ stage: Stage, counts: Counts, seconds: number, note?: string }} Outcome */

/**
 * Runs the stages, all of them whatever fails, and sums them up. The very last
 * line says how many checks passed and failed.
 *
 * @param {string | undefined} only Name of one stage; all when left out.
 * @param {readonly string[]} filters Parts of paths: only test files that match one of them run.
 * @returns {Promise<boolean>} Whether nothing failed.
 */
export async function runStages(only, filters) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const stage of chosenStages(only)) {
    console.log(`\n${bold(stage.title)}`);
    const missing = outcomes.find(
      (outcome) => stage.needs?.includes(outcome.stage.name) === true && outcome.counts.failed > 0,
    );
    outcomes.push(
      missing === undefined
        ? await runStage(stage, filters)
        : notRun(stage, `not run: "${missing.stage.title}" failed`),
    );
  }
  return summarize(outcomes);
}

/** @param {string | undefined} only */
function chosenStages(only) {
  if (only === undefined) return stages;
  const chosen = stages.find(({ name }) => name === only);
  return stages.filter((stage) => stage === chosen || chosen?.needs?.includes(stage.name) === true);
}

/**
 * @param {Stage} stage
 * @param {readonly string[]} filters
 * @returns {Promise<Outcome>}
 */
async function runStage(stage, filters) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    return { stage, counts: await stage.run(filters), seconds: seconds() };
  } catch (error) {
    console.error(paint('red', describeError(error)));
    return { stage, counts: { passed: 0, failed: 1, skipped: 0 }, seconds: seconds() };
  }
}

/**
 * @param {Stage} stage
 * @param {string} note
 * @returns {Outcome}
 */
function notRun(stage, note) {
  console.log(paint('yellow', note));
  return { stage, counts: { passed: 0, failed: 0, skipped: 1 }, seconds: 0, note };
}

/** @param {readonly Outcome[]} outcomes */
function summarize(outcomes) {
  console.log(`\n${bold('Summary')}`);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { stage, counts, seconds, note } of outcomes) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const text = note ?? describeCounts(counts);
    const time = dim(`${seconds.toFixed(1)} s`);
    const style = counts.failed > 0 ? 'red' : counts.skipped > 0 ? 'yellow' : 'green';
    console.log(`  ${stage.title.padEnd(24)}${paint(style, text.padEnd(36))}${time}`);
  }
  console.log(`\n${describeCounts(total)}`);
  return total.failed === 0;
}

/** @param {Counts} counts */
function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
