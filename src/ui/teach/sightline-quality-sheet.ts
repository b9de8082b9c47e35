import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { UNKNOWN } from '../../domain/head.js';
import { formatNumber, formatPercent } from '../../i18n/format.js';
import { TEACH_TEXTS as texts } from '../../i18n/teach-messages.js';
import type { HeadState, Mistake, QualityReport } from '../../session/teach/types.js';
import { icon } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { TeachCommandEvent } from '../events.js';
import { charts } from '../styles/charts.js';
import { controls } from '../styles/controls.js';
import { qualitySheetStyles } from '../styles/quality-sheet.js';
import { confusionTable, figuresTable, reliability } from './quality-parts.js';
import './sightline-notice.js';
import './sightline-thumbnail.js';
import type { TeachCommand } from './teach-commands.js';
import type { TeachView } from './teach-view.js';
import { isMeasured, newestHead, verdict } from './verdict.js';

/**
 * How good it is: the verdict in plain words first, then what would help, its
 * mistakes, and the figures for who wants them. Below, the heads that are in use.
 *
 * @fires {TeachCommandEvent} teach-command - `relabel`, `confirm`, `set-head-on` …
 */
@customElement('sightline-quality-sheet')
export class SightlineQualitySheet extends LitElement {
  static override styles = [controls, charts, qualitySheetStyles];

  @property({ attribute: false }) accessor view!: TeachView;

  override render(): TemplateResult {
    const isOpen = this.view.sheet === 'quality';
    const report = isOpen ? newestHead(this.view.state.heads)?.report : undefined;
    return html`<sightline-sheet modal ?open=${isOpen} heading=${texts.quality}>
      ${
        isOpen
          ? html`${report === undefined ? nothing : this.#report(report)} ${this.#heads()}
              <sightline-notice
                .notice=${this.view.notice}
                .undoable=${this.view.state.canUndo}
              ></sightline-notice>`
          : nothing
      }
    </sightline-sheet>`;
  }

  #report(report: QualityReport): TemplateResult {
    const isChecked = isMeasured(report);
    return html`
      <section class="verdict">
        <p class="headline">${verdict(report)}</p>
        <p>${isChecked ? texts.verdictText(report.learnt) : texts.verdictNoneText}</p>
        ${
          report.unvalidated.length > 0 && isChecked
            ? html`<p>${texts.unvalidated(report.unvalidated)}</p>`
            : nothing
        }
        ${
          report.unknownAuroc === undefined
            ? nothing
            : html`<p>${texts.unknownFigure(report.unknownAuroc)}</p>`
        }
        ${this.view.state.isOutdated ? html`<p class="warn">${texts.outdated}</p>` : nothing}
      </section>
      ${this.#hints()} ${this.#mistakes(report.mistakes, isChecked)}
      ${
        isChecked
          ? html`${confusionTable(report.confusion)} ${figuresTable(report.figures)}
            ${reliability(report)}`
          : nothing
      }
    `;
  }

  #hints(): TemplateResult {
    const { hints } = this.view.state;
    return html`<section>
      <h3>${texts.nextSteps}</h3>
      ${
        hints.length === 0
          ? html`<p>${texts.allGood}</p>`
          : html`<ul class="hints">
              ${hints.map((hint) => html`<li>${texts.hint(hint)}</li>`)}
            </ul>`
      }
    </section>`;
  }

  #mistakes(mistakes: readonly Mistake[], isChecked: boolean): TemplateResult | typeof nothing {
    if (!isChecked) return nothing;
    const stored = new Map(this.view.state.samples.map((sample) => [sample.id, sample]));
    // What was confirmed, relabelled or deleted is dealt with.
    const open = mistakes.filter(({ sampleId, truth }) => {
      const sample = stored.get(sampleId);
      const label = sample?.kind === 'example' ? sample.label : UNKNOWN;
      return sample !== undefined && label === truth && !sample.confirmed;
    });
    return html`<section>
      <h3>${texts.bench}</h3>
      ${
        open.length === 0
          ? html`<p>${mistakes.length === 0 ? texts.benchNone : texts.benchDone}</p>`
          : html`<ul class="mistakes">
              ${open.map((mistake) => this.#mistake(mistake))}
            </ul>`
      }
    </section>`;
  }

  #mistake({ sampleId, truth, answer, confidence }: Mistake): TemplateResult {
    const name = (label: string): string => (label === UNKNOWN ? texts.unknown : label);
    return html`<li>
      <sightline-thumbnail .sample=${sampleId} .load=${this.view.load}></sightline-thumbnail>
      <div>
        <p>${texts.mistake(name(truth), name(answer), confidence)}</p>
        <div class="choice">
          <button
            @click=${() => {
              this.#do({ kind: 'confirm', id: sampleId, label: name(truth) });
            }}
          >
            ${texts.itIs(name(truth))}
          </button>
          ${
            answer === UNKNOWN
              ? nothing
              : html`<button
                  @click=${() => {
                    this.#do({ kind: 'relabel', ids: [sampleId], label: answer });
                  }}
                >
                  ${texts.itIs(answer)}
                </button>`
          }
        </div>
      </div>
      <button
        class="icon plain"
        aria-label=${texts.deleteSample}
        title=${texts.deleteSample}
        @click=${() => {
          this.#do({ kind: 'remove', ids: [sampleId] });
        }}
      >
        ${icon('trash')}
      </button>
    </li>`;
  }

  #heads(): TemplateResult {
    const { heads } = this.view.state;
    return html`<section>
      <h3>${texts.heads}</h3>
      ${
        heads.length === 0
          ? html`<p>${texts.noHeads}</p>`
          : html`<ul class="heads">
              ${heads.map((head) => this.#head(head))}
            </ul>`
      }
    </section>`;
  }

  #head({ head, isOn, report }: HeadState): TemplateResult {
    const labels = head.labels.filter((label) => label !== UNKNOWN);
    const right = report?.accuracy;
    return html`<li>
      <label>
        <input
          type="checkbox"
          role="switch"
          aria-checked=${isOn ? 'true' : 'false'}
          .checked=${isOn}
          aria-label=${texts.headOn(head.name)}
          @change=${(event: Event) => {
            const { checked } = event.target as HTMLInputElement;
            this.#do({ kind: 'set-head-on', id: head.id, isOn: checked });
          }}
        />
        <span>
          <b>${head.name}</b>
          <small>
            ${texts.head(labels)}${right === undefined ? nothing : html` · ${formatPercent(right)}`}
          </small>
        </span>
      </label>
      <span class="number muted">${formatNumber(labels.length)}</span>
      <button
        class="icon plain"
        aria-label=${texts.removeHead(head.name)}
        title=${texts.removeHead(head.name)}
        @click=${() => {
          this.#do({ kind: 'remove-head', id: head.id });
        }}
      >
        ${icon('trash')}
      </button>
    </li>`;
  }

  #do(command: TeachCommand): void {
    this.dispatchEvent(new TeachCommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-quality-sheet': SightlineQualitySheet;
  }
}
