import { html, type TemplateResult } from 'lit';
import type { Settings } from '../../domain/settings.js';
import type { EngineInfo, SessionStats, SourceInfo } from '../../session/types.js';
import type { AppController } from '../controllers/app-controller.js';
import type { DeviceView } from '../controllers/device-controller.js';
import type { Seen } from '../controllers/seen-controller.js';
import './sightline-app-sheet.js';
import './sightline-details.js';
import './sightline-help.js';
import './sightline-label-sheet.js';
import './sightline-more-sheet.js';
import './sightline-snapshot-sheet.js';
import './sightline-source-sheet.js';

/** What the sheets show. */
export interface SheetsView {
  readonly app: AppController;
  readonly device: DeviceView;
  readonly settings: Settings;
  readonly source: SourceInfo | undefined;
  readonly info: EngineInfo | undefined;
  readonly stats: SessionStats;
  readonly seen: readonly Seen[];
  readonly mirrored: boolean;
  readonly handheld: boolean;
  readonly canShareScreen: boolean;
  readonly canFullscreen: boolean;
  readonly locale: string;
}

/** All sheets and panels; at most one is open. */
export function sheets(view: SheetsView): TemplateResult {
  const { app, settings } = view;
  return html`
    <sightline-source-sheet
      .open=${app.panel === 'source'}
      .cameras=${app.cameras}
      .current=${view.source}
      .handheld=${view.handheld}
      .canShareScreen=${view.canShareScreen}
    ></sightline-source-sheet>
    <sightline-label-sheet
      .open=${app.panel === 'labels'}
      .labels=${view.info?.model.labels ?? []}
      .chosen=${settings.classes}
      .seen=${view.seen}
      .locale=${view.locale}
    ></sightline-label-sheet>
    <sightline-details
      .open=${app.panel === 'details'}
      .info=${view.info}
      .stats=${view.stats}
      .source=${view.source}
      .backend=${settings.backend}
      .detail=${settings.detail}
    ></sightline-details>
    <sightline-more-sheet
      .open=${app.panel === 'more'}
      .mirrored=${view.mirrored}
      .fullscreen=${app.isFullscreen}
      .canFullscreen=${view.canFullscreen}
    ></sightline-more-sheet>
    <sightline-app-sheet .open=${app.panel === 'app'} .view=${view.device}></sightline-app-sheet>
    <sightline-help .open=${app.panel === 'help'} .shortcuts=${app.shortcuts}></sightline-help>
    <sightline-snapshot-sheet
      .open=${app.panel === 'snapshot'}
      .file=${app.snapshot}
    ></sightline-snapshot-sheet>
  `;
}
