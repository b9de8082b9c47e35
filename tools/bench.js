/** `npm run bench`: Sightline beside stock coco-ssd, with the same weights in the same browser. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { tsImport } = await import('tsx/esm/api');
const { buildAndReport } = await import('./build/report.js');
const { runCommand } = await import('./command.js');

await runCommand(async () => {
  /** @type {typeof import('../test/bench/command.js')} */
  const { parseBenchOptions, runBench, serveBenchPage } = await tsImport(
    '../test/bench/command.ts',
    import.meta.url,
  );
  const args = process.argv.slice(2);
  if (args.join() === '--page') {
    await buildAndReport({ compression: 'quick' });
    await serveBenchPage(console.log);
    return;
  }
  const options = parseBenchOptions(args);
  await buildAndReport({ compression: 'quick' });
  await runBench(options, console.log);
});
