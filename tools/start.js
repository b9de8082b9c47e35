/** `npm start`: install what is missing, build what changed, serve. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { parseServeOptions, runCommand } = await import('./command.js');
const { buildAndReport } = await import('./build/report.js');
const { distDir } = await import('./root.js');
const { serve } = await import('./serving.js');

await runCommand(async () => {
  const options = parseServeOptions(process.argv.slice(2), 'npm start --');
  // Nobody waits for a download from their own machine.
  await buildAndReport({ compression: 'quick' });
  await serve(distDir, options);
});
