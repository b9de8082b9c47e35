import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LONGEST_LABEL } from '../../domain/sample.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type {
  ExportFile,
  ImportSummary,
  TeachSession,
  TeachState,
} from '../../session/teach/types.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import { Feedback } from './feedback.js';
import { carryOut } from './find-orders.js';
import { handOut, summaryText } from './files-in-and-out.js';
import { Pointing } from './pointing.js';
import { RecordingNews } from './recording-news.js';
import type { TeachCommand, TeachSheet } from './teach-commands.js';
import type { TeachView, TeachWork } from './teach-view.js';

/** What the controller drives. */
export interface TeachHost extends ReactiveControllerHost {
  readonly detector: SightlineDetector;
}

/** What a person does in the Teach mode, and where they are in it. */
export class TeachController implements ReactiveController {
  readonly session: TeachSession;
  readonly pointing: Pointing;
  readonly #host: TeachHost;
  readonly #leave: () => void;
  readonly #feedback: Feedback;
  readonly #news: RecordingNews;
  readonly #confirmed = new Set<string>();
  #sheet: TeachSheet | undefined;
  #label = '';
  #name = '';
  #lastTrackId: number | undefined;
  #work: TeachWork | undefined;
  #qrFile: ExportFile | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param leave Ends the Teach mode. */
  constructor(host: TeachHost, session: TeachSession, leave: () => void) {
    this.#host = host;
    this.session = session;
    this.#leave = leave;
    this.pointing = new Pointing(() => host.detector);
    this.#feedback = new Feedback(session, this.#refresh);
    this.#news = new RecordingNews(this.#feedback);
    host.addController(this);
  }

  /** What is to be shown now. */
  view(locale: string): TeachView {
    return {
      state: this.session.state,
      page: this.pointing.page,
      sheet: this.#sheet,
      label: this.#label,
      name: this.#name,
      base: this.pointing.base,
      notice: this.#feedback.notice,
      work: this.#work,
      fault: this.#feedback.fault,
      announcement: this.#feedback.announcement,
      qrFile: this.#qrFile,
      confirmed: this.#confirmed,
      blind: this.#host.detector.sourceInfo === undefined,
      load: this.#load,
      locale,
    };
  }

  readonly #load = (id: string): Promise<Blob | undefined> => this.session.thumbnail(id);

  hostConnected(): void {
    this.#unsubscribe ??= this.session.onState((state) => {
      this.#follow(state);
    });
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.pointing.home();
  }

  /** The Teach mode is entered. */
  enter(): void {
    void this.#feedback.attempt(() => this.session.open());
  }

  /** The Teach mode is left: nothing goes on unseen but what has been started. */
  exit(): void {
    this.session.stopRecording();
    this.pointing.home();
    this.#sheet = undefined;
    this.#feedback.hush();
  }

  /** Escape: the topmost thing goes. @returns Whether there was one. */
  escape(): boolean {
    if (this.pointing.page === 'home') return false;
    this.execute({ kind: 'back' });
    return true;
  }

  execute(command: TeachCommand): void {
    switch (command.kind) {
      case 'choose-track':
        this.#feedback.hush();
        // Another thing is hardly called the same.
        if (command.trackId !== this.#lastTrackId) this.#name = '';
        this.#lastTrackId = command.trackId;
        this.pointing.chooseTrack(command.trackId, command.base);
        break;
      case 'draw':
        this.#name = '';
        this.pointing.draw();
        break;
      case 'set-box':
        this.pointing.setBox(command.bbox);
        break;
      case 'use-box':
        this.pointing.useBox();
        break;
      case 'open-room':
        this.pointing.room();
        break;
      case 'back':
        this.session.stopRecording();
        this.pointing.home();
        break;
      case 'set-name':
        this.#name = command.name.slice(0, LONGEST_LABEL);
        break;
      case 'record':
        void this.#record();
        break;
      case 'record-room':
        this.session.recordBackground();
        break;
      case 'stop-recording':
        this.session.stopRecording();
        break;
      case 'reject':
        void this.#reject();
        break;
      case 'open-sheet':
        this.#sheet = command.sheet;
        this.#feedback.hush();
        break;
      case 'close-sheet':
        this.#sheet = undefined;
        this.#qrFile = undefined;
        break;
      case 'open-label':
        this.#sheet = 'samples';
        this.#label = command.label;
        this.#feedback.hush();
        break;
      case 'confirm':
        this.#confirmed.add(command.id);
        this.#feedback.tell(texts.confirmed(command.label));
        break;
      case 'relabel':
        void this.#feedback.change(
          () => this.session.relabel(command.ids, command.label),
          texts.relabelled(command.ids.length, command.label),
        );
        break;
      case 'remove':
        void this.#feedback.change(
          () => this.session.remove(command.ids),
          texts.removed(command.ids.length),
        );
        break;
      case 'rename':
        void this.#rename(command.from, command.to);
        break;
      case 'undo':
        void this.#feedback
          .attempt(() => this.session.undo())
          .then((done) => {
            if (done) this.#feedback.tell(texts.undone);
          });
        break;
      case 'add-pictures':
        void this.#takeIn('pictures', () => this.session.addPictures(command.files));
        break;
      case 'import':
        void this.#takeIn('import', () => this.session.import(command.file));
        break;
      case 'train':
        this.#feedback.hush();
        this.#confirmed.clear();
        void this.#feedback.attempt(() => this.session.train());
        break;
      case 'cancel-training':
        this.session.cancelTraining();
        break;
      case 'set-head-on':
        void this.#feedback.attempt(() => this.session.setHeadOn(command.id, command.isOn));
        break;
      case 'remove-head':
        void this.#feedback.attempt(() => this.session.removeHead(command.id));
        break;
      case 'finder':
        void this.#feedback.attempt(() => carryOut(this.session.finder, command.order));
        break;
      case 'change-settings':
        this.session.settings = { ...this.session.settings, ...command.changes };
        break;
      case 'export':
        void this.#feedback.attempt(() => handOut(this.session, command.format, command.way));
        break;
      case 'show-qr':
        void this.#showQr();
        break;
      case 'clear':
        void this.#feedback.change(() => this.session.clear(), texts.cleared, false);
        break;
      case 'dismiss-notice':
        this.#feedback.hush();
        break;
      case 'dismiss-problem':
        this.#feedback.forgive();
        break;
      case 'reopen':
        this.enter();
        break;
      case 'leave':
        this.#leave();
        break;
    }
    this.#refresh();
  }

  #follow(state: TeachState): void {
    this.#news.follow(state.recording);
    this.#refresh();
  }

  async #record(): Promise<void> {
    const name = this.#name.trim();
    const { target } = this.pointing;
    if (target === undefined || name === '') return;
    const done = await this.#feedback.attempt(() => this.session.record(target, name));
    if (done && target.kind === 'box') {
      this.pointing.home();
      this.#refresh();
    }
  }

  async #reject(): Promise<void> {
    const { trackId } = this.pointing;
    if (trackId === undefined) return;
    this.pointing.home();
    await this.#feedback.change(() => this.session.reject(trackId), texts.rejected);
  }

  async #rename(from: string, to: string): Promise<void> {
    const name = to.trim();
    if (name === '' || name === from) return;
    const done = await this.#feedback.change(
      () => this.session.renameLabel(from, name),
      texts.renamed(name),
    );
    if (!done) return;
    if (this.#label === from) this.#label = name;
    if (this.#name === from) this.#name = name;
    this.#refresh();
  }

  async #takeIn(work: TeachWork, take: () => Promise<ImportSummary>): Promise<void> {
    this.#sheet = undefined;
    this.#work = work;
    this.#refresh();
    await this.#feedback.attempt(async () => {
      const summary = await take();
      this.#feedback.tell(summaryText(work, summary), summary.samples > 0);
    });
    this.#work = undefined;
    this.#refresh();
  }

  async #showQr(): Promise<void> {
    await this.#feedback.attempt(async () => {
      this.#qrFile = await this.session.export('heads');
      this.#sheet = 'qr';
    });
    this.#refresh();
  }

  readonly #refresh = (): void => {
    this.#host.requestUpdate();
  };
}
