/** `npm run build`: brings `dist/` up to date. `-- --force` builds even if nothing changed. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { runCommand } = await import('./command.js');
const { buildAndReport } = await import('./build/report.js');

await runCommand(() => buildAndReport({ force: process.argv.includes('--force') }));
