import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { BackendChoice } from '../../domain/backend.js';
import { DETAIL_CHOICES, type DetailChoice } from '../../domain/detection.js';
import { BACKEND_CHOICES } from '../../domain/settings.js';
import { formatBytes, formatNumber } from '../../i18n/format.js';
import { t } from '../../i18n/messages.js';
import type { EngineInfo, SessionStats, SourceInfo } from '../../session/types.js';
import '../elements/sightline-sheet.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { detailsStyles } from '../styles/details.js';
import { timingBar } from './timing-bar.js';

/** A line of a table: what, and how much. */
type Line = readonly [name: string, value: string];

/**
 * The numbers behind the picture, all of them measured. Not modal: they are
 * watched while the picture runs.
 *
 * @fires {CommandEvent} app-command - `set-backend` or `set-detail`.
 */
@customElement('sightline-details')
export class SightlineDetails extends LitElement {
  static override styles = [controls, detailsStyles];

  @property({ type: Boolean }) accessor open = false;
  @property({ attribute: false }) accessor info: EngineInfo | undefined;
  @property({ attribute: false }) accessor stats: SessionStats | undefined;
  @property({ attribute: false }) accessor source: SourceInfo | undefined;
  /** What the person asked for. */
  @property({ attribute: false }) accessor backend: BackendChoice = 'auto';
  @property({ attribute: false }) accessor detail: DetailChoice = 'auto';

  override render(): TemplateResult {
    // Numbers change 4 times a second; a closed panel is not worth the work.
    return html`
      <sightline-sheet ?open=${this.open} heading=${t('details.title')}>
        ${this.open ? this.#content() : nothing}
      </sightline-sheet>
    `;
  }

  #content(): TemplateResult {
    const { info, stats } = this;
    return html`
      ${
        stats === undefined || info === undefined
          ? html`<p class="empty">${t('details.none-yet')}</p>`
          : html`${this.#speed(stats)}`
      }
      <section>
        <h3>${t('details.engine')}</h3>
        ${this.#backendPicker()} ${this.#detailPicker()}
        ${info === undefined ? nothing : this.#engine(info)}
      </section>
      ${stats === undefined || info === undefined ? nothing : this.#counters(info, stats)}
      <p class="hint"><a href="bench.html">${t('details.bench')}</a></p>
      <p class="privacy">${t('app.privacy')}</p>
    `;
  }

  #speed(stats: SessionStats): TemplateResult {
    const timings = stats.last?.timings;
    return html`<section>
      ${
        this.source?.kind === 'photo'
          ? nothing
          : html`<p class="fps">
                <span class="figure number">${formatNumber(stats.sustainedFps, 1)}</span>
                ${t('details.fps-unit')}
              </p>
              ${
                stats.slowedBy.length === 0
                  ? nothing
                  : html`<p class="remark" role="status">${t('details.slowed', stats.slowedBy)}</p>`
              }`
      }
      ${timings === undefined ? nothing : timingBar(timings)}
      ${lines([
        ...(this.source?.kind === 'photo'
          ? []
          : [[t('details.fps-now'), t('details.fps-value', stats.fps)] as const]),
        [t('details.regions'), orDash(stats.last?.regions.length, formatNumber)],
        [t('details.processed'), formatNumber(stats.framesProcessed)],
        [t('details.dropped'), formatNumber(stats.framesDropped)],
      ])}
    </section>`;
  }

  #backendPicker(): TemplateResult {
    return html`<label class="picker">
      <span>${t('details.choose-backend')}</span>
      <select
        .value=${live(this.backend)}
        @change=${(event: Event) => {
          const backend = (event.target as HTMLSelectElement).value as BackendChoice;
          this.dispatchEvent(new CommandEvent({ kind: 'set-backend', backend }));
        }}
      >
        ${BACKEND_CHOICES.map(
          (choice) =>
            html`<option value=${choice} ?selected=${choice === this.backend}>
              ${choice === 'auto' ? t('backend.auto') : t('backend.name', choice)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #detailPicker(): TemplateResult {
    return html`<label class="picker">
        <span>${t('details.detail')}</span>
        <select
          name="detail"
          aria-describedby="detail-hint"
          .value=${live(this.detail)}
          @change=${(event: Event) => {
            const detail = (event.target as HTMLSelectElement).value as DetailChoice;
            this.dispatchEvent(new CommandEvent({ kind: 'set-detail', detail }));
          }}
        >
          ${DETAIL_CHOICES.map(
            (choice) =>
              html`<option value=${choice} ?selected=${choice === this.detail}>
                ${t(`details.detail.${choice}`)}
              </option>`,
          )}
        </select>
      </label>
      <p class="hint" id="detail-hint">${t('details.detail-hint')}</p>`;
  }

  #engine(info: EngineInfo): TemplateResult {
    const { model } = info;
    return html`
      ${lines([
        [t('details.backend'), t('backend.with', info.backend, info.runtime)],
        [t('details.adapter'), info.adapter],
        [t('details.reason'), t(`details.reason.${info.reason}`)],
        [t('details.model'), t('details.model-value', model.name, model.precision)],
        [t('details.input'), t('details.input-value', model.inputWidth, model.inputHeight)],
        ...(this.source === undefined
          ? []
          : [
              [
                t('details.picture'),
                t('details.input-value', this.source.size.width, this.source.size.height),
              ] as const,
            ]),
      ])}
      ${
        info.failures.length === 0
          ? nothing
          : html`<h4>${t('details.failures')}</h4>
              <ul>
                ${info.failures.map(
                  ({ backend, runtime, reason }) =>
                    html`<li><b>${t('backend.with', backend, runtime)}</b> ${reason}</li>`,
                )}
              </ul>`
      }
    `;
  }

  #counters(info: EngineInfo, stats: SessionStats): TemplateResult {
    const { engine, last } = stats;
    return html`
      <section>
        <h3>${t('details.memory')}</h3>
        ${lines([
          [t('details.tensors'), orDash(engine?.tensors, formatNumber)],
          [t('details.tensor-bytes'), orDash(engine?.tensorBytes, formatBytes)],
          ...(engine?.gpuBytes === undefined
            ? []
            : [[t('details.gpu-bytes'), formatBytes(engine.gpuBytes)] as const]),
          [t('details.readback'), orDash(last?.readbackBytes, formatBytes)],
        ])}
      </section>
      <section>
        <h3>${t('details.health')}</h3>
        ${lines([
          [t('details.recoveries'), formatNumber(engine?.recoveries ?? 0)],
          [t('details.restarts'), formatNumber(stats.workerRestarts)],
          [t('details.isolated'), info.crossOriginIsolated ? t('details.yes') : t('details.no')],
        ])}
      </section>
    `;
  }
}

function orDash(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value);
}

function lines(entries: readonly Line[]): TemplateResult {
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd class="number">${value}</dd>
        </div>`,
    )}
  </dl>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-details': SightlineDetails;
  }
}
