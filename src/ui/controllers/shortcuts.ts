import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Command } from '../commands.js';

/** What single keys do. */
const COMMANDS: Readonly<Record<string, Command>> = {
  ' ': { kind: 'toggle-pause' },
  f: { kind: 'toggle-fullscreen' },
  m: { kind: 'toggle-mirror' },
  c: { kind: 'next-camera' },
  s: { kind: 'snapshot' },
  d: { kind: 'toggle-panel', panel: 'details' },
  t: { kind: 'toggle-teach' },
  w: { kind: 'toggle-watch' },
  '?': { kind: 'toggle-panel', panel: 'help' },
};

const WRITES = 'input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]';
const PRESSED_BY_SPACE = 'button, summary, select, input, textarea, a[href]';

export interface ShortcutsDelegate {
  /** WCAG 2.1.4: a person must be able to switch single-key shortcuts off. */
  isEnabled(): boolean;
  execute(command: Command): void;
  /** Escape closes whatever lies on top. */
  escape(): void;
}

/** Keys for the whole page, whatever has the focus, except where they mean something else. */
export class Shortcuts implements ReactiveController {
  readonly #delegate: ShortcutsDelegate;

  constructor(host: ReactiveControllerHost, delegate: ShortcutsDelegate) {
    this.#delegate = delegate;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#pressed);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#pressed);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const path = event.composedPath().filter((target) => target instanceof Element);
    // A modal dialog has its own Escape, and everything under it is out of reach.
    if (path.some((element) => element.matches('dialog:modal'))) return;
    if (event.key === 'Escape') {
      this.#delegate.escape();
      return;
    }
    const command = COMMANDS[event.key.toLowerCase()];
    const focused = path[0];
    if (command === undefined || !this.#delegate.isEnabled() || event.repeat) return;
    if (focused?.matches(WRITES) === true) return;
    if (event.key === ' ' && focused?.matches(PRESSED_BY_SPACE) === true) return;
    event.preventDefault();
    this.#delegate.execute(command);
  };
}
