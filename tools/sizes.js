/** `npm run sizes`: measures `dist/`; `-- --update` records the sizes as the new limits. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { runCommand } = await import('./command.js');
const { checkSizes, updateLimits } = await import('./sizes/check.js');

await runCommand(async () => {
  if (process.argv.includes('--update')) {
    await updateLimits();
    return;
  }
  const { failed } = await checkSizes();
  if (failed > 0) process.exitCode = 1;
});
