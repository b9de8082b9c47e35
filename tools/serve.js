/** `npm run serve`: serves `dist/` as it is. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { parseServeOptions, runCommand } = await import('./command.js');
const { distDir } = await import('./root.js');
const { serve } = await import('./serving.js');

await runCommand(async () => {
  await serve(distDir, parseServeOptions(process.argv.slice(2), 'npm run serve --'));
});
