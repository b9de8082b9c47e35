/** `npm run lint`: style, import boundaries and types. */
import { ensureInstall } from './ensure-install.js';

ensureInstall();
const { runCommand } = await import('./command.js');
const { lint } = await import('./test/lint.js');

await runCommand(async () => {
  const { passed, failed } = await lint();
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
