import { html, nothing, type TemplateResult } from 'lit';
import { formatMilliseconds, formatPercent } from '../../i18n/format.js';
import { t } from '../../i18n/messages.js';
import type { SessionState, SessionStats, SourceInfo } from '../../session/types.js';
import type { Command } from '../commands.js';
import type { Seen } from '../controllers/seen-controller.js';
import { icon } from '../elements/icons.js';
import './sightline-loading-card.js';
import './sightline-problem-card.js';
import './sightline-seen.js';
import './sightline-welcome.js';
import { totalTime } from './timing-bar.js';

/** All that decides what lies over the picture, or in its place. */
export interface StageView {
  readonly state: SessionState;
  readonly stats: SessionStats;
  readonly source: SourceInfo | undefined;
  readonly seen: readonly Seen[];
  readonly nothingSeen: boolean;
  /** In the Teach mode: what can be pointed at, in place of what is seen. */
  readonly layer: TemplateResult | undefined;
  /** Zones and lines, where there are any. */
  readonly zones: TemplateResult | undefined;
  /** How the picture is altered, if it is. */
  readonly privacy: string | undefined;
  /** In the Watch mode. */
  readonly isWatching: boolean;
  /** How many labels are chosen; 0 for all. */
  readonly chosen: number;
  /** Whether there is another camera to turn to. */
  readonly canFlip: boolean;
  readonly canShareScreen: boolean;
  /** The address asks for a screen, which needs a tap. */
  readonly screenFirst: boolean;
  readonly locale: string;
  readonly execute: (command: Command) => void;
}

/** In place of a picture: the first screen, or what keeps the picture away. */
export function placeholder(view: StageView): TemplateResult {
  const { engine, source, problem } = view.state;
  const fault = engine.phase === 'failed' ? engine.error : problem;
  if (fault !== undefined && source.phase !== 'opening') {
    return html`<div class="cover">
      <sightline-problem-card .error=${fault}></sightline-problem-card>
    </div>`;
  }
  return html`<sightline-welcome
    .opening=${source.phase === 'opening' ? source.request : undefined}
    .progress=${engine.phase === 'loading' ? engine.progress : undefined}
    ?canShareScreen=${view.canShareScreen}
    ?screenFirst=${view.screenFirst}
    locale=${view.locale}
  ></sightline-welcome>`;
}

/** Over a picture: how it goes, what needs attention, and what is seen. */
export function overPicture(view: StageView): TemplateResult {
  return html`<div class="over">
    ${view.zones ?? nothing} ${view.layer ?? nothing}
    <div class="top">${privacyPill(view)}${statusPill(view)}</div>
    ${middle(view)}
    <div class="bottom">
      ${
        view.layer === undefined && !view.isWatching
          ? html`<sightline-seen
              .seen=${view.seen}
              .chosen=${view.chosen}
              .idle=${view.nothingSeen && view.state.running}
              .locale=${view.locale}
            ></sightline-seen>`
          : html`<span></span>`
      }
      ${
        view.canFlip
          ? html`<button
              class="round"
              aria-label=${t('toolbar.next-camera')}
              aria-keyshortcuts="c"
              @click=${() => {
                view.execute({ kind: 'next-camera' });
              }}
            >
              ${icon('flip')}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

/** The one thing that needs attention most. */
function middle(view: StageView): TemplateResult {
  const { engine, source, problem, running } = view.state;
  if (engine.phase === 'failed') {
    return html`<div class="middle">
      <sightline-problem-card .error=${engine.error}></sightline-problem-card>
    </div>`;
  }
  if (problem !== undefined) {
    return html`<div class="middle low">
      <sightline-problem-card .error=${problem} dismissible></sightline-problem-card>
    </div>`;
  }
  if (engine.phase === 'loading') {
    return html`<div class="middle low">
      <sightline-loading-card .progress=${engine.progress}></sightline-loading-card>
    </div>`;
  }
  if (engine.phase === 'idle' && source.phase === 'open') {
    return html`<div class="middle">${cancelledCard(view)}</div>`;
  }
  return html`<div class="middle">
    ${
      running || source.phase === 'opening' || view.layer !== undefined || view.isWatching
        ? nothing
        : html`<button
            class="paused"
            aria-label=${t('toolbar.resume')}
            @click=${() => {
              view.execute({ kind: 'toggle-pause' });
            }}
          >
            ${icon('play')}
          </button>`
    }
  </div>`;
}

function cancelledCard(view: StageView): TemplateResult {
  return html`<section class="card" aria-labelledby="cancelled">
    <h2 id="cancelled">${t('loading.cancelled-title')}</h2>
    <p>${t('loading.cancelled-text')}</p>
    <div class="actions">
      <button
        class="primary"
        @click=${() => {
          view.execute({ kind: 'retry' });
        }}
      >
        ${t('action.load')}
      </button>
    </div>
  </section>`;
}

/** Says that the picture is altered, and leads to where that is chosen. */
function privacyPill({ privacy, execute }: StageView): TemplateResult | typeof nothing {
  if (privacy === undefined) return nothing;
  return html`<button
    class="status privacy"
    aria-label="${privacy}. ${t('status.open-privacy')}"
    @click=${() => {
      execute({ kind: 'set-view', view: 'privacy' });
    }}
  >
    ${icon('shield')}<span>${privacy}</span>
  </button>`;
}

function statusPill(view: StageView): TemplateResult {
  const [mood, text] = status(view);
  return html`<button
    class="status ${mood}"
    aria-label="${text}. ${t('status.open-details')}"
    aria-keyshortcuts="d"
    @click=${() => {
      view.execute({ kind: 'toggle-panel', panel: 'details' });
    }}
  >
    <i></i><span class="number">${text}</span>
  </button>`;
}

/** Frames per second, or how long the one frame of a photo took; empty before there was one. */
function speed({ last, fps }: SessionStats, source: SourceInfo | undefined): string {
  if (source?.kind !== 'photo') return fps === 0 ? '' : t('status.fps', fps);
  return last === undefined ? '' : formatMilliseconds(totalTime(last.timings));
}

function status({
  state,
  stats,
  source,
}: StageView): readonly ['live' | 'trouble' | 'still', string] {
  const { engine, running } = state;
  switch (engine.phase) {
    case 'idle':
      return ['still', t('status.not-loaded')];
    case 'loading':
      return ['still', `${t('status.loading')} ${formatPercent(engine.progress.fraction)}`];
    case 'recovering':
      return ['trouble', t('status.recovering')];
    case 'failed':
      return ['trouble', t('status.failed')];
    case 'ready': {
      if (!running) return ['still', t('status.paused')];
      const backend = t('backend.name', engine.info.backend);
      return ['live', [speed(stats, source), backend].filter(Boolean).join(' · ')];
    }
  }
}
