import { SightlineError } from '../../domain/errors.js';
import {
  formatWatchFile,
  LARGEST_WATCH_FILE,
  parseWatchFile,
  type WatchFile,
} from '../../domain/watch/watch-file.js';
import { errorMessage } from '../../i18n/error-messages.js';
import { devicePlatform } from '../device-platform.js';

/** Everything that is watched for, to be taken to another device. */
export function configFile(content: WatchFile): File {
  return new File([formatWatchFile(content)], 'sightline-watch.json', { type: 'application/json' });
}

/** @throws SightlineError `watch-newer` or `watch-corrupt`. */
export async function readConfig(file: File): Promise<WatchFile> {
  if (file.size > LARGEST_WATCH_FILE) {
    throw new SightlineError('watch-corrupt', `${String(file.size)} bytes`);
  }
  const text = await file.text().catch((cause: unknown) => {
    throw new SightlineError('watch-corrupt', 'it could not be read', { cause });
  });
  return parseWatchFile(text);
}

/** Why a file was refused, in plain words. */
export function configProblem({ code }: SightlineError): string {
  const { title, text } = errorMessage(code, devicePlatform());
  return `${title}. ${text}`;
}
