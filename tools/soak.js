/** `npm run soak`: lets the built app run for many frames and tells whether anything grows. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { tsImport } = await import('tsx/esm/api');
const { buildAndReport } = await import('./build/report.js');
const { runCommand } = await import('./command.js');

await runCommand(async () => {
  /** @type {typeof import('../test/bench/soak/command.js')} */
  const { parseSoakOptions, runSoak } = await tsImport(
    '../test/bench/soak/command.ts',
    import.meta.url,
  );
  const options = parseSoakOptions(process.argv.slice(2));
  await buildAndReport({ compression: 'quick' });
  if (!(await runSoak(options, console.log))) process.exitCode = 1;
});
