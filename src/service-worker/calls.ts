/** What pages can ask of the service worker. */
import type { ReleaseFile } from '../domain/offline-files.js';
import type {
  OfflineCallName,
  OfflineCalls,
  OfflineRequest,
  OfflineResponse,
  StoredFilesReport,
} from '../protocol/offline.js';
import { OFFLINE_PROTOCOL_VERSION } from '../protocol/offline.js';
import type { AppFiles } from './app-files.js';
import { failureOf } from './failures.js';
import type { LargeFiles } from './large-files.js';
import { cutNetwork } from './network.js';
import { scope } from './scope.js';

type Answer = OfflineCalls[OfflineCallName]['result'];

export class CallServer {
  readonly #app: AppFiles;
  readonly #large: LargeFiles;
  readonly #files: readonly ReleaseFile[];

  /** @param files All files of the release. */
  constructor(app: AppFiles, large: LargeFiles, files: readonly ReleaseFile[]) {
    this.#app = app;
    this.#large = large;
    this.#files = files;
  }

  /** Answers a message of a page over the port that came with it. */
  async serve(event: ExtendableMessageEvent): Promise<void> {
    const request = event.data as Partial<OfflineRequest> | null;
    const [port] = event.ports;
    if (request?.type !== 'sightline-offline' || port === undefined) return;
    const answer = (response: OfflineResponse): void => {
      port.postMessage(response);
    };
    try {
      const result = await this.#call(request as OfflineRequest, (fraction) => {
        answer({ type: 'progress', fraction });
      });
      answer({ type: 'result', result });
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      const reason = thrown instanceof UnknownRequest ? 'unknown-request' : failureOf(thrown);
      answer({ type: 'error', reason, detail });
    }
  }

  async #call(request: OfflineRequest, onProgress: (fraction: number) => void): Promise<Answer> {
    switch (request.name) {
      case 'hello':
        return { protocol: OFFLINE_PROTOCOL_VERSION };
      case 'status':
        return { release: await this.#release(), largeFiles: await this.#large.states() };
      case 'store': {
        const { url, from } = request.params;
        const file = this.#large.find(url);
        if (file === undefined) throw new UnknownRequest(url);
        return this.#large.store(file, from);
      }
      case 'verify':
        return this.#verify(onProgress);
      case 'cut-network':
        return { refused: cutNetwork(request.params.milliseconds) };
      case 'activate':
        await scope.skipWaiting();
        return undefined;
      case 'clear':
        await Promise.all((await caches.keys()).filter(isOurs).map((name) => caches.delete(name)));
        return undefined;
      default:
        // A page of another release may ask for what this one does not know.
        throw new UnknownRequest(JSON.stringify(request));
    }
  }

  /** A name for the release that changes with any of its files. */
  async #release(): Promise<string> {
    const text = this.#files.map(({ url, integrity }) => `${url} ${integrity}`).join('\n');
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    const bytes = new Uint8Array(digest).subarray(0, 4);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  async #verify(onProgress: (fraction: number) => void): Promise<StoredFilesReport> {
    const repaired: string[] = [];
    const broken: string[] = [];
    let sound = 0;
    let outOfSpace = false;
    let seen = 0;
    const look = async (
      url: string,
      isSound: () => Promise<boolean | undefined>,
      replace: () => Promise<void>,
    ): Promise<void> => {
      const verdict = await isSound();
      if (verdict === true) sound += 1;
      else if (verdict === false) {
        try {
          await replace();
          repaired.push(url);
        } catch (thrown) {
          broken.push(url);
          outOfSpace ||= failureOf(thrown) === 'quota';
        }
      }
      seen += 1;
      onProgress(seen / this.#files.length);
    };
    for (const file of this.#files) {
      const large = this.#large.find(file.url);
      if (large === undefined) {
        await look(
          file.url,
          () => this.#app.isSound(file),
          () => this.#app.replace(file),
        );
      } else {
        await look(
          file.url,
          async () => verdictOf(await this.#large.inspect(large)),
          () => this.#large.replace(large),
        );
      }
    }
    return { sound, repaired, broken, outOfSpace };
  }
}

/** Asked for by a page that knows more, or less, than this service worker. */
class UnknownRequest extends Error {}

function verdictOf(state: 'sound' | 'damaged' | 'absent'): boolean | undefined {
  return state === 'absent' ? undefined : state === 'sound';
}

/** Several apps may live on one origin. */
function isOurs(name: string): boolean {
  return name.startsWith('sightline-');
}
