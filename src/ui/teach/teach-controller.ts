import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LONGEST_LABEL } from '../../domain/sample.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { TeachSession } from '../../session/teach/types.js';
import type { SightlineDetector } from '../elements/sightline-detector.js';
import { changeTaught } from './change-taught.js';
import { Feedback } from './feedback.js';
import { FilesInAndOut, handOut } from './files-in-and-out.js';
import { Pointing } from './pointing.js';
import { RecordingNews } from './recording-news.js';
import type { TeachCommand, TeachSheet } from './teach-commands.js';
import type { TeachView } from './teach-view.js';

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
  readonly #files: FilesInAndOut;
  #sheet: TeachSheet | undefined;
  #label = '';
  #boxSample: string | undefined;
  #name = '';
  /** What the last box was called. */
  #boxName = '';
  #lastTrackId: number | undefined;
  #unsubscribe: (() => void) | undefined;

  /** @param leave Ends the Teach mode. */
  constructor(host: TeachHost, session: TeachSession, leave: () => void) {
    this.#host = host;
    this.session = session;
    this.#leave = leave;
    this.pointing = new Pointing(() => host.detector);
    this.#feedback = new Feedback(session, this.#refresh);
    this.#news = new RecordingNews(this.#feedback);
    this.#files = new FilesInAndOut(session, this.#feedback, this.#refresh);
    host.addController(this);
  }

  /** What is to be shown now. */
  view(locale: string): TeachView {
    return {
      state: this.session.state,
      page: this.session.state.carrying === undefined ? this.pointing.page : 'carry',
      sheet: this.#sheet,
      label: this.#label,
      name: this.#name,
      base: this.pointing.base,
      proposals: this.pointing.proposals,
      notice: this.#feedback.notice,
      work: this.#files.work,
      fault: this.#feedback.fault,
      announcement: this.#feedback.announcement,
      qrFile: this.#files.qrFile,
      blind: this.#host.detector.sourceInfo === undefined,
      still: this.#host.detector.sourceInfo?.kind === 'photo',
      load: this.#load,
      picture: this.#picture,
      labelling: this.session.labelling,
      boxSample: this.#boxSample,
      locale,
    };
  }

  readonly #load = (id: string): Promise<Blob | undefined> => this.session.thumbnail(id);

  readonly #picture = (id: string): Promise<Blob | undefined> => this.session.picture(id);

  hostConnected(): void {
    this.#unsubscribe ??= this.session.onState((state) => {
      this.#news.follow(state.recording);
      this.#refresh();
    });
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.pointing.home();
  }

  /** The Teach mode is entered. */
  enter(): void {
    this.session.labelling.setAsking(true);
    void this.#feedback.attempt(() => this.session.open());
  }

  /** The Teach mode is left: nothing goes on unseen but what has been started. */
  exit(): void {
    this.session.stopRecording();
    this.session.labelling.stopCarrying();
    this.session.labelling.setAsking(false);
    this.pointing.home();
    this.#sheet = undefined;
    this.#feedback.hush();
  }

  /** Escape: the topmost thing goes. @returns Whether there was one. */
  escape(): boolean {
    if (this.pointing.page === 'home' && this.session.state.carrying === undefined) return false;
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
        this.#lastTrackId = undefined;
        // One thing gives many boxes.
        this.#name = this.#boxName;
        this.pointing.draw(() => this.session.labelling.propose(), this.#refresh);
        break;
      case 'set-box':
        this.pointing.setBox(command.bbox);
        break;
      case 'use-box':
        this.pointing.useBox();
        break;
      case 'resize-box':
        this.pointing.resize(command.by);
        break;
      case 'open-room':
        this.pointing.room();
        break;
      case 'back':
        this.session.stopRecording();
        void this.session.labelling.keepViews([]);
        this.pointing.home();
        break;
      case 'set-name':
        this.#name = command.name.slice(0, LONGEST_LABEL);
        break;
      case 'carry':
        void this.#carry();
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
        this.#files.forgetQrFile();
        break;
      case 'open-label':
        this.#sheet = 'samples';
        this.#label = command.label;
        this.#feedback.hush();
        break;
      case 'open-box':
        this.#sheet = 'box';
        this.#boxSample = command.id;
        break;
      case 'rename':
        void this.#rename(command.from, command.to);
        break;
      case 'add-pictures':
        this.#sheet = undefined;
        void this.#files.takeIn('pictures', () => this.session.addPictures(command.files));
        break;
      case 'import':
        this.#sheet = undefined;
        void this.#files.takeIn('import', () => this.session.import(command.file));
        break;
      case 'train':
        this.#feedback.hush();
        void this.#feedback.attempt(() => this.session.train());
        break;
      case 'cancel-training':
        this.session.cancelTraining();
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
      case 'relabel':
      case 'confirm':
      case 'remove':
      case 'move-box':
      case 'answer':
      case 'skip-question':
      case 'stop-carrying':
      case 'keep-views':
      case 'undo':
      case 'set-head-on':
      case 'remove-head':
      case 'finder':
      case 'clear':
        void changeTaught(command, this.session, this.#feedback);
    }
    this.#refresh();
  }

  async #record(): Promise<void> {
    const name = this.#name.trim();
    const { target } = this.pointing;
    if (target === undefined || name === '') return;
    const done = await this.#feedback.attempt(() => this.session.record(target, name));
    if (done && target.kind === 'box') {
      this.#boxName = name;
      this.pointing.home();
      this.#refresh();
    }
  }

  async #carry(): Promise<void> {
    const { box } = this.pointing;
    if (box === undefined) return;
    const done = await this.#feedback.attempt(() =>
      this.session.labelling.carry(box, this.#name.trim()),
    );
    if (!done) return;
    this.#boxName = this.#name;
    // The picture goes on, and the box with it.
    this.pointing.home();
    this.#refresh();
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
    if (this.#boxName === from) this.#boxName = name;
    this.#refresh();
  }

  async #showQr(): Promise<void> {
    if (await this.#files.makeQrFile()) this.#sheet = 'qr';
    this.#refresh();
  }

  readonly #refresh = (): void => {
    this.#host.requestUpdate();
  };
}
