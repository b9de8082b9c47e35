import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { TeachState } from '../../session/teach/types.js';
import type { Feedback } from './feedback.js';
import { RecordingVoice } from './recording-voice.js';

/** Tells of a recording while it runs, and what it gave when it has ended. */
export class RecordingNews {
  readonly #feedback: Feedback;
  readonly #voice: RecordingVoice;
  #last: TeachState['recording'];

  constructor(feedback: Feedback) {
    this.#feedback = feedback;
    this.#voice = new RecordingVoice((text) => {
      feedback.announce(text);
    });
  }

  /** To be told of every state of it; `undefined` while there is none. */
  follow(recording: TeachState['recording']): void {
    if (recording !== undefined) {
      this.#feedback.hush();
      this.#voice.follow(recording);
    } else if (this.#last !== undefined) {
      const { label, taken } = this.#last;
      this.#voice.reset();
      this.#feedback.tell(
        label === undefined ? texts.roomRecorded(taken) : texts.recorded(taken, label),
        taken > 0,
      );
    }
    this.#last = recording;
  }
}
