/**
 * The lessons: a path of chapters, each with a figure, a formula and a task. Everything
 * of them is loaded when they are first opened.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import {
  beginningOf,
  CHAPTERS,
  type Chapter,
  type LessonKey,
  type LessonState,
} from '../../domain/learn/lesson.js';
import { formatLesson, parseLesson, withoutLesson } from '../../domain/learn/lesson-address.js';
import { LEARN_TEXTS as texts } from '../../i18n/learn-messages.js';
import { icon } from '../elements/icons.js';
import { LearnCommandEvent } from '../events.js';
import type { AppServices } from '../services.js';
import type { TeachSession } from '../../session/teach/types.js';
import { controls } from '../styles/controls.js';
import { learnFrameStyles } from '../styles/learn-frame.js';
import { ChapterElement } from './chapter-element.js';
import './chapters/activation-chapter.js';
import './chapters/backpropagation-chapter.js';
import './chapters/descent-chapter.js';
import './chapters/diagnosis-chapter.js';
import './chapters/head-chapter.js';
import './chapters/layers-chapter.js';
import './chapters/loss-chapter.js';
import './chapters/perceptron-chapter.js';
import './chapters/uses-chapter.js';
import type { OpenTable } from './table-parts.js';

const SOLVED_KEY = 'learn-solved';
/** Browsers allow few changes of the address in a row. */
const ADDRESS_MS = 400;

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/**
 * @fires {LearnCommandEvent} learn-command - `leave`.
 */
@customElement('sightline-learn')
export class SightlineLearn extends LitElement {
  static override styles = [controls, learnFrameStyles];

  @property({ attribute: false }) accessor store: AppServices['store'] | undefined;
  @property({ attribute: false }) accessor teach: TeachSession | undefined;
  @query('h1') private accessor heading!: HTMLElement;
  @query('main') private accessor place!: HTMLElement;

  @state() private accessor lesson: LessonState;
  @state() private accessor problems: readonly LessonKey[];
  @state() private accessor isListOpen = false;
  @state() private accessor remark = '';
  /** A table that the person has opened; it outlives the chapter. */
  @state() private accessor table: OpenTable | undefined;
  @state() private accessor dropped: File | undefined;
  @state() private accessor solved: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    const { state: lesson, problems } = parseLesson(location.search);
    this.lesson = lesson;
    this.problems = problems;
    this.addController({
      hostConnected: () => {
        this.#write();
      },
      hostDisconnected: () => {
        clearTimeout(this.#timer);
        replaceQuery(withoutLesson(location.search));
      },
    });
    this.addEventListener('learn-command', ({ command }) => {
      if (command.kind === 'change') this.#change(command.changes);
      else if (command.kind === 'light') this.#change({ term: command.term });
      else if (command.kind === 'solved') this.#note(command.chapter);
      else if (command.kind === 'take-table') this.table = command.table;
      else if (command.kind === 'open-chapter') this.#open(command.chapter);
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('store')) {
      this.solved = new Set(this.store?.read(SOLVED_KEY, isList) ?? []);
    }
  }

  /** A file that was dropped on the page: a table for chapter 4. */
  take(file: File): void {
    if (this.lesson.chapter !== 'diagnosis') this.#open('diagnosis');
    this.dropped = file;
  }

  /** @returns Whether there was something to close. */
  escape(): boolean {
    const wasOpen = this.isListOpen;
    this.isListOpen = false;
    return wasOpen;
  }

  override render(): TemplateResult {
    const { chapter } = this.lesson;
    const number = CHAPTERS.indexOf(chapter);
    const [before, after] = [CHAPTERS[number - 1], CHAPTERS[number + 1]];
    return html`
      <header>
        <button class="plain icon" aria-label=${texts.leave} @click=${this.#leave}>
          ${icon('close')}
        </button>
        <h1 tabindex="-1">${texts.chapters[chapter]}</h1>
        <button
          class="plain contents"
          aria-expanded=${this.isListOpen ? 'true' : 'false'}
          aria-label=${`${texts.contents}: ${texts.of(number + 1, CHAPTERS.length)}`}
          @click=${this.#toggleList}
        >
          ${texts.of(number + 1, CHAPTERS.length)}
        </button>
      </header>
      ${this.isListOpen ? this.#list() : nothing}
      <main>
        ${
          this.problems.length === 0
            ? nothing
            : html`<p class="remark" role="status">${texts.problems(this.problems)}</p>`
        }
        ${this.#chapter()}
      </main>
      <nav aria-label=${texts.contents}>
        ${this.#turn(before, texts.previous, 'before')}
        <button class="plain icon" aria-label=${texts.reset} @click=${this.#reset}>
          ${icon('undo')}
        </button>
        <button class="plain icon" aria-label=${texts.copyLink} @click=${this.#copy}>
          ${icon('share')}
        </button>
        ${this.#turn(after, texts.next, 'after primary')}
      </nav>
      <p class="toast" role="status">${this.remark}</p>
    `;
  }

  #chapter(): TemplateResult {
    const { lesson } = this;
    switch (lesson.chapter) {
      case 'perceptron':
        return html`<sightline-perceptron-chapter
          .lesson=${lesson}
        ></sightline-perceptron-chapter>`;
      case 'activation':
        return html`<sightline-activation-chapter
          .lesson=${lesson}
        ></sightline-activation-chapter>`;
      case 'layers':
        return html`<sightline-layers-chapter .lesson=${lesson}></sightline-layers-chapter>`;
      case 'diagnosis':
        return html`<sightline-diagnosis-chapter
          .lesson=${lesson}
          .table=${this.table}
          .file=${this.dropped}
        ></sightline-diagnosis-chapter>`;
      case 'head':
        return html`<sightline-head-chapter
          .lesson=${lesson}
          .teach=${this.teach}
        ></sightline-head-chapter>`;
      case 'uses':
        return html`<sightline-uses-chapter .lesson=${lesson}></sightline-uses-chapter>`;
      case 'loss':
        return html`<sightline-loss-chapter .lesson=${lesson}></sightline-loss-chapter>`;
      case 'descent':
        return html`<sightline-descent-chapter .lesson=${lesson}></sightline-descent-chapter>`;
      case 'backpropagation':
        return html`<sightline-backpropagation-chapter
          .lesson=${lesson}
        ></sightline-backpropagation-chapter>`;
    }
  }

  #turn(
    chapter: Chapter | undefined,
    label: string,
    kind: string,
  ): TemplateResult | typeof nothing {
    if (chapter === undefined) return nothing;
    return html`<button
      class=${kind}
      aria-label=${`${label}: ${texts.chapters[chapter]}`}
      @click=${() => {
        this.#open(chapter);
      }}
    >
      ${label}
    </button>`;
  }

  #list(): TemplateResult {
    return html`<ol class="chapters">
      ${CHAPTERS.map((chapter, index) => {
        const isCurrent = chapter === this.lesson.chapter;
        const isSolved = this.solved.has(chapter);
        return html`<li>
          <button
            class="plain"
            aria-current=${isCurrent ? 'page' : nothing}
            @click=${() => {
              this.#open(chapter);
            }}
          >
            <span class="number">${index + 1}</span>
            <span>${texts.chapters[chapter]}</span>
            ${
              isSolved
                ? html`<span class="done"
                    >${icon('check')}<span class="visually-hidden">${texts.isSolved}</span></span
                  >`
                : nothing
            }
          </button>
        </li>`;
      })}
    </ol>`;
  }

  #open(chapter: Chapter): void {
    this.isListOpen = false;
    this.problems = [];
    this.remark = '';
    this.lesson = beginningOf(chapter);
    this.#write();
    void this.updateComplete.then(() => {
      this.place.scrollTop = 0;
      this.heading.focus({ preventScroll: true });
    });
  }

  #change(changes: Partial<LessonState>): void {
    this.lesson = { ...this.lesson, ...changes };
    this.remark = '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#write();
    }, ADDRESS_MS);
  }

  #write(): void {
    clearTimeout(this.#timer);
    replaceQuery(formatLesson(this.lesson, location.search));
  }

  #note(chapter: Chapter): void {
    if (this.solved.has(chapter)) return;
    this.solved = new Set([...this.solved, chapter]);
    this.store?.write(SOLVED_KEY, [...this.solved]);
  }

  readonly #toggleList = (): void => {
    this.isListOpen = !this.isListOpen;
  };

  readonly #leave = (): void => {
    this.dispatchEvent(new LearnCommandEvent({ kind: 'leave', to: 'live' }));
  };

  readonly #reset = (): void => {
    this.#open(this.lesson.chapter);
    this.remark = texts.isReset;
  };

  readonly #copy = async (): Promise<void> => {
    const chapter = this.place.lastElementChild;
    if (chapter instanceof ChapterElement) chapter.rest();
    this.#write();
    try {
      await navigator.clipboard.writeText(location.href);
      const isOwn = this.table !== undefined && this.lesson.chapter === 'diagnosis';
      this.remark = isOwn ? texts.copiedWithoutTable : texts.copied;
    } catch {
      // Not allowed here: the address bar says the same.
      this.remark = texts.notCopied;
    }
  };
}

function replaceQuery(search: string): void {
  history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-learn': SightlineLearn;
  }
}
