import { expect } from 'chai';
import '../../../../src/ui/teach/sightline-record-button.js';
import type { Recording } from '../../../../src/session/teach/types.js';
import type { TeachCommand } from '../../../../src/ui/teach/teach-commands.js';
import { inShadow } from '../../../support/detector.js';
import { commandsOf } from '../../../support/teach-view.js';

describe('<sightline-record-button>', () => {
  let element: HTMLElementTagNameMap['sightline-record-button'];
  let button: HTMLButtonElement;
  let commands: TeachCommand[];

  beforeEach(async () => {
    element = document.createElement('sightline-record-button');
    document.body.append(element);
    await element.updateComplete;
    button = inShadow(element, 'button', HTMLButtonElement);
    // Events that a script makes belong to no pointer that could be captured.
    button.setPointerCapture = () => undefined;
    commands = commandsOf(element);
  });

  afterEach(() => {
    element.remove();
  });

  const kinds = (): string[] => commands.map(({ kind }) => kind);

  async function record(recording: Partial<Recording> | undefined): Promise<void> {
    element.recording = recording && { label: 'cup', taken: 0, refused: undefined, ...recording };
    await element.updateComplete;
  }

  /** A press of so many milliseconds; the clock of events is the test's own. */
  async function press(milliseconds: number): Promise<void> {
    const at = (type: string, time: number): PointerEvent => {
      const event = new PointerEvent(type, { bubbles: true, isPrimary: true, button: 0 });
      Object.defineProperty(event, 'timeStamp', { value: time });
      return event;
    };
    button.dispatchEvent(at('pointerdown', 1000));
    await record({});
    button.dispatchEvent(at('pointerup', 1000 + milliseconds));
    button.click();
    await element.updateComplete;
  }

  it('records as long as it is held', async () => {
    await press(1200);
    expect(kinds()).to.deep.equal(['record', 'stop-recording']);
  });

  it('goes on after a short tap, until the next', async () => {
    await press(120);
    expect(kinds()).to.deep.equal(['record']);
    await press(120);
    expect(kinds()).to.deep.equal(['record', 'stop-recording']);
  });

  it('starts and stops with a key or a switch, which only click', async () => {
    button.click();
    expect(kinds()).to.deep.equal(['record']);
    await record({});
    expect(button.ariaPressed).to.equal('true');
    button.click();
    expect(kinds()).to.deep.equal(['record', 'stop-recording']);
  });

  it('stops when the window is left, and only if there is something to stop', async () => {
    window.dispatchEvent(new Event('blur'));
    expect(kinds()).to.deep.equal([]);
    await record({});
    window.dispatchEvent(new Event('blur'));
    expect(kinds()).to.deep.equal(['stop-recording']);
  });

  it('stops when it goes from the page', async () => {
    await record({});
    element.remove();
    expect(kinds()).to.deep.equal(['stop-recording']);
  });

  it('begins what it is told to begin', () => {
    element.start = { kind: 'record-room' };
    button.click();
    expect(kinds()).to.deep.equal(['record-room']);
  });

  it('counts, and says why there is nothing to count', async () => {
    await record({ taken: 7 });
    expect(button.textContent).to.contain('7');
    await record({ taken: 7, refused: 'too-small' });
    expect(inShadow(element, 'p').textContent).to.contain('Too small');
  });

  it('says why it cannot be pressed', async () => {
    element.disabled = true;
    element.why = 'Give it a name first.';
    await element.updateComplete;
    expect(button.disabled).to.equal(true);
    expect(inShadow(element, 'p').textContent).to.contain('Give it a name first.');
  });
});
