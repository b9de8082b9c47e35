import { Battery } from '../platform/battery.js';
import { Cameras } from '../platform/camera.js';
import { EngineClient } from '../platform/engine-client.js';
import { openFile } from '../platform/file-source.js';
import { openScreen } from '../platform/screen-source.js';
import { LocalStore } from '../platform/storage.js';
import { SupervisedEngine } from '../platform/supervised-engine.js';
import { openDemo } from '../platform/video-file.js';
import { ScreenWakeLock } from '../platform/wake-lock.js';
import { LiveDetectSession } from './detect-session.js';
import { ProbeMemory } from './probe-memory.js';
import type { OpenSource } from './source-keeper.js';
import { createTeaching } from './teach/create-teaching.js';
import type { DetectSession, EngineUrls } from './types.js';

export interface DetectSessionOptions {
  /** Whether heads that were on when the page went name things again. */
  readonly wakesHeads?: boolean | undefined;
}

/**
 * A session with an engine of its own and this browser's sources. Nothing is
 * downloaded, asked for or started before it is used.
 */
export function createDetectSession(
  urls: EngineUrls,
  { wakesHeads = false }: DetectSessionOptions = {},
): DetectSession {
  const store = new LocalStore();
  const cameras = new Cameras(store);
  return new LiveDetectSession({
    urls,
    engine: new SupervisedEngine(() => new EngineClient(urls.workerUrl)),
    openSource: browserSources(cameras, urls.demoUrls),
    cameras,
    probes: new ProbeMemory(store),
    wakeLock: new ScreenWakeLock(),
    battery: new Battery(),
    createTeaching: (view) => createTeaching(view, { urls, store, wakes: wakesHeads }),
  });
}

function browserSources(cameras: Cameras, demoUrls: readonly string[]): OpenSource {
  return (request, signal) => {
    switch (request.kind) {
      case 'camera':
        return cameras.open(request, signal);
      case 'screen':
        return openScreen(signal);
      case 'demo':
        return openDemo(demoUrls, signal);
      case 'file':
        return openFile(request.file, signal);
    }
  };
}
