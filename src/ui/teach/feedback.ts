import { isAbort, toSightlineError, type SightlineError } from '../../domain/errors.js';
import type { TeachSession } from '../../session/teach/types.js';
import type { Notice } from './teach-view.js';

/** What the Teach mode tells the person about what they did: that it is done, or why not. */
export class Feedback {
  readonly #session: TeachSession;
  readonly #changed: () => void;
  #notice: Notice | undefined;
  #fault: SightlineError | undefined;
  #announcement = '';

  /** @param changed Called when there is something else to show. */
  constructor(session: TeachSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  get notice(): Notice | undefined {
    return this.#notice;
  }

  /** What could not be done and is in no state of the session. */
  get fault(): SightlineError | undefined {
    return this.#fault;
  }

  /** For screen readers. */
  get announcement(): string {
    return this.#announcement;
  }

  /** Says something to screen readers alone. */
  announce(text: string): void {
    this.#announcement = text;
    this.#changed();
  }

  /** @param undo Whether what it tells of can be taken back. */
  tell(text: string, undo = false): void {
    this.#notice = { text, undo };
    this.announce(text);
  }

  /** The remark has been read, or is about something that is over. */
  hush(): void {
    this.#notice = undefined;
  }

  forgive(): void {
    this.#fault = undefined;
    this.#session.dismissProblem();
  }

  /** Does something and says so. @returns Whether it worked. */
  async change(work: () => Promise<unknown>, text: string, undo = true): Promise<boolean> {
    const done = await this.attempt(work);
    if (done) this.tell(text, undo);
    return done;
  }

  /** @returns Whether it worked; what went wrong is shown. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      // What the session reports itself is on screen already.
      if (!isAbort(thrown) && this.#session.state.problem === undefined) {
        this.#fault = toSightlineError(thrown);
        this.#changed();
      }
      return false;
    }
  }
}
