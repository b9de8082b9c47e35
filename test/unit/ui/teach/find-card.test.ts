import { expect } from 'chai';
import '../../../../src/ui/teach/sightline-find-card.js';
import type { FoundLabel } from '../../../../src/session/new-class/types.js';
import { carryOut } from '../../../../src/ui/teach/find-orders.js';
import type { TeachCommand } from '../../../../src/ui/teach/teach-commands.js';
import { StandInTeaching } from '../../../support/stand-in-teaching.js';
import { buttonIn, commandsOf } from '../../../support/teach-view.js';

const FOUND: FoundLabel = {
  id: 'f1',
  label: 'beacon',
  isOn: true,
  threshold: 0.7,
  learntThreshold: 0.7,
  report: undefined,
  isOutdated: false,
};

type Card = HTMLElementTagNameMap['sightline-find-card'];

describe('<sightline-find-card>', () => {
  let card: Card;
  let commands: TeachCommand[];

  async function show(changes: Partial<Pick<Card, 'boxes' | 'found' | 'finding'>>): Promise<void> {
    card = document.createElement('sightline-find-card');
    Object.assign(card, { label: 'beacon', boxes: 9, ...changes });
    document.body.append(card);
    await card.updateComplete;
    commands = commandsOf(card);
  }

  afterEach(() => {
    card.remove();
  });

  const text = (): string => card.shadowRoot?.textContent ?? '';

  function input(type: string): HTMLInputElement {
    const found = card.shadowRoot?.querySelector<HTMLInputElement>(`input[type='${type}']`);
    if (found === null || found === undefined) throw new Error(`no ${type}`);
    return found;
  }

  it('says what it does, and learns the label', async () => {
    await show({ boxes: 3 });
    expect(text()).to.contain('3 boxes so far.').and.contain('A few more');
    buttonIn(card, 'Learn to find it').click();
    expect(commands).to.deep.equal([{ kind: 'finder', order: { do: 'learn', label: 'beacon' } }]);
  });

  it('says in plain words how good it is, also for where the slider is held', async () => {
    const report = {
      pictures: 9,
      objects: 10,
      unrelated: 20,
      ap50: 0.862,
      right: [0.95, 0.95, 0.9, 0.9, 0.9, 0.85, 0.8, 0.8, 0.75, 0.4],
      wrong: [0.5],
      cries: [0.6, 0.3, 0.3],
    };
    await show({ found: { ...FOUND, report } });
    expect(text()).to.contain('Finds 9 of 10').and.contain('No false alarm in 20 pictures');
    expect(text()).to.contain('AP50 0.86');
    const slider = input('range');
    slider.value = '0.35';
    slider.dispatchEvent(new Event('input'));
    await card.updateComplete;
    expect(text()).to.contain('Finds 10 of 10').and.contain('A false alarm in one of 20 pictures');
    expect(card.shadowRoot?.querySelector('svg[role=img]')?.ariaLabel).to.contain('finds 100%');
    expect(commands).to.deep.equal([]);
    slider.dispatchEvent(new Event('change'));
    expect(commands).to.deep.equal([
      { kind: 'finder', order: { do: 'set-threshold', id: 'f1', threshold: 0.35 } },
    ]);
  });

  it('says so where nothing could be held back', async () => {
    const nothing = { pictures: 0, objects: 0, unrelated: 0, ap50: undefined };
    await show({ found: { ...FOUND, report: { ...nothing, right: [], wrong: [], cries: [] } } });
    expect(text()).to.contain('too little to hold back').and.not.contain('Finds');
  });

  it('shows held-back pictures while it learns', async () => {
    const preview = {
      step: 20,
      ap50: 0.5,
      pictures: [
        {
          pictureId: 'p1',
          drawn: [[0.1, 0.1, 0.5, 0.5]] as const,
          found: [{ bbox: [0.1, 0.1, 0.5, 0.48] as const, score: 0.8 }],
        },
        { pictureId: 'p2', drawn: [[0.1, 0.1, 0.5, 0.5]] as const, found: [] },
      ],
    };
    const finding = { phase: 'training', label: 'beacon', fraction: 0.3, loss: 0.2 } as const;
    await show({ finding: { ...finding, preview } });
    const strip = card.shadowRoot?.querySelector('sightline-find-preview');
    await strip?.updateComplete;
    const names = [...(strip?.shadowRoot?.querySelectorAll('svg') ?? [])].map((s) => s.ariaLabel);
    expect(names).to.deep.equal(['Picture 1: found', 'Picture 2: not found yet']);
    expect(strip?.shadowRoot?.textContent).to.contain('AP50 0.50');
  });

  it('cannot learn from nothing', async () => {
    await show({ boxes: 0 });
    expect(buttonIn(card, 'Learn to find it').disabled).to.equal(true);
  });

  it('tells how far it is, and stops', async () => {
    await show({ finding: { phase: 'looking', label: 'beacon', done: 3, of: 12 } });
    expect(card.shadowRoot?.querySelector('progress')?.value).to.equal(0.25);
    card.finding = {
      phase: 'training',
      label: 'beacon',
      fraction: 0.5,
      loss: 1,
      preview: undefined,
    };
    await card.updateComplete;
    expect(text()).to.contain('50');
    buttonIn(card, 'Stop').click();
    expect(commands).to.deep.equal([{ kind: 'finder', order: { do: 'cancel' } }]);
  });

  it('waits while another label is learnt', async () => {
    await show({
      finding: { phase: 'training', label: 'mug', fraction: 0.5, loss: 1, preview: undefined },
    });
    expect(text()).to.contain('“mug” is being learnt');
    expect(card.shadowRoot?.querySelector('button')).to.equal(null);
  });

  it('is switched, told how sure to be, put back and forgotten', async () => {
    await show({ found: { ...FOUND, threshold: 0.5 } });
    input('checkbox').click();
    const range = input('range');
    expect(range.valueAsNumber).to.equal(0.5);
    range.value = '0.9';
    range.dispatchEvent(new Event('change'));
    buttonIn(card, 'Back to what was learnt').click();
    buttonIn(card, 'Forget it').click();
    expect(commands.map((each) => (each.kind === 'finder' ? each.order : each))).to.deep.equal([
      { do: 'set-on', id: 'f1', isOn: false },
      { do: 'set-threshold', id: 'f1', threshold: 0.9 },
      { do: 'set-threshold', id: 'f1', threshold: 0.7 },
      { do: 'remove', id: 'f1' },
    ]);
  });

  it('tells what came of it, and of what has changed since', async () => {
    await show({
      found: { ...FOUND, isOutdated: true },
      finding: {
        phase: 'done',
        label: 'beacon',
        end: 'completed',
        milliseconds: 7300,
        contradictions: 2,
        unusableBoxes: 1,
        unusedPictures: 4875,
      },
    });
    expect(text()).to.contain('Learnt in 7 s').and.contain('2 boxes were left out');
    expect(text()).to.contain('One box was left out: it shows nothing').and.contain('4,875');
    expect(text()).to.contain('not learnt from yet').and.contain('Learn again');
    card.finding = { phase: 'interrupted', label: 'beacon' };
    await card.updateComplete;
    expect(text()).to.contain('cut off');
  });

  it('has its orders carried out', async () => {
    const teaching = new StandInTeaching();
    const { finder } = teaching;
    await carryOut(finder, { do: 'learn', label: 'beacon' });
    await carryOut(finder, { do: 'cancel' });
    await carryOut(finder, { do: 'set-on', id: 'f1', isOn: true });
    await carryOut(finder, { do: 'set-threshold', id: 'f1', threshold: 0.6 });
    await carryOut(finder, { do: 'remove', id: 'f1' });
    expect(teaching.calls).to.deep.equal([
      'find beacon',
      'cancelFinding',
      'setFindOn f1 true',
      'setFindThreshold f1 0.6',
      'removeFind f1',
    ]);
  });
});
