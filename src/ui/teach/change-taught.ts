import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { BOX_TEXTS } from '../../i18n/label-box-messages.js';
import { QUESTION_TEXTS } from '../../i18n/question-messages.js';
import type { TeachSession } from '../../session/teach/types.js';
import type { Feedback } from './feedback.js';
import { carryOut } from './find-orders.js';
import type { TeachCommand } from './teach-commands.js';

/** What a person asks of what was taught, wherever in the mode they are. */
export type TaughtCommand = Extract<
  TeachCommand,
  {
    readonly kind:
      | 'relabel'
      | 'confirm'
      | 'remove'
      | 'move-box'
      | 'answer'
      | 'skip-question'
      | 'stop-carrying'
      | 'keep-views'
      | 'undo'
      | 'set-head-on'
      | 'remove-head'
      | 'finder'
      | 'clear';
  }
>;

/** Has it done, and tells what was done or why it was not. */
export async function changeTaught(
  command: TaughtCommand,
  session: TeachSession,
  feedback: Feedback,
): Promise<void> {
  switch (command.kind) {
    case 'relabel':
      await feedback.change(
        () => session.relabel(command.ids, command.label),
        texts.relabelled(command.ids.length, command.label),
      );
      break;
    case 'confirm':
      await feedback.change(() => session.confirm([command.id]), texts.confirmed(command.label));
      break;
    case 'remove':
      await feedback.change(() => session.remove(command.ids), texts.removed(command.ids.length));
      break;
    case 'move-box':
      await feedback.change(
        () => session.labelling.moveBox(command.id, command.bbox),
        BOX_TEXTS.fixed,
      );
      break;
    case 'answer':
      await feedback.change(
        () => session.labelling.answer(command.id, command.answer),
        QUESTION_TEXTS.answered,
      );
      break;
    case 'skip-question':
      session.labelling.skip(command.id);
      break;
    case 'stop-carrying':
      session.labelling.stopCarrying();
      break;
    case 'keep-views': {
      const { length } = command.ids;
      const done = await feedback.attempt(() => session.labelling.keepViews(command.ids));
      if (done && length > 0) feedback.tell(BOX_TEXTS.kept(length), true);
      break;
    }
    case 'undo':
      if (await feedback.attempt(() => session.undo())) feedback.tell(texts.undone);
      break;
    case 'set-head-on':
      await feedback.attempt(() => session.setHeadOn(command.id, command.isOn));
      break;
    case 'remove-head':
      await feedback.attempt(() => session.removeHead(command.id));
      break;
    case 'finder':
      await feedback.attempt(() => carryOut(session.finder, command.order));
      break;
    case 'clear':
      await feedback.change(() => session.clear(), texts.cleared, false);
      break;
  }
}
