import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isAbort } from '../../domain/errors.js';
import { BENCH_TEXTS as texts } from '../../i18n/bench-messages.js';
import { formatPercent } from '../../i18n/format.js';
import {
  compareContenders,
  type BenchContender,
  type BenchEntry,
  type BenchProgress,
} from '../../session/bench.js';
import { benchFrames } from '../bench/frames.js';
import { deviceInfo, reportFile, type BenchReport } from '../bench/report.js';
import { icon } from '../elements/icons.js';
import { benchStyles } from '../styles/bench.js';
import { controls } from '../styles/controls.js';
import { tokens } from '../styles/tokens.js';

/** Enough pairs for an interval that says something, in about a minute. */
const ROUNDS = 20;

/** What the page needs to measure. */
export interface BenchServices {
  /** The first that works is what the others are compared with. */
  readonly contenders: readonly BenchContender[];
  /** Of the built-in clip, whose frames are looked at. */
  readonly clipUrls: readonly string[];
  /** Whether stock coco-ssd is among the contenders. */
  readonly hasStock: boolean;
}

/** A page that a person opens to measure the device: start, watch, share the result. */
export class SightlineBench extends LitElement {
  static override styles = [tokens, controls, benchStyles];

  @property({ attribute: false }) accessor services: BenchServices | undefined;
  /** Rounds that count; even, so that both orders are as frequent. */
  @property({ type: Number }) accessor rounds = ROUNDS;

  @state() private accessor progress: BenchProgress | undefined;
  @state() private accessor report: BenchReport | undefined;
  @state() private accessor problem = '';
  @state() private accessor remark = '';
  #running: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  override render(): TemplateResult {
    const { report, progress } = this;
    return html`
      <main>
        <header>
          <h1>${texts.title}</h1>
          <p class="muted">${texts.intro}</p>
        </header>
        ${progress === undefined ? this.#start() : this.#progress(progress)}
        <p role="alert" ?hidden=${this.problem === ''}>${this.problem}</p>
        ${report === undefined || progress !== undefined ? nothing : this.#result(report)}
        ${this.#device()}
        ${this.services?.hasStock === true ? nothing : html`<p class="muted">${texts.stockNote}</p>`}
        <nav><a href="./">${texts.app}</a></nav>
      </main>
    `;
  }

  #start(): TemplateResult {
    return html`<div class="stage">
      <p class="muted">${texts.hint}</p>
      <div class="actions">
        <button class="primary" ?disabled=${this.services === undefined} @click=${this.#measure}>
          ${icon('play')}${this.report === undefined ? texts.start : texts.again}
        </button>
      </div>
    </div>`;
  }

  #progress({ stage, fraction, title }: BenchProgress): TemplateResult {
    const what =
      stage === 'open'
        ? texts.opening(title ?? '')
        : stage === 'warm-up'
          ? texts.warmUp
          : texts.measuring;
    return html`<section class="stage">
      <div class="line">
        <span role="status">${what}</span>
        <span class="number">${formatPercent(fraction)}</span>
      </div>
      <progress max="1" .value=${fraction} aria-label=${texts.progress}></progress>
      <div class="actions">
        <button @click=${() => this.#running?.abort()}>${icon('close')}${texts.cancel}</button>
      </div>
    </section>`;
  }

  #result(report: BenchReport): TemplateResult {
    const slowest = Math.max(...report.entries.map((entry) => timeOf(entry) ?? 0));
    return html`
      <section aria-labelledby="results">
        <h2 id="results">${texts.results}</h2>
        <ul>
          ${report.entries.map((entry) => this.#entry(entry, slowest))}
        </ul>
        <p class="muted">${texts.explain(report.rounds)}</p>
        ${report.wasHidden ? html`<p class="muted">${texts.interrupted}</p>` : nothing}
      </section>
      <div class="actions">
        ${this.#canShare() ? html`<button class="primary" @click=${this.#share}>${icon('share')}${texts.share}</button>` : nothing}
        <button @click=${this.#copy}>${icon('copy')}${texts.copy}</button>
        <button @click=${this.#save}>${icon('save')}${texts.save}</button>
      </div>
      <p class="muted" role="status">${this.remark}</p>
    `;
  }

  #entry(entry: BenchEntry, slowest: number): TemplateResult {
    const time = timeOf(entry);
    return html`<li class="entry">
      <b>${entry.title}</b>
      <span class="figure number">${figureOf(entry)}</span>
      ${
        time === undefined || entry.kind !== 'measured'
          ? nothing
          : html`<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              ${svg`<rect class="track" width="100" height="6"></rect>
                <rect class="length" width=${(100 * time) / slowest} height="6"></rect>`}
            </svg>`
      }
      ${this.#notes(entry)}
    </li>`;
  }

  #notes(entry: BenchEntry): TemplateResult {
    switch (entry.kind) {
      case 'failed':
        return html`<small class="wide">${texts.unavailable(entry.reason)}</small>`;
      case 'too-slow':
        return html`<small class="wide">${entry.adapter}</small>`;
      case 'measured': {
        const runs = [entry.precision, entry.adapter].filter((part) => part !== '').join(', ');
        const isSame = entry.differences.length === 0;
        return html`<small
            >${runs}${
              entry.ratio === undefined
                ? nothing
                : html` ·
                    <span class=${isSame ? '' : 'other'}
                      >${isSame ? texts.agrees : texts.differs}</span
                    >`
            }</small
          >
          <small class="number"
            >${texts.millisecondsValue(entry.median)} ${texts.milliseconds}</small
          >`;
      }
    }
  }

  #device(): TemplateResult {
    const { cores, memory, screen, userAgent, crossOriginIsolated: isolated } = deviceInfo();
    const lines: readonly (readonly [string, string])[] = [
      [texts.cores, String(cores)],
      ...(memory === undefined ? [] : [[texts.memory, texts.memoryValue(memory)] as const]),
      [texts.screen, texts.screenValue(screen.width, screen.height, screen.ratio)],
      [texts.isolated, isolated ? texts.yes : texts.no],
      [texts.browser, userAgent],
    ];
    return html`<section aria-labelledby="device">
      <h2 id="device">${texts.device}</h2>
      <dl>
        ${lines.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }

  readonly #measure = async (): Promise<void> => {
    const { services } = this;
    if (services === undefined || this.#running !== undefined) return;
    const running = new AbortController();
    this.#running = running;
    this.problem = '';
    this.remark = '';
    this.report = undefined;
    this.progress = { stage: 'open', fraction: 0, title: services.contenders[0]?.title };
    let wasHidden = document.visibilityState === 'hidden';
    document.addEventListener(
      'visibilitychange',
      () => {
        wasHidden = true;
      },
      { signal: running.signal },
    );
    try {
      const frames = await benchFrames(services.clipUrls);
      const outcome = await compareContenders(services.contenders, frames, {
        rounds: this.rounds,
        signal: running.signal,
        onProgress: (progress) => {
          this.progress = progress;
        },
      });
      const date = new Date().toISOString();
      this.report = { version: 1, date, device: deviceInfo(), wasHidden, ...outcome };
    } catch (thrown) {
      this.problem = isAbort(thrown) ? texts.cancelled : texts.failed;
    } finally {
      running.abort();
      this.#running = undefined;
      this.progress = undefined;
    }
  };

  #file(): File | undefined {
    return this.report && reportFile(this.report);
  }

  #canShare(): boolean {
    const file = this.#file();
    // `canShare` is missing in some browsers, whatever the types say.
    return file !== undefined && 'canShare' in navigator && navigator.canShare({ files: [file] });
  }

  readonly #share = async (): Promise<void> => {
    const file = this.#file();
    if (file === undefined) return;
    try {
      await navigator.share({ files: [file] });
    } catch (thrown) {
      // Closing the share sheet is no fault; anything else still leaves "Save".
      if (!isAbort(thrown)) this.#save();
    }
  };

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText((await this.#file()?.text()) ?? '');
      this.remark = texts.copied;
    } catch {
      this.remark = texts.notCopied;
    }
  };

  readonly #save = (): void => {
    const file = this.#file();
    if (file === undefined) return;
    const url = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.click();
    // The download has taken its own reference by the next task.
    setTimeout(() => {
      URL.revokeObjectURL(url);
    });
  };
}

function timeOf(entry: BenchEntry): number | undefined {
  return entry.kind === 'measured' ? entry.median : undefined;
}

function figureOf(entry: BenchEntry): string {
  switch (entry.kind) {
    case 'failed':
      return '–';
    case 'too-slow':
      return texts.tooSlow(entry.milliseconds[0] ?? NaN);
    case 'measured': {
      const { ratio } = entry;
      if (ratio === undefined) return texts.baseline;
      return texts.ratioValue(ratio.value, ratio.low, ratio.high);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-bench': SightlineBench;
  }
}
