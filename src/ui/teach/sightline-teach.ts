import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Sample } from '../../domain/sample.js';
import { errorMessage } from '../../i18n/error-messages.js';
import { FIND_TEXTS } from '../../i18n/find-messages.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import { BOX_TEXTS } from '../../i18n/label-box-messages.js';
import { t } from '../../i18n/messages.js';
import { findBeginning, findCandidate } from '../../session/new-class/find-candidate.js';
import { devicePlatform } from '../device-platform.js';
import { icon, type IconName } from '../elements/icons.js';
import { TeachCommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { teachPanelStyles } from '../styles/teach-panel.js';
import { adjustBar, drawPage } from './draw-page.js';
import { obstacle } from './obstacle.js';
import './sightline-carry-page.js';
import './sightline-find-card.js';
import './sightline-label-list.js';
import './sightline-name-page.js';
import './sightline-notice.js';
import './sightline-question-card.js';
import './sightline-record-button.js';
import './sightline-training-card.js';
import type { TeachCommand } from './teach-commands.js';
import type { TeachView } from './teach-view.js';
import { newestHead } from './verdict.js';

/**
 * The panel of the Teach mode, below the picture or beside it: what was taught so
 * far, "What is this?", and "Teach it".
 *
 * @fires {TeachCommandEvent} teach-command - Everything a person asks for.
 */
@customElement('sightline-teach')
export class SightlineTeach extends LitElement {
  static override styles = [controls, teachPanelStyles];

  @property({ attribute: false }) accessor view!: TeachView;

  @query('h2') private accessor headline!: HTMLHeadingElement;
  @query('sightline-name-page') private accessor namePage!:
    HTMLElementTagNameMap['sightline-name-page'] | null;

  override render(): TemplateResult {
    const { view } = this;
    return html`
      <section class=${isBoxing(view.page) ? 'steady' : nothing} aria-labelledby="title">
        <header>
          ${this.view.page === 'home' ? nothing : this.#icon('back', texts.back, { kind: 'back' })}
          <h2 id="title" tabindex="-1">${this.#title()}</h2>
          ${this.view.page === 'home' ? this.#tools() : nothing}
        </header>
        <div class="body">
          ${this.#problem()} ${this.#content()}
          <sightline-notice
            .notice=${view.sheet === undefined ? view.notice : undefined}
            .undoable=${this.view.state.canUndo}
          ></sightline-notice>
        </div>
        <div class="foot">${this.#foot()}</div>
      </section>
      <p class="visually-hidden" role="status">${view.announcement}</p>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    // What is chosen by a tap is named next. Nobody's keyboard opens over names to tap.
    const before = changed.get('view')?.page;
    const { page } = this.view;
    if (before === undefined || before === page) return;
    const isTyping = page === 'track' || page === 'box';
    const hasKeyboard = matchMedia('(hover: hover) and (pointer: fine)').matches;
    // Around a box that is to be put right there is no room for a keyboard on the screen.
    const isFirst = page === 'track' && this.view.state.labels.length === 0;
    const isNamed = page === 'box' && this.view.name !== '';
    if (isTyping && !isNamed && (hasKeyboard || isFirst)) this.namePage?.focus();
    else if (page !== 'draw') this.headline.focus();
  }

  #title(): string {
    switch (this.view.page) {
      case 'home':
        return texts.title;
      case 'track':
        return texts.whatIsThis;
      case 'box':
        return texts.whatDoesBoxShow;
      case 'draw':
        return texts.drawBox;
      case 'carry':
        return this.view.state.carrying?.phase === 'review'
          ? BOX_TEXTS.review
          : BOX_TEXTS.following;
      case 'room':
        return texts.room;
    }
  }

  #tools(): TemplateResult {
    return html`
      ${
        this.view.state.heads.length === 0
          ? nothing
          : this.#icon('quality', texts.quality, { kind: 'open-sheet', sheet: 'quality' })
      }
      ${this.#icon('settings', texts.hood, { kind: 'open-sheet', sheet: 'hood' })}
      ${this.#icon('files', texts.files, { kind: 'open-sheet', sheet: 'files' })}
      ${this.#icon('close', texts.leave, { kind: 'leave' })}
    `;
  }

  #content(): TemplateResult {
    const { view } = this;
    const { state } = view;
    if (state.phase !== 'ready') return this.#waiting();
    switch (this.view.page) {
      case 'home':
        return this.#home();
      case 'track':
      case 'box':
        return html`${this.view.page === 'box' ? adjustBar(this.#do) : nothing}<sightline-name-page
            .name=${view.name}
            .labels=${state.labels.map(({ name }) => name)}
            .base=${view.base}
            .single=${this.view.page === 'box'}
            .followable=${!view.still}
            .recording=${state.recording}
            .locale=${this.view.locale}
          ></sightline-name-page>`;
      case 'draw':
        return drawPage(view.proposals, this.#do);
      case 'carry':
        return html`<sightline-carry-page .carrying=${state.carrying}></sightline-carry-page>`;
      case 'room':
        return html`<p>${texts.roomHint}</p>
          <sightline-record-button
            .start=${{ kind: 'record-room' } satisfies TeachCommand}
            .recording=${state.recording}
            .disabled=${this.view.blind}
            .why=${texts.noPicture}
          ></sightline-record-button>`;
    }
  }

  #waiting(): TemplateResult {
    return this.view.state.phase === 'failed'
      ? html`<p>${texts.failed}</p>
          <button
            @click=${() => {
              this.#do({ kind: 'reopen' });
            }}
          >
            ${texts.tryAgain}
          </button>`
      : html`<p>${texts.opening}</p>`;
  }

  #home(): TemplateResult {
    const { view } = this;
    const { state } = view;
    return html`
      ${
        view.work === undefined
          ? html`<p class="say">${this.#nextStep()}</p>`
          : html`<p class="say" role="status">
              ${view.work === 'pictures' ? texts.addingPictures : texts.importing}
            </p>`
      }
      ${this.#find()}
      <sightline-question-card .questions=${state.questions}></sightline-question-card>
      <sightline-label-list
        .labels=${state.labels}
        .background=${state.background}
        .lacking=${new Set(state.hints.flatMap((hint) => ('label' in hint ? hint.label : [])))}
        .blind=${this.view.blind}
        .load=${view.load}
      ></sightline-label-list>
    `;
  }

  /** What the detector has no name for is not told apart but found. */
  #find(): TemplateResult | typeof nothing {
    const { state } = this.view;
    const label = findCandidate(state);
    if (label === undefined) return nothing;
    const isBox = ({ kind, label: name }: Sample): boolean => kind === 'example' && name === label;
    return html`<sightline-find-card
      brief
      .label=${label}
      .boxes=${state.samples.filter(isBox).length}
      .found=${state.finds.find((found) => found.label === label)}
      .finding=${state.finding}
      .load=${this.view.picture}
    ></sightline-find-card>`;
  }

  /** The one thing that gets the person on most. */
  #nextStep(): string {
    const { labels, hints } = this.view.state;
    if (labels.length === 0) return this.view.blind ? texts.noPicture : texts.start;
    // What is found by itself needs no second thing to be told apart from.
    const { finds, heads, finding } = this.view.state;
    if (finding.phase === 'looking' || finding.phase === 'training') return FIND_TEXTS.meanwhile;
    const candidate = findCandidate(this.view.state);
    const isFound = candidate !== undefined || finds.length > 0;
    const begun = findBeginning(this.view.state);
    if (!isFound && begun !== undefined) return FIND_TEXTS.begun(begun.label, begun.missing);
    const [hint] = hints.filter(({ kind }) => !isFound || kind !== 'one-label');
    if (hint !== undefined) return texts.hint(hint);
    if (candidate !== undefined) return FIND_TEXTS.ready;
    return finds.length > 0 && heads.length === 0 ? FIND_TEXTS.found : texts.enough;
  }

  #foot(): TemplateResult | typeof nothing {
    const { state } = this.view;
    if (this.view.page !== 'home' || state.phase !== 'ready') return nothing;
    const isEmpty = state.labels.length === 0 && state.heads.length === 0;
    if (isEmpty && state.training.phase === 'idle') return nothing;
    // What is found by itself is learnt above; one button that works is better than two.
    const isOther =
      findCandidate(state) !== undefined ||
      findBeginning(state) !== undefined ||
      state.finds.length > 0;
    if (isOther && state.heads.length === 0 && obstacle(state) !== undefined) return nothing;
    return html`<sightline-training-card
      .training=${state.training}
      .obstacle=${obstacle(state)}
      .taught=${state.heads.length > 0}
      .outdated=${state.isOutdated}
      .report=${newestHead(state.heads)?.report}
    ></sightline-training-card>`;
  }

  #problem(): TemplateResult | typeof nothing {
    const problem = this.view.fault ?? this.view.state.problem;
    if (problem === undefined) return nothing;
    const { title, text } = errorMessage(problem.code, devicePlatform());
    return html`<div class="problem" role="alert">
      ${icon('alert')}
      <p><b>${title}</b> ${text}</p>
      ${this.#icon('close', t('action.dismiss'), { kind: 'dismiss-problem' })}
    </div>`;
  }

  #icon(name: IconName, text: string, command: TeachCommand): TemplateResult {
    return html`<button
      class="icon plain"
      aria-label=${text}
      title=${text}
      @click=${() => {
        this.#do(command);
      }}
    >
      ${icon(name)}
    </button>`;
  }

  readonly #do = (command: TeachCommand): void => {
    this.dispatchEvent(new TeachCommandEvent(command));
  };
}

/** Whether a box is drawn or put right on the picture, which then must not move. */
function isBoxing(page: TeachView['page']): boolean {
  return page === 'draw' || page === 'box';
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-teach': SightlineTeach;
  }
}
