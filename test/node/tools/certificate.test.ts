import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { localCertificate } from '../../../tools/certificate.js';
import { lanAddresses } from '../../../tools/lan.js';
import { startServer } from '../../../tools/server.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const NAMES = ['localhost', 'kiosk.local'];
const ADDRESSES = ['127.0.0.1', '192.168.7.20'];

describe('certificate for the local network', () => {
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sightline-certificate-'));
  });

  after(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  it('covers every name and address', async () => {
    const certificate = new X509Certificate((await localCertificate(dir, NAMES, ADDRESSES)).cert);
    for (const name of NAMES) assert.ok(certificate.checkHost(name), name);
    for (const address of ADDRESSES) assert.ok(certificate.checkIP(address), address);
    assert.equal(certificate.checkHost('example.com'), undefined);
  });

  it('keeps the private key private', async () => {
    await localCertificate(dir, NAMES, ADDRESSES);
    const { mode } = await stat(join(dir, 'key.pem'));
    if (process.platform !== 'win32') assert.equal(mode & 0o077, 0);
  });

  it('stays the same while it fits, so that phones go on trusting it', async () => {
    const first = await localCertificate(dir, NAMES, ADDRESSES);
    assert.deepEqual(await localCertificate(dir, NAMES, ADDRESSES), first);
    assert.deepEqual(await localCertificate(dir, ['localhost'], ['127.0.0.1']), first);
  });

  it('is renewed for a new address, before it expires, and when it is damaged', async () => {
    const first = await localCertificate(dir, NAMES, ADDRESSES);
    const moved = await localCertificate(dir, NAMES, [...ADDRESSES, '10.0.0.3']);
    assert.notEqual(moved.fingerprint, first.fingerprint);
    const inAYear = new Date(Date.now() + 360 * DAY_MS);
    const later = await localCertificate(dir, NAMES, ADDRESSES, inAYear);
    assert.notEqual(later.fingerprint, moved.fingerprint);
    await writeFile(join(dir, 'cert.pem'), 'nonsense');
    const mended = await localCertificate(dir, NAMES, ADDRESSES);
    assert.ok(new X509Certificate(mended.cert).checkHost('localhost'));
  });

  it('makes the server speak HTTPS', async () => {
    const tls = await localCertificate(dir, NAMES, ADDRESSES);
    const server = await startServer({ dir, port: 0, tls });
    try {
      assert.match(server.url, /^https:\/\/localhost:\d+\/$/);
      const status = await new Promise((resolve, reject) => {
        get(`${server.url}missing`, { ca: tls.cert, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
      assert.equal(status, 404);
    } finally {
      await server.close();
    }
  });
});

describe('addresses on the local network', () => {
  const info = (address: string, internal = false) => ({
    address,
    netmask: '255.255.255.0',
    mac: '00:00:00:00:00:00',
    cidr: `${address}/24`,
    family: 'IPv4' as const,
    internal,
  });

  it('puts what a phone can reach first and leaves out the machine itself', () => {
    const found = lanAddresses({
      lo: [info('127.0.0.1', true)],
      docker0: [info('172.17.0.1')],
      wlan0: [info('192.168.7.20')],
      eth1: [info('169.254.3.4')],
    });
    assert.deepEqual(
      found.map(({ address }) => address),
      ['192.168.7.20', '172.17.0.1', '169.254.3.4'],
    );
  });

  it('finds nothing without a network', () => {
    assert.deepEqual(lanAddresses({ lo: [info('127.0.0.1', true)] }), []);
  });
});
