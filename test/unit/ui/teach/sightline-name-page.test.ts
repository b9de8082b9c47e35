import { expect } from 'chai';
import '../../../../src/ui/teach/sightline-name-page.js';
import type { TeachCommand } from '../../../../src/ui/teach/teach-commands.js';
import { inShadow } from '../../../support/detector.js';
import { buttonIn, commandsOf } from '../../../support/teach-view.js';

describe('<sightline-name-page>', () => {
  let page: HTMLElementTagNameMap['sightline-name-page'];
  let commands: TeachCommand[];

  async function open(
    properties: Partial<HTMLElementTagNameMap['sightline-name-page']> = {},
  ): Promise<void> {
    page = Object.assign(document.createElement('sightline-name-page'), properties);
    document.body.append(page);
    await page.updateComplete;
    commands = commandsOf(page);
  }

  afterEach(() => {
    page.remove();
  });

  const chips = (): string[] =>
    [...(page.shadowRoot?.querySelectorAll('.chip') ?? [])].map(({ textContent }) =>
      textContent.trim(),
    );

  it('offers the names so far, and a new one that needs no typing', async () => {
    await open({ labels: ['mug', 'cup 1'], base: 'cup' });
    expect(chips()).to.deep.equal(['mug', 'cup 1', 'New: cup 2']);
    buttonIn(page, 'mug').click();
    buttonIn(page, 'New: cup 2').click();
    expect(commands).to.deep.equal([
      { kind: 'set-name', name: 'mug' },
      { kind: 'set-name', name: 'cup 2' },
    ]);
  });

  it('finds names by what is typed, and shows all once one is whole', async () => {
    await open({ labels: ['mug', 'cup 1', 'cup 2'], base: 'cup', name: 'cu' });
    expect(chips()).to.deep.equal(['cup 1', 'cup 2']);
    page.name = 'cup 1';
    await page.updateComplete;
    expect(chips()).to.deep.equal(['mug', 'cup 1', 'cup 2']);
    expect(buttonIn(page, 'cup 1').ariaPressed).to.equal('true');
  });

  it('tells what is typed', async () => {
    await open();
    const input = inShadow(page, 'input', HTMLInputElement);
    input.value = 'Anna';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    expect(commands).to.deep.equal([{ kind: 'set-name', name: 'Anna' }]);
  });

  it('records only what has a name', async () => {
    await open({ name: '  ' });
    const button = page.shadowRoot?.querySelector('sightline-record-button');
    expect(button?.disabled).to.equal(true);
    page.name = 'cup';
    await page.updateComplete;
    expect(button?.disabled).to.equal(false);
  });

  it('says “not that” of what the detector has found, not of a drawn box', async () => {
    await open({ base: 'cup' });
    buttonIn(page, 'Not that').click();
    expect(commands).to.deep.equal([{ kind: 'reject' }]);
    page.base = '';
    page.single = true;
    page.name = 'cup';
    await page.updateComplete;
    expect(() => buttonIn(page, 'Not that')).to.throw();
    buttonIn(page, 'Take this picture').click();
    expect(commands.at(-1)).to.deep.equal({ kind: 'record' });
  });

  it('leaves the name alone while it records', async () => {
    await open({
      name: 'cup',
      labels: ['cup'],
      base: 'cup',
      recording: { label: 'cup', taken: 1, refused: undefined },
    });
    expect(inShadow(page, 'input', HTMLInputElement).disabled).to.equal(true);
    expect(buttonIn(page, 'cup').disabled).to.equal(true);
    expect(() => buttonIn(page, 'Not that')).to.throw();
  });
});
