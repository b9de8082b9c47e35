/**
 * The Watch mode as the app knows it. Everything of it is loaded when it is first entered,
 * or when something is watched for on the present source.
 */
import { html, type TemplateResult } from 'lit';
import type { Rule } from '../../domain/watch/config.js';
import type { RuleFired, WatchEvent } from '../../domain/watch/events.js';
import { WATCH_TEXTS as texts } from '../../i18n/watch-messages.js';
import { mayNotify, ring } from '../../session/watch/ring.js';
import { whileConnected } from '../controllers/while-connected.js';
import './sightline-watch.js';
import './sightline-zone-layer.js';
import type { WatchCommand } from './watch-commands.js';
import { WatchController } from './watch-controller.js';
import type { WatchParts } from './watch-parts.js';

export interface WatchModeParts extends WatchParts {
  /** Shows a message over the picture. */
  readonly remark: (text: string) => void;
}

/** The rule was deleted in the moment in which it fired. */
const NOTHING: Pick<Rule, 'actions' | 'webhook'> = { actions: [], webhook: '' };

export class WatchMode {
  readonly #parts: WatchModeParts;
  readonly #controller: WatchController;

  constructor(parts: WatchModeParts) {
    this.#parts = parts;
    const { host } = parts;
    this.#controller = new WatchController(parts);
    host.addEventListener('watch-command', ({ command }) => {
      this.#execute(command);
    });
    host.detector.addEventListener('detections', (event) => {
      this.#controller.see(event);
    });
    whileConnected(host, () =>
      host.detector.watch.onEvents((events) => {
        for (const event of events) this.#happened(event);
      }),
    );
  }

  /** @returns Whether there was something of ours to close. */
  escape(): boolean {
    return this.#controller.escape();
  }

  /** Shows how the picture is altered. */
  openPrivacy(): void {
    this.#controller.execute({ kind: 'open-privacy' });
  }

  /** The person has left the mode. */
  left(): void {
    this.#controller.left();
  }

  /** The panel below or beside the picture. */
  panel(): TemplateResult {
    return html`<sightline-watch
      .view=${this.#controller.view(this.#parts.locale)}
    ></sightline-watch>`;
  }

  /**
   * What lies over the picture.
   *
   * @param isIn The person is in the mode; otherwise there is nothing to change.
   */
  layer(isIn: boolean): TemplateResult {
    const view = this.#controller.view(this.#parts.locale);
    return html`<sightline-zone-layer
      .detector=${this.#parts.host.detector}
      .view=${isIn ? view : { ...view, edited: undefined, shape: undefined }}
    ></sightline-zone-layer>`;
  }

  #execute(command: WatchCommand): void {
    this.#controller.execute(command);
    const asks = command.kind === 'alerts' && command.alerts.actions.includes('notification');
    if (!asks || !('Notification' in window) || Notification.permission === 'granted') return;
    void mayNotify().then((isAllowed) => {
      if (!isAllowed) this.#parts.remark(texts.notificationsRefused);
    });
  }

  #happened(event: WatchEvent): void {
    this.#controller.add(event);
    if (event.kind === 'rule-fired') this.#fire(event);
  }

  #fire(fired: RuleFired): void {
    const { locale, remark } = this.#parts;
    const { actions, webhook } = this.#controller.rule(fired.rule.id) ?? NOTHING;
    const text = texts.fired(fired, locale);
    if (actions.includes('banner')) remark(text);
    ring(actions, text, { lang: locale, tag: fired.rule.id });
    if (actions.includes('webhook')) {
      void this.#controller.tell(webhook, fired).then((isPossible) => {
        if (!isPossible) remark(texts.webhookRefused);
      });
    }
  }
}
