import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LessonState } from '../../domain/learn/lesson.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';
import { icon } from '../elements/icons.js';
import { LearnCommandEvent } from '../events.js';
import { charts } from '../styles/charts.js';
import { controls } from '../styles/controls.js';
import { learnStyles } from '../styles/learn.js';
import { learnFieldStyles } from '../styles/learn-fields.js';
import { learnFigureStyles } from '../styles/learn-figures.js';
import { learnPartStyles } from '../styles/learn-parts.js';
import { learnTableStyles } from '../styles/learn-tables.js';

/** The parts of a chapter's page; all but `intro` and `more` fit one screen of a phone. */
export interface LessonParts {
  /** One sentence, two lines at the most: what the chapter is about. */
  readonly lead: string | TemplateResult;
  /** Unfolds below the lead. */
  readonly intro: readonly (string | TemplateResult)[];
  readonly formula?: TemplateResult | undefined;
  readonly figure: TemplateResult;
  readonly controls: TemplateResult | typeof nothing;
  /** Unfolds below the task: what few people need. */
  readonly more?: TemplateResult | undefined;
  readonly task: { readonly text: string; readonly progress: string; readonly isSolved: boolean };
}

/** Where the words stand beside the figure, nothing needs to be folded. */
const isWide = matchMedia('(min-width: 46rem)').matches;

/**
 * What all chapters have in common: they show a state, ask for another one, and know
 * whether their task is solved.
 *
 * @fires {LearnCommandEvent} learn-command - `change`, `solved`.
 */
export abstract class ChapterElement extends LitElement {
  static override styles = [
    controls,
    charts,
    learnFieldStyles,
    learnFigureStyles,
    learnTableStyles,
    learnPartStyles,
    learnStyles,
  ];

  @property({ attribute: false }) accessor lesson!: LessonState;
  #isSolved = false;
  #wasSolved = false;

  /** Asks for another state. */
  protected change(changes: Partial<LessonState>): void {
    this.dispatchEvent(new LearnCommandEvent({ kind: 'change', changes }));
  }

  /** The same, with the training back at its beginning. */
  protected configure(changes: Partial<LessonState>): void {
    this.change({ step: 0, ...changes });
  }

  /** Stands still, so that a link names the step that is seen. */
  rest(): void {
    // Most chapters never move by themselves.
  }

  protected page(parts: LessonParts): TemplateResult {
    const { lead, intro, formula, figure, controls: fields, more, task } = parts;
    this.#isSolved = task.isSolved;
    return html`<div class="lesson">
      <div class="screen">
        <details class="intro" ?open=${isWide}>
          <summary>${lead}</summary>
          ${intro.map((part) => html`<p>${part}</p>`)}
        </details>
        ${formula === undefined ? nothing : html`<div class="formula">${formula}</div>`}
        <div class="figure">${figure}</div>
        <div class="fields">${fields}</div>
        <section class="task ${task.isSolved ? 'solved' : ''}" aria-label=${texts.task.title}>
          <p><b>${icon(task.isSolved ? 'check' : 'teach')} ${texts.task.short}</b> ${task.text}</p>
          <p class="progress">
            ${task.isSolved ? texts.task.solved(task.progress) : task.progress}
          </p>
          <p class="visually-hidden" role="status">
            ${task.isSolved ? texts.task.isSolved : nothing}
          </p>
        </section>
      </div>
      ${
        more === undefined
          ? nothing
          : html`<details class="more" ?open=${isWide}>
              <summary>${texts.more}</summary>
              <div>${more}</div>
            </details>`
      }
    </div>`;
  }

  override updated(): void {
    if (this.#isSolved && !this.#wasSolved) {
      this.dispatchEvent(new LearnCommandEvent({ kind: 'solved', chapter: this.lesson.chapter }));
    }
    this.#wasSolved = this.#isSolved;
  }
}
