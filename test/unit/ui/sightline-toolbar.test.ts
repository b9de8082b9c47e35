import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Command } from '../../../src/ui/commands.js';
import '../../../src/ui/views/sightline-toolbar.js';

describe('<sightline-toolbar>', () => {
  let toolbar: HTMLElementTagNameMap['sightline-toolbar'];
  let commands: Command[];

  beforeEach(async () => {
    await setViewport({ width: 1200, height: 800 });
    toolbar = document.createElement('sightline-toolbar');
    toolbar.canFullscreen = true;
    toolbar.running = true;
    commands = [];
    toolbar.addEventListener('app-command', (event) => commands.push(event.command));
    document.body.append(toolbar);
    await toolbar.updateComplete;
  });

  afterEach(() => {
    toolbar.remove();
  });

  after(() => setViewport({ width: 800, height: 600 }));

  function buttons(): HTMLButtonElement[] {
    return [...(toolbar.shadowRoot?.querySelectorAll('button') ?? [])].filter((button) =>
      button.checkVisibility(),
    );
  }

  function names(): string[] {
    return buttons().map(({ textContent }) => textContent.trim());
  }

  function focused(): string | undefined {
    return toolbar.shadowRoot?.activeElement?.textContent.trim();
  }

  function press(key: string): void {
    toolbar.shadowRoot?.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
  }

  it('names every button in words', () => {
    expect(names()).to.deep.equal([
      'Source',
      'Labels',
      'Teach',
      'Watch',
      'Learn',
      'Mirror',
      'Pause',
      'Snapshot',
      'Full screen',
      'Details',
      'Help',
    ]);
  });

  it('keeps the essential ones on a phone and puts the others behind "More"', async () => {
    await setViewport({ width: 320, height: 568 });
    expect(names()).to.deep.equal([
      'Source',
      'Labels',
      'Teach',
      'Watch',
      'Pause',
      'Snapshot',
      'More',
    ]);
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
  });

  for (const [width, height] of [
    [320, 568],
    [844, 390],
    [1200, 800],
  ] as const) {
    it(`has targets of at least 44 pixels at ${String(width)} × ${String(height)}`, async () => {
      await setViewport({ width, height });
      for (const button of buttons()) {
        const box = button.getBoundingClientRect();
        expect(box.width, button.textContent).to.be.at.least(44);
        expect(box.height, button.textContent).to.be.at.least(44);
      }
    });
  }

  it('is one stop for the Tab key', () => {
    expect(buttons().filter(({ tabIndex }) => tabIndex === 0)).to.have.lengthOf(1);
    buttons()[3]?.focus();
    expect(buttons().map(({ tabIndex }) => tabIndex)).to.deep.equal([
      -1, -1, -1, 0, -1, -1, -1, -1, -1, -1, -1,
    ]);
  });

  it('moves the focus with the arrow keys, round the corner, and to both ends', () => {
    buttons()[0]?.focus();
    press('ArrowRight');
    expect(focused()).to.equal('Labels');
    press('End');
    expect(focused()).to.equal('Help');
    press('ArrowRight');
    expect(focused()).to.equal('Source');
    press('ArrowLeft');
    expect(focused()).to.equal('Help');
    press('Home');
    expect(focused()).to.equal('Source');
  });

  it('passes over what is disabled or not shown', async () => {
    toolbar.busy = true;
    await toolbar.updateComplete;
    buttons()[6]?.focus();
    press('ArrowRight');
    expect(focused()).to.equal('Full screen');
  });

  it('says what was asked for', () => {
    for (const button of buttons()) button.click();
    expect(commands).to.deep.equal([
      { kind: 'toggle-panel', panel: 'source' },
      { kind: 'toggle-panel', panel: 'labels' },
      { kind: 'toggle-teach' },
      { kind: 'toggle-watch' },
      { kind: 'set-view', view: 'learn' },
      { kind: 'toggle-mirror' },
      { kind: 'toggle-pause' },
      { kind: 'snapshot' },
      { kind: 'toggle-fullscreen' },
      { kind: 'toggle-panel', panel: 'details' },
      { kind: 'toggle-panel', panel: 'help' },
    ]);
  });

  it('shows what is on', async () => {
    Object.assign(toolbar, { running: false, mirrored: true, chosen: 3, panel: 'details' });
    await toolbar.updateComplete;
    expect(names()).to.include.members(['Go on', 'Labels · 3']);
    const attributes = (name: string): (string | null)[] =>
      buttons().map((button) => button.getAttribute(name));
    expect(attributes('aria-pressed')).to.deep.equal([
      null,
      null,
      'false',
      'false',
      null,
      'true',
      null,
      null,
      'false',
      null,
      null,
    ]);
    expect(attributes('aria-expanded')).to.deep.equal([
      'false',
      'false',
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      'true',
      'false',
    ]);
  });
});
