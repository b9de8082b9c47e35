import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import type { SourceInfo, SourceRequest } from '../../session/types.js';
import { icon, type IconName } from '../elements/icons.js';
import '../elements/sightline-sheet.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { rows } from '../styles/rows.js';

/** A camera as the element lists it. */
export interface CameraChoice {
  readonly deviceId: string;
  readonly label: string;
}

interface Choice {
  readonly icon: IconName;
  readonly name: string;
  readonly hint?: string;
  readonly current: boolean;
  readonly request: SourceRequest | 'file';
}

/**
 * What to look at: cameras, a file, a screen, the demo, or nothing.
 *
 * @fires {CommandEvent} app-command - `open` or `pick-file`.
 */
@customElement('sightline-source-sheet')
export class SightlineSourceSheet extends LitElement {
  static override styles = [controls, rows];

  @property({ type: Boolean }) accessor open = false;
  @property({ attribute: false }) accessor cameras: readonly CameraChoice[] = [];
  @property({ attribute: false }) accessor current: SourceInfo | undefined;
  /** Phones have a front and a back; elsewhere a camera is a camera. */
  @property({ type: Boolean }) accessor handheld = false;
  @property({ type: Boolean }) accessor canShareScreen = false;

  override render(): TemplateResult {
    return html`
      <sightline-sheet modal ?open=${this.open} heading=${t('source.title')}>
        <ul class="rows">
          ${this.#choices().map((choice) => html`<li>${this.#row(choice)}</li>`)}
        </ul>
      </sightline-sheet>
    `;
  }

  #choices(): readonly Choice[] {
    const kind = this.current?.kind;
    return [
      ...this.#cameraChoices(),
      {
        icon: 'photo',
        name: t('source.file'),
        hint: t('source.file-hint'),
        current: kind === 'photo' || kind === 'video',
        request: 'file',
      },
      ...(this.canShareScreen
        ? ([
            {
              icon: 'screen',
              name: t('source.screen'),
              hint: t('source.screen-hint'),
              current: kind === 'screen',
              request: { kind: 'screen' },
            },
          ] satisfies Choice[])
        : []),
      {
        icon: 'demo',
        name: t('source.demo'),
        hint: t('source.demo-hint'),
        current: kind === 'demo',
        request: { kind: 'demo' },
      },
      ...(kind === undefined
        ? []
        : ([
            {
              icon: 'off',
              name: t('source.off'),
              hint: t('source.off-hint'),
              current: false,
              request: { kind: 'none' },
            },
          ] satisfies Choice[])),
    ];
  }

  /** Lenses by name where the browser tells them, else what every device has. */
  #cameraChoices(): readonly Choice[] {
    const { current } = this;
    const isCamera = current?.kind === 'camera';
    const named = this.cameras.filter(({ deviceId, label }) => deviceId !== '' && label !== '');
    if (named.length > 0) {
      return named.map(({ deviceId, label }, index) => ({
        icon: 'camera',
        name: cleanCameraLabel(label) || t('source.nth-camera', index + 1),
        current: isCamera && current.deviceId === deviceId,
        request: { kind: 'camera', deviceId },
      }));
    }
    if (!this.handheld) {
      return [
        {
          icon: 'camera',
          name: t('source.camera'),
          current: isCamera,
          request: { kind: 'camera' },
        },
      ];
    }
    return (['environment', 'user'] as const).map((facing) => ({
      icon: 'camera',
      name: facing === 'user' ? t('source.front-camera') : t('source.back-camera'),
      current: isCamera && current.facing === facing,
      request: { kind: 'camera', facing },
    }));
  }

  #row(choice: Choice): TemplateResult {
    const { request } = choice;
    return html`<button
      class="row"
      aria-current=${choice.current ? 'true' : nothing}
      @click=${() => {
        this.dispatchEvent(
          new CommandEvent(request === 'file' ? { kind: 'pick-file' } : { kind: 'open', request }),
        );
      }}
    >
      <span class="badge">${icon(choice.icon)}</span>
      <span>
        <span class="name">${choice.name}</span>
        ${choice.hint === undefined ? nothing : html`<small>${choice.hint}</small>`}
      </span>
      ${choice.current ? html`<span class="state">${t('source.current')}</span>` : nothing}
    </button>`;
  }
}

/** "HD Webcam (046d:0825)" → "HD Webcam": Chrome appends the USB ids. */
export function cleanCameraLabel(label: string): string {
  return label.replace(/\s*\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/i, '');
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-source-sheet': SightlineSourceSheet;
  }
}
