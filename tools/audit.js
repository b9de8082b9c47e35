/** `npm run audit`: Lighthouse on the built site's first page, as a phone and as a desktop. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { buildAndReport } = await import('./build/report.js');
const { runCommand } = await import('./command.js');
const { audit } = await import('./audit/audit.js');

await runCommand(async () => {
  await buildAndReport();
  if (!(await audit())) process.exitCode = 1;
});
