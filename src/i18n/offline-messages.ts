import type { OfflineShortcoming } from '../domain/offline-verdict.js';
import { formatBytes, formatNumber } from './format.js';

function list(labels: readonly string[]): string {
  return labels.join(', ');
}

/** Some names, and how many there are besides. */
function several(files: readonly string[]): string {
  const shown = files.slice(0, 3).join(', ');
  return files.length > 3 ? `${shown} and ${formatNumber(files.length - 3)} more` : shown;
}

/** Why the app is not safe without a network, and what to do about it. */
function shortcoming(reason: OfflineShortcoming): string {
  switch (reason.kind) {
    case 'unsupported':
      return 'This browser, or its private mode, does not let pages keep anything. Open Sightline in a normal window of a current browser, at an https address.';
    case 'reload-needed':
      return 'This page was loaded before the app was stored, or past it. Reload it, then check again.';
    case 'update-needed':
      return 'The page and what is stored are of different versions. Reload it, then check again.';
    case 'files':
      return reason.outOfSpace
        ? `There is no room for ${several(reason.files)}. Free some space on this device, then check again.`
        : `Missing or damaged, and not to be had right now: ${several(reason.files)}. Connect to the network, then check again.`;
    case 'detection':
      return `Everything is stored, but with the network cut off nothing was recognised (${reason.detail}).`;
    case 'problem':
      return `The check could not be finished (${reason.problem}: ${reason.detail}). Reload the page, then check again.`;
  }
}

/** Texts about the app on the device: installing, storing, updating, clearing. */
export const OFFLINE_MESSAGES = {
  'app-sheet.title': 'App and offline',
  'app-sheet.open': 'App and offline',

  'install.title': 'Install',
  'install.button': 'Install Sightline',
  'install.text': 'It gets an icon and a window of its own, and opens photos and clips.',
  'install.installed': 'This is the installed app.',
  'install.by-hand.ios': 'Tap the share button, then “Add to Home Screen”.',
  'install.by-hand.android':
    'Open the browser’s menu, then tap “Add to Home screen” or “Install app”.',
  'install.by-hand.desktop':
    'Look for the install icon in the address bar, or for “Install” in the browser’s menu. In Safari it is File → Add to Dock.',

  'offline.title': 'Without a network',
  'offline.unsupported':
    'This browser, mode or address keeps nothing, so a network is needed each time.',
  'offline.starting': 'The app is being stored on this device …',
  'offline.on': (stored: number, all: number) =>
    stored === all
      ? 'The whole app is stored on this device.'
      : `The app is stored on this device, and ${formatNumber(stored)} of ${formatNumber(all)} files of its engines and models.`,
  'offline.on-unknown': 'The app is stored on this device.',
  'offline.failed': 'The app could not be stored. It works, but needs a network each time.',
  'offline.no-space': 'There is not enough free space to store all of it.',
  'offline.check': 'Is it safe to go offline?',
  'offline.step.files': 'Checking every stored file …',
  'offline.step.detection': 'Detecting with the network cut off …',
  'offline.ready': 'Ready for aeroplane mode',
  'offline.ready-text': (
    files: number,
    repaired: number,
    found: readonly string[],
    backend: string,
  ) =>
    `${formatNumber(files)} files checked${repaired === 0 ? '' : `, ${formatNumber(repaired)} of them fetched again`}. With the network cut off, ${backend} recognised: ${list(found)}.`,
  'offline.persisted': 'The browser keeps it until you delete it.',
  'offline.not-persisted':
    'The browser may delete it when space runs out. Installing the app usually prevents that.',
  'offline.not-ready': 'Not ready yet',
  'offline.shortcoming': shortcoming,
  'offline.repaired': 'A stored file was damaged. It has been fetched again.',

  'storage.title': 'Storage',
  'storage.used': 'Used',
  'storage.free': 'Free for this app',
  'storage.kept': 'Kept by the browser',
  'storage.unknown': 'The browser does not say.',
  'storage.bytes': (bytes: number) => formatBytes(bytes),
  'storage.clear': 'Delete all data',
  'storage.clear-warning':
    'This deletes the stored app, its settings and everything you have made with it on this device. It cannot be undone.',
  'storage.clear-yes': 'Delete everything',

  'update.ready': 'A new version is ready.',
  'update.elsewhere': 'A new version was started in another tab.',
  'update.reload': 'Reload',

  'privacy.link': 'What happens to your data',
  'release.version': (release: string) => `Version ${release}`,
} as const;
