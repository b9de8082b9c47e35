/** Serves a built site until Ctrl-C and says where. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import getPort, { portNumbers } from 'get-port';
import { UsageError, bold, dim } from './command.js';
import { lanAddresses, lanCertificate, qrCode } from './lan.js';
import { startServer } from './server.js';

const FIRST_PORT = 8080;
const LAST_PORT = 8179;

/**
 * @param {string} dir Folder of the built site.
 * @param {import('./command.js').ServeOptions} options
 * @returns {Promise<void>} Fulfilled when the server listens; it ends with the process.
 * @throws {UsageError} When there is nothing to serve or the port is taken.
 */
export async function serve(dir, options) {
  if (!existsSync(join(dir, 'index.html'))) {
    throw new UsageError('There is nothing to serve yet. Build it first: npm run build');
  }
  const port = options.port ?? (await getPort({ port: portNumbers(FIRST_PORT, LAST_PORT) }));
  const addresses = lanAddresses();
  const tls = options.lan ? await lanCertificate(addresses) : undefined;
  const server = await listen({
    dir,
    port,
    host: options.host ?? (options.lan ? '0.0.0.0' : 'localhost'),
    base: options.base,
    ...(tls === undefined ? {} : { tls }),
  });
  stopOnSignal(server);
  if (options.port === undefined && port !== FIRST_PORT) {
    console.log(dim(`Port ${FIRST_PORT} is taken, so this is the next free one.`));
  }
  console.log(`\n  Sightline is at  ${bold(server.url)}\n`);
  if (tls !== undefined) await announceLan(server, addresses, tls.fingerprint);
  console.log(dim('  Ctrl-C stops it.\n'));
}

/** @param {import('./server.js').ServerOptions} options */
async function listen(options) {
  try {
    return await startServer(options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const where = `${options.host ?? 'localhost'}:${options.port}`;
    if (code === 'EADDRINUSE') {
      throw new UsageError(`Something else is already listening on ${where}.`);
    }
    if (code === 'EACCES') throw new UsageError(`This user may not listen on ${where}.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new UsageError(`This machine has no address "${options.host ?? ''}".`);
    }
    throw error;
  }
}

/**
 * @param {import('./server.js').RunningServer} server
 * @param {readonly import('./lan.js').LanAddress[]} addresses
 * @param {string} fingerprint
 */
async function announceLan(server, addresses, fingerprint) {
  const [first, ...others] = addresses.map(({ address }) =>
    server.url.replace('localhost', address),
  );
  if (first === undefined) {
    console.log('  This machine is on no network, so no phone can reach it.\n');
    return;
  }
  console.log(`  On a phone in the same network:  ${bold(first)}\n`);
  console.log(await qrCode(first));
  if (others.length > 0) console.log(dim(`  Also: ${others.join('  ')}\n`));
  console.log(
    [
      '  The phone will warn that the connection is not private: the certificate was made on',
      '  this machine, and nobody else vouches for it. Choose "Advanced" (Chrome) or "Show',
      '  details" (Safari) and go on; the camera works only over such a connection.',
    ].join('\n'),
  );
  console.log(dim(`  Fingerprint (SHA-256): ${fingerprint}\n`));
}

/** @param {import('./server.js').RunningServer} server */
function stopOnSignal(server) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      void server.close().then(() => {
        process.exit(0);
      });
    });
  }
}
