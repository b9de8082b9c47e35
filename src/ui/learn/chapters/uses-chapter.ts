import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  OUTPUTS,
  USES_TEXTS as texts,
  type OutputKind,
} from '../../../i18n/learn-uses-messages.js';
import { icon, type IconName } from '../../elements/icons.js';
import { LearnCommandEvent } from '../../events.js';
import { ChapterElement } from '../chapter-element.js';
import type { LearnCommand } from '../learn-commands.js';
import { hat, name, operator, row, type FormulaView } from '../math.js';
import '../sightline-formula.js';

interface Use {
  readonly key: keyof typeof texts.uses;
  readonly icon: IconName;
  readonly output: OutputKind;
  readonly command: LearnCommand;
}

const USES: readonly Use[] = [
  {
    key: 'detection',
    icon: 'camera',
    output: 'boxes',
    command: { kind: 'leave', to: 'live' },
  },
  {
    key: 'alteration',
    icon: 'shield',
    output: 'picture',
    command: { kind: 'leave', to: 'privacy' },
  },
  {
    key: 'diagnosis',
    icon: 'quality',
    output: 'probability',
    command: { kind: 'open-chapter', chapter: 'diagnosis' },
  },
];
const NOT_CHOSEN = '';
const CHOICES = [NOT_CHOSEN, ...OUTPUTS] as const;

/** Chapter 9: what all of it is good for. */
@customElement('sightline-uses-chapter')
export class UsesChapter extends ChapterElement {
  /** What was chosen for each use, as the address has it. */
  get #chosen(): readonly (OutputKind | typeof NOT_CHOSEN)[] {
    const parts = this.lesson.answer.split(',');
    return USES.map((_, index) => CHOICES.find((each) => each === parts[index]) ?? NOT_CHOSEN);
  }

  override render(): TemplateResult {
    const chosen = this.#chosen;
    const right = USES.filter(({ output }, index) => chosen[index] === output).length;
    return this.page({
      lead: texts.lead,
      intro: texts.intro,
      formula: html`<sightline-formula
        .term=${this.lesson.term}
        .view=${FORMULA}
      ></sightline-formula>`,
      figure: html`<ul class="uses">
        ${USES.map((use, index) => this.#use(use, index, chosen[index] ?? NOT_CHOSEN))}
      </ul>`,
      controls: nothing,
      task: {
        text: texts.task,
        progress: right === USES.length ? texts.again : texts.progress(right, USES.length),
        isSolved: right === USES.length,
      },
    });
  }

  #use(
    { key, icon: mark, command }: Use,
    index: number,
    chosen: OutputKind | typeof NOT_CHOSEN,
  ): TemplateResult {
    const { title, action } = texts.uses[key];
    return html`<li>
      <h2>${icon(mark)} ${title}</h2>
      <div class="row">
        <select
          aria-label=${texts.question(title)}
          .value=${live(chosen)}
          @change=${(event: Event) => {
            const output = CHOICES[(event.target as HTMLSelectElement).selectedIndex];
            this.change({ answer: this.#chosen.with(index, output ?? NOT_CHOSEN).join() });
          }}
        >
          ${CHOICES.map(
            (output) =>
              html`<option value=${output} ?selected=${output === chosen}>
                ${output === NOT_CHOSEN ? texts.choose : texts.outputs[output]}
              </option>`,
          )}
        </select>
        <button
          @click=${() => {
            this.dispatchEvent(new LearnCommandEvent(command));
          }}
        >
          ${action}
        </button>
      </div>
    </li>`;
  }
}

const FORMULA: FormulaView = {
  spoken: texts.spoken,
  walk: ['input', 'weights', 'output', 'loss'],
  parts: [
    { id: 'output', maths: hat('y'), words: texts.output },
    operator('='),
    name('f'),
    operator('('),
    { id: 'input', maths: name('X'), words: texts.input },
    operator(';'),
    { id: 'weights', maths: name('W'), words: texts.weights },
    operator(')'),
    operator(','),
    {
      id: 'loss',
      maths: row(name('L'), operator('('), hat('y'), operator(','), name('y'), operator(')')),
      words: texts.loss,
    },
  ],
};
