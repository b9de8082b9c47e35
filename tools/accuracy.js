/** `npm run accuracy -- DIR`: average precision of Sightline and of stock coco-ssd on labelled photographs. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { tsImport } = await import('tsx/esm/api');
const { buildAndReport } = await import('./build/report.js');
const { runCommand } = await import('./command.js');

await runCommand(async () => {
  /** @type {typeof import('../test/accuracy/command.js')} */
  const { parseAccuracyOptions, runAccuracy } = await tsImport(
    '../test/accuracy/command.ts',
    import.meta.url,
  );
  const options = parseAccuracyOptions(process.argv.slice(2));
  await buildAndReport({ compression: 'quick' });
  await runAccuracy(options, console.log);
});
