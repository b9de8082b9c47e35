/** This machine as others on the local network see it. */
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import QRCode from 'qrcode';
import { localCertificate } from './certificate.js';
import { root } from './root.js';

/** Interfaces of containers, virtual machines and tunnels, where no phone will ever be. */
const VIRTUAL = /^(docker|br-|veth|virbr|vboxnet|vmnet|vEthernet|utun|tun|tap|wg|tailscale|zt)/;

/**
 * @typedef {object} LanAddress
 * @property {string} interface
 * @property {string} address IPv4.
 * @property {boolean} isVirtual Whether it probably leads to no phone.
 */

/**
 * IPv4 addresses of this machine, the likeliest for a phone first. IPv6 is
 * left out: those addresses are long to type and change by the day.
 *
 * @param {NodeJS.Dict<import('node:os').NetworkInterfaceInfo[]>} [interfaces]
 * @returns {LanAddress[]}
 */
export function lanAddresses(interfaces = networkInterfaces()) {
  return Object.entries(interfaces)
    .flatMap(([name, infos = []]) =>
      infos
        .filter((info) => info.family === 'IPv4' && !info.internal)
        .map((info) => ({
          interface: name,
          address: info.address,
          isVirtual: VIRTUAL.test(name) || info.address.startsWith('169.254.'),
        })),
    )
    .sort((a, b) => Number(a.isVirtual) - Number(b.isVirtual));
}

/**
 * The certificate for everything this machine is called on the local network.
 *
 * @param {readonly LanAddress[]} addresses
 */
export function lanCertificate(addresses) {
  const host = hostname().toLowerCase();
  const isHostName = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host);
  const names = ['localhost'];
  if (isHostName && host !== 'localhost') {
    names.push(host);
    if (!host.includes('.')) names.push(`${host}.local`);
  }
  return localCertificate(join(root, '.certificates'), names, [
    '127.0.0.1',
    ...addresses.map(({ address }) => address),
  ]);
}

/**
 * @param {string} text
 * @returns {Promise<string>} The QR code for a terminal, with its own colours so that it is dark on
 *   light under any theme.
 */
export function qrCode(text) {
  return QRCode.toString(text, { type: 'terminal', small: true, errorCorrectionLevel: 'L' });
}
