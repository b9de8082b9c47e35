import { StandInTeaching } from './stand-in-teaching.js';
import type { Sample } from '../../src/domain/sample.js';
import { DEFAULT_TEACH_SETTINGS } from '../../src/domain/teach/settings.js';
import { closedState } from '../../src/session/teach/closed-state.js';
import type { QualityReport, TeachState } from '../../src/session/teach/types.js';
import type { TeachCommand } from '../../src/ui/teach/teach-commands.js';
import type { TeachView } from '../../src/ui/teach/teach-view.js';

/** What the session shows when nothing has been taught yet. */
export const EMPTY_TEACH_STATE: TeachState = {
  ...closedState(DEFAULT_TEACH_SETTINGS),
  phase: 'ready',
};

/** What the views of the Teach mode get, with whatever a test wants to be different. */
export function teachView(
  changes: Partial<Omit<TeachView, 'state'>> = {},
  state: Partial<TeachState> = {},
): TeachView {
  return {
    state: { ...EMPTY_TEACH_STATE, ...state },
    page: 'home',
    sheet: undefined,
    label: '',
    name: '',
    base: '',
    proposals: undefined,
    notice: undefined,
    work: undefined,
    fault: undefined,
    announcement: '',
    qrFile: undefined,
    blind: false,
    still: false,
    load: () => Promise.resolve(undefined),
    picture: () => Promise.resolve(undefined),
    labelling: new StandInTeaching().labelling,
    boxSample: undefined,
    locale: 'en',
    ...changes,
  };
}

/** Examples (or negatives) of a label, one a minute. */
export function samplesOf(
  label: string,
  count: number,
  kind: Sample['kind'] = 'example',
): readonly Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${label}-${kind}-${String(index)}`,
    pictureId: `picture-${String(index)}`,
    bbox: [0, 0, 50, 50],
    kind,
    label,
    source: 'camera',
    burst: 'first',
    time: Date.UTC(2026, 0, 1, 12, index),
  }));
}

/** A report over cups and mugs, one of which was taken for a cup. */
export const REPORT: QualityReport = {
  learnt: 16,
  heldBack: 6,
  accuracy: 5 / 6,
  confusion: {
    labels: ['cup', 'mug'],
    counts: [
      [3, 0],
      [1, 2],
    ],
  },
  figures: [
    { label: 'cup', count: 3, precision: 0.75, recall: 1, f1: 0.857 },
    { label: 'mug', count: 3, precision: 1, recall: 2 / 3, f1: 0.8 },
  ],
  reliability: [
    { from: 0.6, to: 0.7, count: 1, confidence: 0.65, accuracy: 0 },
    { from: 0.9, to: 1, count: 5, confidence: 0.96, accuracy: 1 },
  ],
  calibrationError: 0.14,
  unknownAuroc: 0.97,
  mistakes: [{ sampleId: 'mug-example-0', truth: 'mug', answer: 'cup', confidence: 0.65 }],
  unvalidated: [],
};

/** What an element asks for from now on. */
export function commandsOf(element: HTMLElement): TeachCommand[] {
  const commands: TeachCommand[] = [];
  element.addEventListener('teach-command', ({ command }) => commands.push(command));
  return commands;
}

/** The button with this text or label, in the element's shadow tree. */
export function buttonIn(element: Element, name: string): HTMLButtonElement {
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find(
    (button) => (button.ariaLabel ?? button.textContent).replace(/\s+/g, ' ').trim() === name,
  );
  if (found === undefined) {
    const names = buttons.map((button) => button.ariaLabel ?? button.textContent.trim());
    throw new Error(`no button “${name}” among ${names.join(', ')}`);
  }
  return found;
}
