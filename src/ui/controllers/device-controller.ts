import type { ReactiveController } from 'lit';
import { isAbort } from '../../domain/errors.js';
import type { OfflineVerdict } from '../../domain/offline-verdict.js';
import { mayUpdateByItself } from '../../domain/update-time.js';
import { t } from '../../i18n/messages.js';
import type {
  InstallState,
  OfflineProgress,
  OfflineState,
  StorageUse,
} from '../../session/offline-types.js';
import { isTeaching } from '../../session/teach/is-teaching.js';
import type { Command, DeviceCommand } from '../commands.js';
import type { AppServices } from '../services.js';
import type { AppController, AppHost } from './app-controller.js';

/** What the sheet about the app on this device shows. */
export interface DeviceView {
  readonly offline: OfflineState;
  readonly install: InstallState;
  readonly storage: StorageUse | undefined;
  /** Of a running check. */
  readonly progress: OfflineProgress | undefined;
  readonly verdict: OfflineVerdict | undefined;
}

const KIOSK_LOOK_MS = 60_000;

const DEVICE_COMMANDS: Readonly<Record<DeviceCommand['kind'], true>> = {
  install: true,
  'check-offline': true,
  'cancel-check': true,
  'clear-data': true,
  'apply-update': true,
};

export function isDeviceCommand(command: Command): command is DeviceCommand {
  return command.kind in DEVICE_COMMANDS;
}

/**
 * The app on this device: stored, installed, checked, updated. A new version
 * is offered quietly and never interrupts; only a kiosk, which nobody attends,
 * changes to it by itself.
 */
export class DeviceController implements ReactiveController {
  readonly #host: AppHost & EventTarget;
  readonly #app: AppController;
  readonly #services: Pick<AppServices, 'offline' | 'installation'>;
  readonly #opened = Date.now();
  #lastSeen: number | undefined;
  #kioskTimer: ReturnType<typeof setInterval> | undefined;
  #unsubscribe: readonly (() => void)[] = [];
  #storage: StorageUse | undefined;
  #progress: OfflineProgress | undefined;
  #verdict: OfflineVerdict | undefined;
  #check: AbortController | undefined;
  #told: OfflineState['update'] = 'none';

  constructor(
    host: AppHost & EventTarget,
    app: AppController,
    services: Pick<AppServices, 'offline' | 'installation'>,
  ) {
    this.#host = host;
    this.#app = app;
    this.#services = services;
    host.addController(this);
  }

  get view(): DeviceView {
    return {
      offline: this.#services.offline.state,
      install: this.#services.installation.state,
      storage: this.#storage,
      progress: this.#progress,
      verdict: this.#verdict,
    };
  }

  hostConnected(): void {
    const { offline, installation } = this.#services;
    this.#unsubscribe = [
      offline.onState((state) => {
        this.#offerUpdate(state);
        this.#host.requestUpdate();
      }),
      offline.onRepaired(() => {
        this.#app.toasts.tell(t('offline.repaired'));
      }),
      installation.onChange(() => {
        this.#host.requestUpdate();
      }),
    ];
    this.#kioskTimer = setInterval(() => {
      this.#updateKiosk();
    }, KIOSK_LOOK_MS);
    void offline.start();
  }

  hostDisconnected(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    clearInterval(this.#kioskTimer);
    this.#check?.abort();
  }

  /** To be told when the engine is ready: what it uses can be stored now. */
  engineReady(): void {
    this.#services.offline.engineReady();
  }

  /** To be told when something was recognised. */
  seen(): void {
    this.#lastSeen = Date.now();
  }

  /** Looks at the numbers anew, since the sheet was opened. */
  async refresh(): Promise<void> {
    this.#storage = await this.#services.offline.storage();
    this.#host.requestUpdate();
  }

  execute(command: DeviceCommand): void {
    const { offline, installation } = this.#services;
    switch (command.kind) {
      case 'install':
        void installation.install();
        break;
      case 'check-offline':
        void this.#runCheck();
        break;
      case 'cancel-check':
        this.#check?.abort();
        break;
      case 'clear-data':
        void offline.clearAll();
        break;
      case 'apply-update':
        void offline.applyUpdate();
        break;
    }
  }

  async #runCheck(): Promise<void> {
    if (this.#check !== undefined) return;
    this.#check = new AbortController();
    this.#verdict = undefined;
    this.#progress = { step: 'files', fraction: 0 };
    this.#host.requestUpdate();
    try {
      this.#verdict = await this.#services.offline.check((progress) => {
        this.#progress = progress;
        this.#host.requestUpdate();
      }, this.#check.signal);
    } catch (thrown) {
      if (!isAbort(thrown)) throw thrown;
    } finally {
      this.#check = undefined;
      this.#progress = undefined;
      await this.refresh();
    }
  }

  #offerUpdate({ update }: OfflineState): void {
    if (update === this.#told || update === 'none') return;
    this.#told = update;
    if (this.#app.settings.kiosk) {
      // Nobody is there to press a button.
      this.#updateKiosk();
      return;
    }
    this.#app.toasts.tell(t(`update.${update}`), {
      label: t('update.reload'),
      command: { kind: 'apply-update' },
    });
  }

  #updateKiosk(): void {
    const { offline } = this.#services;
    const { kiosk, updateHour } = this.#app.settings;
    if (!kiosk || offline.state.update === 'none') return;
    const times = {
      lastSeen: this.#lastSeen,
      opened: this.#opened,
      hour: updateHour,
      isTeaching: isTeaching(this.#host.detector.teach.state),
    };
    if (mayUpdateByItself(new Date(), times)) void offline.applyUpdate();
  }
}
