/** The composition root of the app: what is made of what. */
import { parseSettings } from './domain/settings.js';
import { engineUrls } from './engine-urls.js';
import { carriesFiles, droppedFile, droppedFiles } from './platform/dropped-files.js';
import { Installation } from './platform/installation.js';
import { receiveLaunchedFiles } from './platform/launched-files.js';
import { OfflineWorker } from './platform/offline-worker.js';
import { LocalStore } from './platform/storage.js';
import { createDetectSession } from './session/create-detect-session.js';
import { OfflineKeeper } from './session/offline-keeper.js';
import { rehearsal } from './session/rehearsal.js';
import { SightlineDetector } from './ui/elements/sightline-detector.js';
import type { UrlOverrides } from './ui/elements/detector-properties.js';
import { SightlineApp } from './ui/views/sightline-app.js';

const createSession = (overrides?: UrlOverrides): ReturnType<typeof createDetectSession> =>
  createDetectSession(engineUrls(document.baseURI, overrides), { wakesHeads: true });

/** Missing at insecure addresses and in some private modes. */
const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };

const offline = new OfflineKeeper({
  worker:
    serviceWorker &&
    new OfflineWorker(serviceWorker, new URL('service-worker.js', document.baseURI).href),
  // Heads are no part of what is rehearsed.
  rehearse: rehearsal(
    () => createDetectSession(engineUrls(document.baseURI)),
    () => parseSettings(location.search).settings,
  ),
  isOurs: (name) => name.startsWith('sightline'),
  reload: () => {
    location.reload();
  },
});

SightlineDetector.sessionFactory = createSession;
SightlineApp.services = {
  store: new LocalStore(),
  droppedFile,
  droppedFiles,
  createQrReader: async () => (await import('./platform/qr-reader.js')).createQrReader(),
  carriesFiles,
  offline,
  installation: new Installation(),
  receiveFiles: receiveLaunchedFiles,
};

customElements.define('sightline-detector', SightlineDetector);
customElements.define('sightline-app', SightlineApp);
