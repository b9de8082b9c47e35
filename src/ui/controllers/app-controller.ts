import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { DEFAULT_MODEL, type Settings, type ViewName } from '../../domain/settings.js';
import { t } from '../../i18n/messages.js';
import type { SessionState, SourceRequest } from '../../session/types.js';
import { isCameraGranted } from '../camera-permission.js';
import type { PanelName, PictureCommand } from '../commands.js';
import { cameraAttribute, cameraRequest } from '../elements/detector-attributes.js';
import { snapshotName } from '../elements/snapshot.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import type { AppServices } from '../services.js';
import { AddressSettings } from './address-settings.js';
import { reported } from './reported.js';
import { Toasts } from './toasts.js';

/** What the controller drives. */
export interface AppHost extends ReactiveControllerHost {
  readonly detector: SightlineDetector;
  /** Opens the browser's file dialog. */
  pickFile(): void;
}

const SHORTCUTS_KEY = 'shortcuts';

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/**
 * What the app does when a person asks for something. Knows the detector's
 * public face only.
 */
export class AppController implements ReactiveController {
  readonly toasts: Toasts;
  readonly #host: AppHost;
  readonly #services: AppServices;
  readonly #settings = new AddressSettings();
  #panel: PanelName | undefined;
  /** The lens in use, to notice a change. */
  #camera: string | undefined;
  #cameras: readonly { readonly deviceId: string; readonly label: string }[] = [];
  #snapshot: File | undefined;
  #busy = false;
  #shortcuts: boolean;
  #hasMatchedClasses = false;

  constructor(host: AppHost, services: AppServices) {
    this.#host = host;
    this.#services = services;
    this.toasts = new Toasts(host);
    this.#shortcuts = services.store.read(SHORTCUTS_KEY, isBoolean) ?? true;
    for (const problem of this.#settings.problems) this.toasts.tell(t('toast.setting', problem));
    host.addController(this);
  }

  get settings(): Settings {
    return this.#settings.current;
  }

  get panel(): PanelName | undefined {
    return this.#panel;
  }

  get cameras(): readonly { readonly deviceId: string; readonly label: string }[] {
    return this.#cameras;
  }

  /** The newest snapshot. */
  get snapshot(): File | undefined {
    return this.#snapshot;
  }

  /** Whether a snapshot is being made. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Whether single keys work as shortcuts. */
  get shortcuts(): boolean {
    return this.#shortcuts;
  }

  get isFullscreen(): boolean {
    return document.fullscreenElement !== null;
  }

  hostConnected(): void {
    document.addEventListener('fullscreenchange', this.#refresh);
  }

  hostDisconnected(): void {
    document.removeEventListener('fullscreenchange', this.#refresh);
  }

  /**
   * Opens what the address asks for, or the camera where the person has
   * allowed it before. Without that nothing is asked for before a tap.
   */
  async begin(): Promise<void> {
    const { kiosk } = this.settings;
    if (kiosk) this.toasts.remark(t('kiosk.leave'));
    const isExpectingFile = this.#services.receiveFiles((file) => {
      void this.#open({ kind: 'file', file });
    });
    if (!isExpectingFile) await this.openUsual();
  }

  /** Opens the source of the address, or the camera where that needs no question. */
  async openUsual(): Promise<void> {
    const { source, view } = this.settings;
    // A lesson needs no camera.
    const isWatching = view !== 'learn';
    if (source === 'camera' || (source === undefined && isWatching && (await isCameraGranted()))) {
      await this.#open(cameraRequest(this.settings.camera));
    } else if (source === 'demo') {
      await this.#open({ kind: 'demo' });
    }
  }

  /** To be told of every state of the detector. */
  stateChanged(state: SessionState): void {
    // Labels in the address can be checked only once the model is known.
    if (state.engine.phase === 'ready' && !this.#hasMatchedClasses) {
      this.#hasMatchedClasses = true;
      const unknown = this.#settings.fitClasses(state.engine.info.model.labels);
      if (unknown.length > 0) this.toasts.tell(t('toast.unknown-classes', unknown));
    }
    const source = state.source.phase === 'open' ? state.source.info : undefined;
    if (source?.kind === 'camera' && source.deviceId !== this.#camera) void this.#listCameras();
    this.#camera = source?.deviceId;
    this.#refresh();
  }

  execute(command: PictureCommand): void {
    const { detector } = this.#host;
    switch (command.kind) {
      case 'toggle-pause':
        if (detector.sourceInfo === undefined) this.toasts.remark(t('toast.no-picture'));
        else if (detector.state.running) detector.detectStop();
        else reported(detector.detectStart());
        break;
      case 'open':
        void this.#open(command.request);
        break;
      case 'pick-file':
        this.#setPanel(undefined);
        this.#host.pickFile();
        break;
      case 'next-camera':
        void this.#nextCamera();
        break;
      case 'toggle-mirror':
        this.#change({ mirror: detector.mirrored ? 'off' : 'on' });
        break;
      case 'toggle-fullscreen':
        void toggleFullscreen().catch(() => {
          this.toasts.remark(t('toast.no-fullscreen'));
        });
        break;
      case 'snapshot':
        void this.#takeSnapshot();
        break;
      case 'toggle-panel':
        this.#setPanel(this.#panel === command.panel ? undefined : command.panel);
        break;
      case 'close-panel':
        this.#setPanel(undefined);
        break;
      case 'toggle-teach':
        this.#setView(this.settings.view === 'teach' ? 'live' : 'teach');
        break;
      case 'toggle-watch':
        this.#setView(this.settings.view === 'watch' ? 'live' : 'watch');
        break;
      case 'set-view':
        this.#setView(command.view);
        break;
      case 'set-score':
        this.#change({ score: command.score });
        break;
      case 'set-classes':
        this.#change({ classes: command.classes });
        break;
      case 'set-backend':
        this.#change({ backend: command.backend });
        break;
      case 'set-detail':
        this.#change({ detail: command.detail });
        break;
      case 'use-standard-model':
        this.#change({ model: DEFAULT_MODEL });
        break;
      case 'set-shortcuts':
        this.#shortcuts = command.enabled;
        this.#services.store.write(SHORTCUTS_KEY, command.enabled);
        break;
      case 'retry':
        reported(detector.retry());
        break;
      case 'cancel-load':
        detector.cancelLoad();
        break;
      case 'dismiss-problem':
        detector.dismissProblem();
        break;
      case 'dismiss-toast':
        this.toasts.dismiss(command.id);
        break;
      case 'leave-kiosk':
        this.#change({ kiosk: false });
        break;
      case 'reload':
        location.reload();
        break;
    }
    this.#refresh();
  }

  /** Escape: the topmost thing goes. */
  escape(): void {
    if (this.#panel !== undefined) this.execute({ kind: 'close-panel' });
    else if (this.settings.kiosk) this.execute({ kind: 'leave-kiosk' });
    else if (this.#host.detector.state.problem !== undefined) {
      this.execute({ kind: 'dismiss-problem' });
    }
  }

  async #open(request: SourceRequest): Promise<void> {
    const { detector } = this.#host;
    this.#setPanel(undefined);
    detector.paused = false;
    try {
      await detector.open(request);
    } catch {
      // `detector.state` says what went wrong, and the page shows it.
      return;
    }
    if (request.kind === 'camera') {
      this.#change({ source: 'camera', camera: cameraAttribute(request) });
    } else {
      // A file cannot be opened again from an address.
      this.#change({ source: request.kind === 'file' ? undefined : request.kind });
    }
  }

  async #nextCamera(): Promise<void> {
    const { detector } = this.#host;
    const current = detector.sourceInfo;
    if (current?.kind !== 'camera') {
      await this.#open(cameraRequest(this.settings.camera));
      return;
    }
    const cameras = (await detector.cameras()).filter(({ deviceId }) => deviceId !== '');
    const index = cameras.findIndex(({ deviceId }) => deviceId === current.deviceId);
    const next = cameras[(index + 1) % cameras.length];
    if (next !== undefined && cameras.length > 1) {
      await this.#open({ kind: 'camera', deviceId: next.deviceId });
    } else {
      this.toasts.remark(t('toast.no-other-camera'));
    }
  }

  async #takeSnapshot(): Promise<void> {
    const { detector } = this.#host;
    if (this.#busy) return;
    if (detector.sourceInfo === undefined) {
      this.toasts.remark(t('toast.no-picture'));
      return;
    }
    this.#busy = true;
    try {
      const png = await detector.snapshot();
      this.#snapshot = new File([png], snapshotName(new Date()), { type: png.type });
      this.#setPanel('snapshot');
    } catch {
      this.toasts.tell(t('snapshot.failed'));
    } finally {
      this.#busy = false;
      this.#refresh();
    }
  }

  #setView(view: ViewName): void {
    this.#setPanel(undefined);
    this.#change({ view });
  }

  #setPanel(panel: PanelName | undefined): void {
    this.#panel = panel;
    if (panel === 'source') void this.#listCameras();
    this.#refresh();
  }

  async #listCameras(): Promise<void> {
    this.#cameras = await this.#host.detector.cameras().catch(() => []);
    this.#refresh();
  }

  #change(changes: Partial<Settings>): void {
    this.#settings.change(changes);
    this.#refresh();
  }

  readonly #refresh = (): void => {
    this.#host.requestUpdate();
  };
}

/** Rejects where the browser forbids it. */
async function toggleFullscreen(): Promise<void> {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}
