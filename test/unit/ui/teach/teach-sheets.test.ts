import { expect } from 'chai';
import { UNKNOWN, type Head } from '../../../../src/domain/head.js';
import { createNetwork } from '../../../../src/domain/network/network.js';
import type { TeachState } from '../../../../src/session/teach/types.js';
import '../../../../src/ui/teach/sightline-hood-sheet.js';
import '../../../../src/ui/teach/sightline-quality-sheet.js';
import '../../../../src/ui/teach/sightline-samples-sheet.js';
import '../../../../src/ui/teach/sightline-training-card.js';
import type { TeachCommand } from '../../../../src/ui/teach/teach-commands.js';
import { inShadow } from '../../../support/detector.js';
import {
  buttonIn,
  commandsOf,
  EMPTY_TEACH_STATE,
  REPORT,
  samplesOf,
  teachView,
} from '../../../support/teach-view.js';

const HEAD: Head = {
  id: 'head',
  name: 'Cups',
  source: { model: 'coco-ssd', maps: ['feature_0'], channels: [6], normalisation: 'l2' },
  labels: ['cup', 'mug', ''],
  network: createNetwork(
    { inputs: 6, hidden: [4], outputs: 3, activation: 'relu', outputActivation: 'linear' },
    1,
  ),
  output: 'softmax-cross-entropy',
  temperature: 1,
  threshold: 0.5,
  bases: ['cup'],
  created: 1,
};

const TAUGHT: Partial<TeachState> = {
  labels: [
    { name: 'cup', examples: 3, negatives: 1, cover: 'cup-example-0' },
    { name: 'mug', examples: 3, negatives: 0, cover: 'mug-example-0' },
  ],
  samples: [...samplesOf('cup', 3), ...samplesOf('cup', 1, 'negative'), ...samplesOf('mug', 3)],
  heads: [{ head: HEAD, isOn: true, report: REPORT }],
};

type ViewElement = HTMLElementTagNameMap[
  'sightline-samples-sheet' | 'sightline-quality-sheet' | 'sightline-hood-sheet'];

describe('The sheets of the Teach mode', () => {
  let element: ViewElement;
  let commands: TeachCommand[];

  async function open(name: ViewElement['localName'], view = teachView()): Promise<void> {
    element = document.createElement(name) as ViewElement;
    element.view = view;
    document.body.append(element);
    await element.updateComplete;
    commands = commandsOf(element);
  }

  afterEach(() => {
    element.remove();
  });

  const text = (): string => element.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

  describe('<sightline-samples-sheet>', () => {
    const view = teachView({ sheet: 'samples', label: 'cup' }, TAUGHT);
    const picks = (): HTMLButtonElement[] => [
      ...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.pick') ?? []),
    ];

    it('shows the label’s examples, the newest first, and what it is not', async () => {
      await open('sightline-samples-sheet', view);
      expect(picks()).to.have.length(4);
      expect(text()).to.contain('Not “cup”');
      picks()[0]?.click();
      await element.updateComplete;
      buttonIn(element, 'Delete').click();
      expect(commands).to.deep.equal([{ kind: 'remove', ids: ['cup-example-2'] }]);
    });

    it('gives the chosen ones another name', async () => {
      await open('sightline-samples-sheet', view);
      buttonIn(element, 'Choose all').click();
      await element.updateComplete;
      buttonIn(element, 'Give another name').click();
      await element.updateComplete;
      buttonIn(element, 'mug').click();
      const ids = [0, 1, 2].map((index) => `cup-example-${String(index)}`);
      const [command] = commands;
      expect(command?.kind === 'relabel' && command.label).to.equal('mug');
      expect(command?.kind === 'relabel' && command.ids.toSorted()).to.deep.equal([
        ...ids,
        'cup-negative-0',
      ]);
    });

    it('renames the label, and not to nothing', async () => {
      await open('sightline-samples-sheet', view);
      buttonIn(element, 'Rename').click();
      await element.updateComplete;
      const input = inShadow(element, 'input', HTMLInputElement);
      expect(input.value).to.equal('cup');
      const form = inShadow(element, 'form', HTMLFormElement);
      input.value = '   ';
      form.requestSubmit();
      input.value = ' Anna’s cup ';
      form.requestSubmit();
      expect(commands).to.deep.equal([{ kind: 'rename', from: 'cup', to: 'Anna’s cup' }]);
    });

    it('forgets what was chosen once it is gone', async () => {
      await open('sightline-samples-sheet', view);
      picks()[0]?.click();
      await element.updateComplete;
      expect(text()).to.contain('1 chosen');
      element.view = teachView(
        { sheet: 'samples', label: 'cup' },
        { ...TAUGHT, samples: samplesOf('cup', 2) },
      );
      await element.updateComplete;
      expect(text()).to.contain('Tap examples to choose them.');
    });
  });

  describe('<sightline-quality-sheet>', () => {
    const view = teachView({ sheet: 'quality' }, TAUGHT);

    it('begins with a verdict in plain words', async () => {
      await open('sightline-quality-sheet', view);
      expect(inShadow(element, '.headline').textContent).to.equal(
        'Right on 5 of 6 held-back pictures',
      );
    });

    it('says what to do where nothing could be held back', async () => {
      // Bundled pictures that it is right to be silent at are no proof of anything.
      const figures = REPORT.figures.map((each) =>
        each.label === UNKNOWN ? each : { ...each, count: 0 },
      );
      const report = { ...REPORT, figures, mistakes: [] };
      await open(
        'sightline-quality-sheet',
        teachView({ sheet: 'quality' }, { heads: [{ head: HEAD, isOn: true, report }] }),
      );
      expect(text()).to.contain('Not checked yet');
      expect(text()).to.contain('Record each thing in two goes');
      expect(element.shadowRoot?.querySelector('table')).to.equal(null);
    });

    it('has the confusion matrix as a table with headings both ways', async () => {
      await open('sightline-quality-sheet', view);
      const table = inShadow(element, '.matrix', HTMLTableElement);
      const headings = (scope: string): string[] =>
        [...table.querySelectorAll(`th[scope=${scope}]`)].map(({ textContent }) => textContent);
      expect(headings('col')).to.deep.equal(['cup', 'mug']);
      expect(headings('row')).to.deep.equal(['cup', 'mug']);
      const cells = [...table.querySelectorAll('td.number')];
      expect(cells.map(({ textContent }) => textContent.trim())).to.deep.equal([
        '3',
        '0',
        '1',
        '2',
      ]);
      expect(cells[2]?.getAttribute('title')).to.equal('1 of mug called cup');
    });

    it('makes a sample of a mistake with one tap', async () => {
      await open('sightline-quality-sheet', view);
      expect(text()).to.contain('mug, taken for cup (65%)');
      buttonIn(element, 'It is cup').click();
      buttonIn(element, 'It is mug').click();
      expect(commands).to.deep.equal([
        { kind: 'relabel', ids: ['mug-example-0'], label: 'cup' },
        { kind: 'confirm', id: 'mug-example-0', label: 'mug' },
      ]);
    });

    it('drops mistakes that were dealt with', async () => {
      await open('sightline-quality-sheet', view);
      const samples = (TAUGHT.samples ?? []).map((sample) => ({ ...sample, confirmed: true }));
      element.view = teachView({ sheet: 'quality' }, { ...TAUGHT, samples });
      await element.updateComplete;
      expect(text()).not.to.contain('mug, taken for cup');
      expect(text()).to.contain('You have looked at all of them.');
    });

    it('switches heads on and off, and forgets them', async () => {
      await open('sightline-quality-sheet', view);
      const input = inShadow(element, 'input[role=switch]', HTMLInputElement);
      expect(input.checked).to.equal(true);
      input.click();
      buttonIn(element, 'Forget “Cups”').click();
      expect(commands).to.deep.equal([
        { kind: 'set-head-on', id: 'head', isOn: false },
        { kind: 'remove-head', id: 'head' },
      ]);
    });
  });

  describe('<sightline-hood-sheet>', () => {
    function field(label: string): HTMLInputElement | HTMLSelectElement {
      const found = [...(element.shadowRoot?.querySelectorAll('label') ?? [])].find(
        ({ textContent }) => textContent.trim().startsWith(label),
      );
      const input = found?.querySelector<HTMLInputElement | HTMLSelectElement>('input, select');
      if (!input) throw new Error(`no field ${label}`);
      return input;
    }

    function enter(label: string, value: string): void {
      const input = field(label);
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }

    it('changes what is trained with', async () => {
      await open('sightline-hood-sheet', teachView({ sheet: 'hood' }));
      enter('Epochs', '50');
      enter('Learning rate', '0.001');
      enter('Optimiser', 'momentum');
      enter('Label smoothing', '0.1');
      expect(commands).to.deep.equal([
        { kind: 'change-settings', changes: { epochs: 50 } },
        { kind: 'change-settings', changes: { learningRate: 0.001 } },
        { kind: 'change-settings', changes: { optimiser: 'momentum' } },
        { kind: 'change-settings', changes: { lossOptions: { labelSmoothing: 0.1 } } },
      ]);
    });

    it('takes no nonsense, and shows what holds', async () => {
      await open('sightline-hood-sheet', teachView({ sheet: 'hood' }));
      for (const [label, value] of [
        ['Epochs', '0'],
        ['Epochs', ''],
        ['Epochs', '1.5'],
        ['Held back', '0.9'],
        ['Dense units', '-1'],
      ] as const) {
        enter(label, value);
      }
      await element.updateComplete;
      expect(commands).to.deep.equal([]);
      expect(field('Epochs').value).to.equal(String(EMPTY_TEACH_STATE.settings.epochs));
    });

    it('never leaves a head without a map, and keeps their order', async () => {
      const settings = { ...EMPTY_TEACH_STATE.settings, maps: ['feature_0'] };
      await open('sightline-hood-sheet', teachView({ sheet: 'hood' }, { settings }));
      const sheet = element as HTMLElementTagNameMap['sightline-hood-sheet'];
      sheet.maps = ['feature_1', 'feature_0'];
      await element.updateComplete;
      expect(field('feature_0').disabled).to.equal(true);
      field('feature_1').click();
      expect(commands).to.deep.equal([
        { kind: 'change-settings', changes: { maps: ['feature_1', 'feature_0'] } },
      ]);
    });

    it('shows the weights of every layer', async () => {
      await open('sightline-hood-sheet', teachView({ sheet: 'hood' }, TAUGHT));
      expect(text()).to.contain('Layer 1: 6 → 4, ReLU');
      expect(text()).to.contain('24 weights');
      expect(text()).to.contain('Layer 2: 4 → 3, Linear');
      expect(element.shadowRoot?.querySelectorAll('.matrix rect')).to.have.length(24 + 12);
    });
  });
});

describe('<sightline-training-card>', () => {
  let card: HTMLElementTagNameMap['sightline-training-card'];
  let commands: TeachCommand[];

  beforeEach(async () => {
    card = document.createElement('sightline-training-card');
    document.body.append(card);
    await card.updateComplete;
    commands = commandsOf(card);
  });

  afterEach(() => {
    card.remove();
  });

  const text = (): string => card.shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

  it('says why there is nothing to learn yet, and can still be reached', async () => {
    card.obstacle = { kind: 'one-label' };
    await card.updateComplete;
    const button = buttonIn(card, 'Teach it');
    expect(button.disabled).to.equal(false);
    expect(button.ariaDisabled).to.equal('true');
    expect(text()).to.contain('Teach a second thing, or record the room without it.');
    button.click();
    expect(commands).to.deep.equal([]);
  });

  it('trains, shows how far it is, and stops', async () => {
    buttonIn(card, 'Teach it').click();
    const point = { step: 1, loss: 1.2, watchedLoss: 1.3, watchedAccuracy: 0.5 };
    card.training = {
      phase: 'training',
      step: 50,
      steps: 200,
      curve: [point, { ...point, step: 50 }],
    };
    await card.updateComplete;
    expect(text()).to.contain('25%');
    expect(inShadow(card, 'progress', HTMLProgressElement).value).to.equal(0.25);
    expect(inShadow(card, 'svg', SVGElement).getAttribute('aria-label')).to.contain('50% right');
    buttonIn(card, 'Stop').click();
    expect(commands).to.deep.equal([{ kind: 'train' }, { kind: 'cancel-training' }]);
  });

  it('gives the verdict, and the way to the figures', async () => {
    card.taught = true;
    card.report = REPORT;
    card.training = { phase: 'done', end: 'completed', steps: 200, milliseconds: 1240, curve: [] };
    await card.updateComplete;
    expect(text()).to.contain('Right on 5 of 6 held-back pictures');
    expect(text()).to.contain('Learnt in 1.2 s');
    inShadow(card, '.outcome').click();
    expect(commands).to.deep.equal([{ kind: 'open-sheet', sheet: 'quality' }]);
  });

  it('offers to go on where it was cut off', async () => {
    card.training = { phase: 'interrupted' };
    await card.updateComplete;
    buttonIn(card, 'Go on').click();
    expect(commands).to.deep.equal([{ kind: 'train' }]);
  });
});
