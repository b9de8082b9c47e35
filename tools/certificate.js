/**
 * A self-signed certificate for the local network: phones only give a page the
 * camera over HTTPS.
 */
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 365;
const RENEW_BEFORE_DAYS = 7;

/**
 * @typedef {object} Certificate
 * @property {string} key Private key, PEM.
 * @property {string} cert Certificate, PEM.
 * @property {string} fingerprint SHA-256 as browsers show it.
 */

/**
 * The kept certificate while it fits, else a new one: browsers remember the
 * person's decision to trust it only as long as it stays the same.
 *
 * @param {string} dir Folder that keeps key and certificate.
 * @param {readonly string[]} names Host names that it must cover.
 * @param {readonly string[]} addresses IP addresses that it must cover.
 * @param {Date} [now]
 * @returns {Promise<Certificate>}
 */
export async function localCertificate(dir, names, addresses, now = new Date()) {
  const kept = await readKept(dir);
  if (kept !== undefined && covers(kept.cert, names, addresses, now)) return describe(kept);
  const made = await make(names, addresses, now);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'key.pem'), made.key, { mode: 0o600 });
  await writeFile(join(dir, 'cert.pem'), made.cert);
  return describe(made);
}

/**
 * @param {string} dir
 * @returns {Promise<{ key: string, cert: string } | undefined>}
 */
async function readKept(dir) {
  try {
    const [key, cert] = await Promise.all([
      readFile(join(dir, 'key.pem'), 'utf8'),
      readFile(join(dir, 'cert.pem'), 'utf8'),
    ]);
    return { key, cert };
  } catch {
    return undefined;
  }
}

/**
 * @param {string} pem
 * @param {readonly string[]} names
 * @param {readonly string[]} addresses
 * @param {Date} now
 */
function covers(pem, names, addresses, now) {
  try {
    const certificate = new X509Certificate(pem);
    const remainingMs = Date.parse(certificate.validTo) - now.getTime();
    return (
      remainingMs > RENEW_BEFORE_DAYS * DAY_MS &&
      names.every((name) => certificate.checkHost(name) !== undefined) &&
      addresses.every((address) => certificate.checkIP(address) !== undefined)
    );
  } catch {
    // Whatever is in the file, it is no certificate: make a new one.
    return false;
  }
}

/**
 * @param {readonly string[]} names
 * @param {readonly string[]} addresses
 * @param {Date} now
 */
async function make(names, addresses, now) {
  const result = await generate([{ name: 'commonName', value: 'Sightline on the local network' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A phone's clock may be a little behind.
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: /** @type {const} */ (2), value })),
          ...addresses.map((ip) => ({ type: /** @type {const} */ (7), ip })),
        ],
      },
    ],
  });
  return { key: result.private, cert: result.cert };
}

/**
 * @param {{ key: string, cert: string }} pair
 * @returns {Certificate}
 */
function describe({ key, cert }) {
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
}
