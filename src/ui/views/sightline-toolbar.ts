import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../../i18n/messages.js';
import type { Command, PanelName } from '../commands.js';
import { icon, type IconName } from '../elements/icons.js';
import { CommandEvent } from '../events.js';
import { controls } from '../styles/controls.js';
import { toolbarStyles } from '../styles/toolbar.js';

interface Item {
  readonly icon: IconName;
  readonly label: string;
  readonly command: Command;
  /** The key that does the same. */
  readonly key?: string;
  /** For buttons that stay pressed. */
  readonly pressed?: boolean;
  /** For buttons that open a panel. */
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** Shown only where the bar has room, or only where it has none. */
  readonly room?: 'wide' | 'narrow';
  readonly primary?: boolean;
}

/**
 * The bar with the app's controls. One tab stop; arrow keys move within.
 *
 * @fires {CommandEvent} app-command - A button was pressed.
 */
@customElement('sightline-toolbar')
export class SightlineToolbar extends LitElement {
  static override styles = [controls, toolbarStyles];

  @property({ type: Boolean }) accessor running = false;
  @property({ type: Boolean }) accessor mirrored = false;
  @property({ type: Boolean }) accessor fullscreen = false;
  @property({ type: Boolean, attribute: 'can-fullscreen' }) accessor canFullscreen = false;
  /** A snapshot is being made. */
  @property({ type: Boolean }) accessor busy = false;
  /** How many labels are chosen; 0 for all. */
  @property({ type: Number }) accessor chosen = 0;
  /** The person is in the Teach mode. */
  @property({ type: Boolean }) accessor teaching = false;
  /** The person is in the Watch mode. */
  @property({ type: Boolean }) accessor watching = false;
  @property({ attribute: false }) accessor panel: PanelName | undefined;

  override render(): TemplateResult {
    return html`
      <div role="toolbar" aria-label=${t('toolbar.label')} @keydown=${this.#moved}>
        ${this.#items().map((item, index) => this.#button(item, index === 0))}
      </div>
    `;
  }

  /** Back to the button that had the focus last. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLButtonElement>('button[tabindex="0"]')?.focus();
  }

  #items(): readonly Item[] {
    const opens = (panel: PanelName): Pick<Item, 'command' | 'expanded'> => ({
      command: { kind: 'toggle-panel', panel },
      expanded: this.panel === panel,
    });
    return [
      { icon: 'camera', label: t('toolbar.source'), ...opens('source') },
      {
        icon: 'labels',
        label: this.chosen > 0 ? t('toolbar.labels-chosen', this.chosen) : t('toolbar.labels'),
        ...opens('labels'),
      },
      {
        icon: 'teach',
        label: t('toolbar.teach'),
        command: { kind: 'toggle-teach' },
        key: 't',
        pressed: this.teaching,
      },
      {
        icon: 'watch',
        label: t('toolbar.watch'),
        command: { kind: 'toggle-watch' },
        key: 'w',
        pressed: this.watching,
      },
      {
        icon: 'learn',
        label: t('toolbar.learn'),
        command: { kind: 'set-view', view: 'learn' },
        room: 'wide',
      },
      {
        icon: 'mirror',
        label: t('toolbar.mirror'),
        command: { kind: 'toggle-mirror' },
        key: 'm',
        pressed: this.mirrored,
        room: 'wide',
      },
      {
        icon: this.running ? 'pause' : 'play',
        label: this.running ? t('toolbar.pause') : t('toolbar.resume'),
        command: { kind: 'toggle-pause' },
        key: 'Space',
        primary: true,
      },
      {
        icon: 'snapshot',
        label: t('toolbar.snapshot'),
        command: { kind: 'snapshot' },
        key: 's',
        disabled: this.busy,
      },
      ...(this.canFullscreen ? [this.#fullscreenItem()] : []),
      { icon: 'details', label: t('toolbar.details'), ...opens('details'), key: 'd', room: 'wide' },
      { icon: 'help', label: t('toolbar.help'), ...opens('help'), key: '?', room: 'wide' },
      { icon: 'more', label: t('toolbar.more'), ...opens('more'), room: 'narrow' },
    ];
  }

  #fullscreenItem(): Item {
    return {
      icon: 'fullscreen',
      label: t('toolbar.fullscreen'),
      command: { kind: 'toggle-fullscreen' },
      key: 'f',
      pressed: this.fullscreen,
      room: 'wide',
    };
  }

  #button(item: Item, first: boolean): TemplateResult {
    return html`<button
      class="item ${item.primary === true ? 'main' : ''} ${item.room ?? ''}"
      tabindex=${first ? 0 : -1}
      aria-pressed=${item.pressed ?? nothing}
      aria-expanded=${item.expanded ?? nothing}
      aria-keyshortcuts=${item.key ?? nothing}
      ?disabled=${item.disabled ?? false}
      @focus=${this.#focused}
      @click=${() => this.dispatchEvent(new CommandEvent(item.command))}
    >
      <span class="face">${icon(item.icon)}</span>
      <span class="caption">${item.label}</span>
    </button>`;
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button.item')].filter(
      (button) => button.offsetParent !== null && !button.disabled,
    );
  }

  /** The bar's one tab stop is where the focus was last. */
  readonly #focused = (event: FocusEvent): void => {
    for (const button of this.renderRoot.querySelectorAll<HTMLButtonElement>('button.item')) {
      button.tabIndex = button === event.currentTarget ? 0 : -1;
    }
  };

  readonly #moved = (event: KeyboardEvent): void => {
    const buttons = this.#buttons;
    const current = buttons.findIndex((button) => button === this.shadowRoot?.activeElement);
    const target = destination(event.key, current, buttons.length);
    if (target === undefined) return;
    event.preventDefault();
    buttons[target]?.focus();
  };
}

/** The index that a key moves the focus to, round the corner at both ends. */
function destination(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (current + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (current - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sightline-toolbar': SightlineToolbar;
  }
}
