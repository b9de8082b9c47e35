import { expect } from 'chai';
import type { Command } from '../../../src/ui/commands.js';
import '../../../src/ui/views/sightline-label-sheet.js';
import { inShadow } from '../../support/detector.js';

describe('<sightline-label-sheet>', () => {
  let sheet: HTMLElementTagNameMap['sightline-label-sheet'];
  let commands: Command[];

  beforeEach(async () => {
    sheet = document.createElement('sightline-label-sheet');
    sheet.labels = ['person', 'cup', 'cat', 'wine glass'];
    sheet.seen = [{ label: 'person', count: 2 }];
    commands = [];
    sheet.addEventListener('app-command', (event) => commands.push(event.command));
    document.body.append(sheet);
    await sheet.updateComplete;
  });

  afterEach(() => {
    sheet.remove();
  });

  async function set(properties: Partial<typeof sheet>): Promise<void> {
    Object.assign(sheet, properties);
    await sheet.updateComplete;
  }

  async function search(text: string): Promise<void> {
    const input = inShadow(sheet, 'input[type=search]', HTMLInputElement);
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await sheet.updateComplete;
  }

  function rows(): string[] {
    return [...(sheet.shadowRoot?.querySelectorAll('li label > span:first-of-type') ?? [])].map(
      ({ textContent }) => textContent,
    );
  }

  function box(label: string): HTMLInputElement {
    const index = rows().indexOf(label);
    const boxes = sheet.shadowRoot?.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    const found = boxes?.[index];
    if (found === undefined) throw new Error(`no row for ${label}`);
    return found;
  }

  it('lists all labels, what is in sight first, the rest by name', async () => {
    await set({ open: true });
    expect(rows()).to.deep.equal(['person', 'cat', 'cup', 'wine glass']);
    expect(inShadow(sheet, '.summary').textContent).to.include('Looking for all 4');
  });

  it('says how many of each are in sight', async () => {
    await set({ open: true });
    const counts = [...(sheet.shadowRoot?.querySelectorAll('.count') ?? [])];
    expect(counts.map(({ textContent }) => textContent)).to.deep.equal(['2']);
    await set({ seen: [{ label: 'cat', count: 1 }] });
    expect(inShadow(sheet, '.count').closest('li')?.textContent).to.include('cat');
  });

  it('does not move rows while open, whatever comes into sight', async () => {
    await set({ open: true });
    await set({ seen: [{ label: 'wine glass', count: 1 }] });
    expect(rows()).to.deep.equal(['person', 'cat', 'cup', 'wine glass']);
  });

  it('finds labels by any part of their name', async () => {
    await set({ open: true });
    await search(' GLASS ');
    expect(rows()).to.deep.equal(['wine glass']);
    await search('unicorn');
    expect(rows()).to.deep.equal([]);
    expect(inShadow(sheet, '.empty').textContent).to.include('“unicorn”');
  });

  it('forgets the search when it is opened again', async () => {
    await set({ open: true });
    await search('cup');
    await set({ open: false });
    await set({ open: true });
    expect(rows()).to.have.lengthOf(4);
  });

  it('chooses several, and any of them can be taken back', async () => {
    await set({ open: true });
    box('cup').click();
    await set({ chosen: ['cup'] });
    box('cat').click();
    await set({ chosen: ['cup', 'cat'] });
    expect(inShadow(sheet, '.summary').textContent).to.include('Looking for 2 of 4');
    box('cup').click();
    expect(commands).to.deep.equal([
      { kind: 'set-classes', classes: ['cup'] },
      { kind: 'set-classes', classes: ['cup', 'cat'] },
      { kind: 'set-classes', classes: ['cat'] },
    ]);
  });

  it('goes back to all at once', async () => {
    await set({ open: true, chosen: ['cup', 'cat'] });
    inShadow(sheet, 'button.all', HTMLButtonElement).click();
    expect(commands).to.deep.equal([{ kind: 'set-classes', classes: [] }]);
  });

  it('says why it is empty before the model is loaded', async () => {
    await set({ open: true, labels: [] });
    expect(inShadow(sheet, '.empty').textContent).to.include('as soon as the model is loaded');
  });
});
