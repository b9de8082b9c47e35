import { dim } from '../command.js';
import { build } from './pipeline.js';

/**
 * Builds and tells the person about it in a few calm lines.
 *
 * @param {import('./pipeline.js').BuildOptions} [options]
 * @returns {Promise<void>}
 */
export async function buildAndReport(options) {
  const start = performance.now();
  let isFirst = true;
  const outcome = await build((line) => {
    if (isFirst) console.log('Building Sightline …');
    isFirst = false;
    console.log(dim(`  ${line}`));
  }, options);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    outcome === 'built'
      ? `Built in ${seconds} s.`
      : 'The build is up to date: nothing has changed.',
  );
}
