/** The composition root of the app: what is made of what. */
import { engineUrls } from './engine-urls.js';
import { carriesFiles, droppedFile } from './platform/dropped-files.js';
import { LocalStore } from './platform/storage.js';
import { createDetectSession } from './session/create-detect-session.js';
import { SightlineDetector } from './ui/elements/sightline-detector.js';
import { SightlineApp } from './ui/views/sightline-app.js';

SightlineDetector.sessionFactory = (overrides) =>
  createDetectSession(engineUrls(document.baseURI, overrides));
SightlineApp.services = { store: new LocalStore(), droppedFile, carriesFiles };

customElements.define('sightline-detector', SightlineDetector);
customElements.define('sightline-app', SightlineApp);
