import { html, nothing, type TemplateResult } from 'lit';
import type { Proposal } from '../../domain/labelling/proposals.js';
import { BOX_TEXTS as texts } from '../../i18n/label-box-messages.js';
import { icon } from '../elements/icons.js';
import type { TeachCommand } from './teach-commands.js';

/** How much larger or smaller a box gets by one press. */
const STEP = 1.15;

/**
 * What the panel says while a box is being drawn on the picture.
 *
 * @param proposals Boxes to choose from; `undefined` while they are looked for.
 */
export function drawPage(
  proposals: readonly Proposal[] | undefined,
  tell: (command: TeachCommand) => void,
): TemplateResult {
  const hint = proposals?.length === 0 ? texts.unproposed : texts.proposed;
  return html`<p>${hint}</p>
    <p class="muted" role="status">${proposals === undefined ? texts.looking : nothing}</p>
    <p class="keys">${texts.keys}</p>
    <button
      @click=${() => {
        tell({ kind: 'use-box' });
      }}
    >
      ${icon('draw')} ${texts.middle}
    </button>`;
}

/** How a box that is there is put right, also without a drag. */
export function adjustBar(tell: (command: TeachCommand) => void): TemplateResult {
  const button = (text: string, by: number): TemplateResult =>
    html`<button
      class="plain"
      @click=${() => {
        tell({ kind: 'resize-box', by });
      }}
    >
      ${text}
    </button>`;
  return html`<div class="adjust">
    <p>${texts.adjust}</p>
    ${button(texts.smaller, 1 / STEP)} ${button(texts.larger, STEP)}
  </div>`;
}
