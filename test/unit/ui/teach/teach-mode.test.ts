import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { SightlineError } from '../../../../src/domain/errors.js';
import { TeachCommandEvent } from '../../../../src/ui/events.js';
import type { TeachCommand } from '../../../../src/ui/teach/teach-commands.js';
import { closeApp, openApp, press, type AppOnPage } from '../../../support/app-on-page.js';
import { until } from '../../../support/promises.js';
import { buttonIn } from '../../../support/teach-view.js';

/** Long enough for a module that is fetched on demand. */
const LOADED_MS = 10_000;

describe('The Teach mode in the app', () => {
  let on: AppOnPage;

  /** The app in the mode, with one cup in sight. */
  async function enter(query = 'view=teach'): Promise<void> {
    on = await openApp(query);
    await on.execute({ kind: 'open', request: { kind: 'camera' } });
    if (query.includes('view=teach')) await isIn();
    on.session.detections = [{ bbox: [40, 60, 100, 90], class: 'cup', score: 0.9 }];
    on.session.emit();
    await on.settled();
  }

  const isIn = (): Promise<void> =>
    until(() => on.has('sightline-target-layer'), 'the mode is there', LOADED_MS);
  const panel = (): Element => on.find('sightline-teach');
  const calls = (): readonly string[] => on.session.teach.calls;
  const shown = (): string => panel().shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

  async function execute(command: TeachCommand): Promise<void> {
    panel().dispatchEvent(new TeachCommandEvent(command));
    await on.settled();
    await on.settled();
  }

  async function tapCup(): Promise<void> {
    buttonIn(on.find('sightline-target-layer'), 'cup: what is this?').click();
    await on.settled();
  }

  before(() => setViewport({ width: 390, height: 844 }));
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(closeApp);

  it('opens from the address, and from the key, and closes again', async () => {
    await enter();
    expect(calls()).to.deep.equal(['open']);
    await execute({ kind: 'leave' });
    expect(on.has('sightline-teach')).to.equal(false);
    expect(new URL(location.href).searchParams.has('view')).to.equal(false);
    press('t');
    await isIn();
    expect(new URL(location.href).searchParams.get('view')).to.equal('teach');
  });

  it('leaves most of a phone to the picture', async () => {
    await enter();
    const picture = on.find('sightline-detector').getBoundingClientRect();
    expect(picture.height).to.be.greaterThan(0.45 * innerHeight);
    expect(document.documentElement.scrollWidth).to.equal(innerWidth);
    expect(on.find('sightline-toolbar').checkVisibility()).to.equal(false);
  });

  it('names what is tapped and records it', async () => {
    await enter();
    await tapCup();
    expect(shown()).to.contain('What is this?');
    await execute({ kind: 'set-name', name: ' Anna’s cup ' });
    await execute({ kind: 'record' });
    await execute({ kind: 'stop-recording' });
    expect(calls()).to.deep.equal(['open', 'record track 1 as Anna’s cup', 'stopRecording']);
  });

  it('says what was recorded, with the way back', async () => {
    await enter();
    await tapCup();
    on.session.teach.set({ recording: { label: 'mug', taken: 3, refused: undefined } });
    await on.settled();
    on.session.teach.set({ recording: undefined, canUndo: true });
    await on.settled();
    buttonIn(on.find('sightline-notice'), 'Undo').click();
    await on.settled();
    expect(calls()).to.include('undo');
  });

  it('does not call another thing by the last one’s name', async () => {
    await enter();
    await tapCup();
    await execute({ kind: 'set-name', name: 'mug' });
    await execute({ kind: 'choose-track', trackId: 1, base: 'cup' });
    expect(on.find('sightline-name-page').shadowRoot?.querySelector('input')?.value).to.equal(
      'mug',
    );
    await execute({ kind: 'choose-track', trackId: 2, base: 'cup' });
    expect(on.find('sightline-name-page').shadowRoot?.querySelector('input')?.value).to.equal('');
  });

  it('takes “not that” for what is chosen', async () => {
    await enter();
    await tapCup();
    await execute({ kind: 'reject' });
    expect(calls()).to.include('reject 1');
    expect(shown()).not.to.contain('What is this?');
  });

  it('holds the picture still while a box is drawn, and lets it go on', async () => {
    await enter();
    await execute({ kind: 'draw' });
    expect(on.session.state.running).to.equal(false);
    await execute({ kind: 'set-box', bbox: [10, 20, 30, 40] });
    await execute({ kind: 'use-box' });
    await execute({ kind: 'set-name', name: 'spoon' });
    await execute({ kind: 'record' });
    await until(() => on.session.state.running, 'the picture goes on');
    expect(calls()).to.include('record box 10,20,30,40 as spoon');
  });

  it('goes back by Escape, and lets the picture go on', async () => {
    await enter();
    await execute({ kind: 'draw' });
    press('Escape');
    await until(() => on.session.state.running, 'the picture goes on');
    await on.settled();
    expect(shown()).to.contain('Tap a thing in the picture');
  });

  it('tells in plain words what went wrong, once', async () => {
    await enter();
    await tapCup();
    await execute({ kind: 'set-name', name: 'cup' });
    on.session.teach.refusal = new SightlineError('storage-full');
    await execute({ kind: 'record' });
    expect(shown()).to.contain('This device has no room left');
    await execute({ kind: 'dismiss-problem' });
    expect(shown()).not.to.contain('This device has no room left');
  });

  it('takes pictures that are dropped as examples, once it knows of what', async () => {
    await enter();
    on.session.teach.summary = { samples: 1, labels: 1, heads: 0, skipped: [] };
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'mug.jpg', { type: 'image/jpeg' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    await until(() => {
      const sheet = on.find('sightline-pictures-sheet').shadowRoot;
      return sheet?.querySelector('form') !== null;
    }, 'it asks what they show');
    const form = on.find('sightline-pictures-sheet').shadowRoot?.querySelector('form');
    const input = form?.querySelector('input');
    if (!form || !input) throw new Error('no form');
    input.value = 'mug';
    form.requestSubmit();
    await until(() => calls().includes('addPictures mug/mug.jpg'), 'they are added');
    await on.settled();
    const notice = on.find('sightline-notice').shadowRoot?.textContent;
    expect(notice).to.contain('1 example added.');
  });

  it('opens any other file that is dropped as what was taught elsewhere', async () => {
    await enter();
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'mine.zip', { type: 'application/zip' }));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    await until(() => calls().includes('import mine.zip'), 'it is opened');
  });

  it('stops recording when it is left', async () => {
    await enter();
    await execute({ kind: 'leave' });
    expect(calls()).to.include('stopRecording');
  });

  it('is no part of a kiosk', async () => {
    on = await openApp('view=teach&kiosk');
    await on.settled();
    expect(on.has('sightline-teach')).to.equal(false);
  });
});
