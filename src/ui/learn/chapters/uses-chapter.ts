import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  OUTPUTS,
  USES_TEXTS as texts,
  type OutputKind,
} from '../../../i18n/learn-uses-messages.js';
import { icon, type IconName } from '../../elements/icons.js';
import { LearnCommandEvent } from '../../events.js';
import { ChapterElement } from '../chapter-element.js';
import { choice } from '../fields.js';
import type { LearnCommand } from '../learn-commands.js';

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
    icon: 'snapshot',
    output: 'picture',
    command: { kind: 'leave', to: 'live' },
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
  @state() private accessor chosen: Readonly<Record<string, OutputKind | ''>> = {};

  override render(): TemplateResult {
    const right = USES.filter(({ key, output }) => this.chosen[key] === output).length;
    return this.page({
      intro: texts.intro,
      figure: html`<ul class="uses">
        ${USES.map((use) => this.#use(use))}
      </ul>`,
      controls: html`<div class="pair">${USES.map((use) => this.#question(use))}</div>`,
      task: {
        text: texts.task,
        progress: right === USES.length ? texts.again : texts.progress(right, USES.length),
        isSolved: right === USES.length,
      },
    });
  }

  #use({ key, icon: mark, command }: Use): TemplateResult {
    const { title, text, action } = texts.uses[key];
    return html`<li>
      <h2>${icon(mark)} ${title}</h2>
      <p>${text}</p>
      <button
        @click=${() => {
          this.dispatchEvent(new LearnCommandEvent(command));
        }}
      >
        ${action}
      </button>
    </li>`;
  }

  #question({ key }: Use): TemplateResult {
    return choice({
      label: texts.uses[key].title,
      value: this.chosen[key] ?? NOT_CHOSEN,
      choices: CHOICES,
      shown: (output) => (output === NOT_CHOSEN ? texts.choose : texts.outputs[output]),
      changed: (output) => {
        this.#choose(key, output);
      },
    });
  }

  #choose(key: string, output: OutputKind | ''): void {
    this.chosen = { ...this.chosen, [key]: output };
  }
}
