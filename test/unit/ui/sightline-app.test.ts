import { expect } from 'chai';
import { ERROR_CODES, SightlineError } from '../../../src/domain/errors.js';
import { errorMessage } from '../../../src/i18n/error-messages.js';
import { labelColour } from '../../../src/ui/elements/palette.js';
import { closeApp, openApp, press, type AppOnPage } from '../../support/app-on-page.js';
import { inShadow } from '../../support/detector.js';
import { until } from '../../support/promises.js';
import { StandInSession } from '../../support/stand-in-session.js';

function setting(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

function text(element: Element): string {
  return (element.shadowRoot?.textContent ?? element.textContent).replace(/\s+/g, ' ');
}

describe('<sightline-app>', () => {
  afterEach(closeApp);

  describe('at first', () => {
    it('says what it is, and asks for no camera before a tap', async () => {
      const { session, find, has } = await openApp();
      expect(text(find('sightline-welcome'))).to.include('See what your camera sees');
      expect(session.calls.some((call) => call.startsWith('open'))).to.equal(false);
      expect(has('sightline-toolbar')).to.equal(false);
    });

    it('opens the camera at a tap', async () => {
      const { session, find, settled } = await openApp();
      find('button.big.primary', HTMLButtonElement).click();
      await settled();
      expect(session.calls).to.include('open camera');
      expect(setting('source')).to.equal('camera');
      expect(find('sightline-toolbar').checkVisibility()).to.equal(true);
    });

    it('opens what the address asks for', async () => {
      const { session } = await openApp('source=camera&camera=user&backend=wasm');
      expect(session.calls).to.include('open camera user');
      expect(session.calls[0]).to.equal('load wasm coco-ssd');
    });

    it('waits for a tap before it asks for a screen, and offers it first', async () => {
      const { session, find, settled } = await openApp('source=screen');
      expect(session.calls).not.to.include('open screen');
      const button = find('button.big.primary', HTMLButtonElement);
      expect(button.textContent).to.include('Share a screen');
      button.click();
      await settled();
      expect(session.calls).to.include('open screen');
    });

    it('says that it waits for the camera, and how to stop that', async () => {
      const { session, find, settled } = await openApp();
      session.set({ source: { phase: 'opening', request: { kind: 'camera' } } });
      await settled();
      expect(text(find('sightline-welcome'))).to.include('Waiting for the camera');
    });
  });

  describe('settings', () => {
    it('that cannot be used are replaced and told, in words', async () => {
      const { app, toasts } = await openApp('score=80&backend=cuda');
      expect(app.detector.scoreThreshold).to.equal(0.5);
      expect(app.detector.backend).to.equal('auto');
      expect(toasts()).to.have.lengthOf(2);
      expect(toasts()[0]).to.include('“backend=cuda”');
      expect(toasts()[1]).to.include('“score=80”');
    });

    it('reach the detector', async () => {
      const { app, session } = await openApp(
        'score=0.3&classes=cup,CAT&mirror=on&fit=cover&source=demo',
      );
      expect(app.detector).to.include({ scoreThreshold: 0.3, mirror: 'on', fit: 'cover' });
      expect(session.options.categoryAllowlist).to.deep.equal(['cup', 'cat']);
    });

    it('drop labels that the model does not know, and say so', async () => {
      const { session, toasts } = await openApp('classes=cup,unicorn&source=demo');
      expect(session.options.categoryAllowlist).to.deep.equal(['cup']);
      expect(toasts()).to.deep.equal(['This model does not know “unicorn”; it is left out.']);
      expect(setting('classes')).to.equal('cup');
    });

    it('are written back when the person changes them, and the history does not grow', async () => {
      const { execute } = await openApp('source=demo');
      const { length } = history;
      await execute({ kind: 'set-score', score: 0.35 });
      await execute({ kind: 'set-classes', classes: ['cup', 'wine glass'] });
      await execute({ kind: 'set-backend', backend: 'webgl' });
      await execute({ kind: 'toggle-mirror' });
      expect(setting('score')).to.equal('0.35');
      expect(setting('classes')).to.equal('cup,wine glass');
      expect(setting('backend')).to.equal('webgl');
      expect(setting('mirror')).to.equal('on');
      expect(setting('source')).to.equal('demo');
      expect(history.length).to.equal(length);
      expect(location.hash).to.equal('');
    });
  });

  describe('keys', () => {
    it('pause and go on', async () => {
      const { session, settled } = await openApp('source=demo');
      press(' ');
      await settled();
      expect(session.state.running).to.equal(false);
      press(' ');
      await settled();
      expect(session.state.running).to.equal(true);
    });

    it('mirror', async () => {
      const { app, settled } = await openApp('source=demo');
      press('m');
      await settled();
      expect(app.detector.mirrored).to.equal(true);
      press('M', { shiftKey: true });
      await settled();
      expect(app.detector.mirrored).to.equal(false);
    });

    it('go from camera to camera', async () => {
      const session = new StandInSession();
      session.cameraList = [
        { deviceId: 'lens-1', label: 'One' },
        { deviceId: 'lens-2', label: 'Two' },
      ];
      const { settled } = await openApp('source=camera', session);
      press('c');
      await until(() => session.calls.includes('open camera lens-2'), 'the second lens is opened');
      await settled();
      expect(setting('camera')).to.equal('lens-2');
      press('c');
      await until(() => session.calls.includes('open camera lens-1'), 'round to the first');
    });

    it('say so where there is no other camera', async () => {
      const session = new StandInSession();
      session.cameraList = [{ deviceId: 'lens-1', label: 'One' }];
      const { toasts } = await openApp('source=camera', session);
      press('c');
      await until(() => toasts().includes('There is no other camera.'), 'it is said');
    });

    it('open and close the details and the help', async () => {
      const { find, settled } = await openApp('source=demo');
      const isOpen = (name: string): boolean =>
        inShadow(inShadow(find(name), 'sightline-sheet'), 'dialog', HTMLDialogElement).open;
      press('d');
      await settled();
      expect(isOpen('sightline-details')).to.equal(true);
      press('Escape');
      await settled();
      expect(isOpen('sightline-details')).to.equal(false);
      press('?', { shiftKey: true });
      await settled();
      expect(isOpen('sightline-help')).to.equal(true);
    });

    it('give way to one another: what one opens the other does not close', async () => {
      const { execute, find, settled } = await openApp('source=demo');
      const dialog = (name: string): HTMLDialogElement =>
        inShadow(inShadow(find(name), 'sightline-sheet'), 'dialog', HTMLDialogElement);
      await execute({ kind: 'toggle-panel', panel: 'more' });
      const more = dialog('sightline-more-sheet');
      await until(() => more.open, 'the first is open');
      // The close event of a dialog comes in a task of its own, some time later.
      const closed = new Promise((resolve) => {
        more.addEventListener('close', resolve, { once: true });
      });
      await execute({ kind: 'toggle-panel', panel: 'details' });
      await closed;
      await settled();
      expect(more.open).to.equal(false);
      expect(dialog('sightline-details').open).to.equal(true);
    });

    it('take a snapshot and show it', async () => {
      const { find } = await openApp('source=demo');
      press('s');
      const dialog = (): HTMLDialogElement =>
        inShadow(
          inShadow(find('sightline-snapshot-sheet'), 'sightline-sheet'),
          'dialog',
          HTMLDialogElement,
        );
      await until(() => dialog().open, 'the snapshot is shown');
      const canvas = inShadow(find('sightline-snapshot-sheet'), 'canvas', HTMLCanvasElement);
      await until(() => canvas.width === 400, 'with its picture');
    });

    it('mean nothing in a field', async () => {
      const { app, execute, find, settled } = await openApp('source=demo');
      // Not modal: the keys work there, but not while something is chosen.
      await execute({ kind: 'toggle-panel', panel: 'details' });
      press('m', {}, inShadow(find('sightline-details'), 'select'));
      await settled();
      expect(app.detector.mirrored).to.equal(false);
    });

    it('mean nothing under a modal sheet', async () => {
      const { app, execute, find, settled } = await openApp('source=demo');
      await execute({ kind: 'toggle-panel', panel: 'more' });
      const row = (): HTMLElement => inShadow(find('sightline-more-sheet'), '.row');
      await until(() => row().checkVisibility(), 'it is open');
      press('m', {}, row());
      await settled();
      expect(app.detector.mirror).to.equal('auto');
    });

    it('mean nothing with a modifier, or when switched off', async () => {
      const { session, execute } = await openApp('source=demo');
      press(' ', { ctrlKey: true });
      expect(session.state.running).to.equal(true);
      await execute({ kind: 'set-shortcuts', enabled: false });
      press(' ');
      expect(session.state.running).to.equal(true);
    });

    it('leave Space to a button that has the focus', async () => {
      const { session, find } = await openApp('source=demo');
      const button = inShadow(find('sightline-toolbar'), 'button');
      expect(press(' ', {}, button).defaultPrevented).to.equal(false);
      expect(session.state.running).to.equal(true);
    });
  });

  describe('files', () => {
    function dropped(type: string): DataTransfer {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'name', { type }));
      return transfer;
    }

    it('are opened when dropped anywhere', async () => {
      const { session, has, settled } = await openApp();
      const dataTransfer = dropped('image/png');
      window.dispatchEvent(new DragEvent('dragenter', { dataTransfer }));
      await settled();
      expect(has('.drop')).to.equal(true);
      const drop = new DragEvent('drop', { dataTransfer, cancelable: true });
      window.dispatchEvent(drop);
      await settled();
      expect(drop.defaultPrevented).to.equal(true);
      expect(session.calls).to.include('open file');
      expect(has('.drop')).to.equal(false);
    });

    it('are opened when pasted', async () => {
      const { session } = await openApp();
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: dropped('video/mp4') }));
      expect(session.calls).to.include('open file');
    });

    it('of other kinds are refused in words', async () => {
      const { session, toasts, settled } = await openApp();
      const dataTransfer = dropped('application/pdf');
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      await settled();
      expect(session.calls).not.to.include('open file');
      expect(toasts()).to.deep.equal(['Only photos and videos can be opened.']);
    });

    it('do not leave a source in the address that nobody could open again', async () => {
      const { execute } = await openApp('source=camera');
      await execute({ kind: 'open', request: { kind: 'file', file: new Blob() } });
      expect(setting('source')).to.equal(null);
    });
  });

  describe('states', () => {
    async function withProblem(code: (typeof ERROR_CODES)[number]): Promise<AppOnPage> {
      const opened = await openApp();
      opened.session.set({ problem: new SightlineError(code, 'the detail') });
      await opened.settled();
      return opened;
    }

    for (const code of ERROR_CODES) {
      it(`tells of ${code} without a picture`, async () => {
        const { find } = await withProblem(code);
        const card = find('sightline-problem-card');
        const { title, action } = errorMessage(code, 'desktop');
        expect(inShadow(card, 'h2').textContent).to.equal(title);
        expect(inShadow(card, 'button.primary').textContent.trim()).to.equal(action);
        expect(inShadow(card, '[role=alert] code').textContent).to.equal(`${code}: the detail`);
      });
    }

    it('lets the person try again', async () => {
      const { session, find, settled } = await openApp();
      session.refusal = new SightlineError('camera-busy');
      find('button.big.primary', HTMLButtonElement).click();
      await settled();
      inShadow(find('sightline-problem-card'), 'button.primary', HTMLButtonElement).click();
      await settled();
      expect(session.calls.filter((call) => call === 'open camera')).to.have.lengthOf(2);
      expect(session.state.source.phase).to.equal('open');
    });

    it('keeps the previous picture when another cannot be opened, and the card can be put away', async () => {
      const { app, session, execute, find, has, settled } = await openApp('source=demo');
      session.refusal = new SightlineError('corrupt-video');
      await execute({ kind: 'open', request: { kind: 'file', file: new Blob() } });
      expect(app.detector.sourceInfo?.kind).to.equal('demo');
      expect(setting('source')).to.equal('demo');
      const card = find('sightline-problem-card');
      expect(text(card)).to.include('The previous picture keeps going.');
      inShadow(card, 'button[aria-label=Dismiss]', HTMLButtonElement).click();
      await settled();
      expect(has('sightline-problem-card')).to.equal(false);
    });

    it('shows how far the model is, and can cancel it and begin again', async () => {
      const session = new StandInSession();
      session.loadsAtOnce = false;
      const { find, has, settled } = await openApp('source=demo', session);
      session.set({
        engine: {
          phase: 'loading',
          progress: { stage: 'model', fraction: 0.46, loadedBytes: 4.2e6, totalBytes: 9.1e6 },
        },
      });
      await settled();
      const card = find('sightline-loading-card');
      expect(inShadow(card, 'progress', HTMLProgressElement).value).to.be.closeTo(0.46, 1e-9);
      expect(text(card)).to.include('Fetching the model').and.include('46%');
      expect(text(card)).to.include('4.2 MB of 9.1 MB');
      inShadow(card, 'button', HTMLButtonElement).click();
      await settled();
      expect(session.calls).to.include('cancelLoad');
      expect(has('sightline-loading-card')).to.equal(false);
      session.loadsAtOnce = true;
      find('.card button.primary', HTMLButtonElement).click();
      await settled();
      expect(session.state.engine.phase).to.equal('ready');
    });

    it('offers a way out where the chosen backend does not run here', async () => {
      const { session, find, settled } = await openApp('source=demo&backend=webgpu');
      session.set({
        engine: { phase: 'failed', error: new SightlineError('backend-unavailable') },
      });
      await settled();
      inShadow(find('sightline-problem-card'), 'button.primary', HTMLButtonElement).click();
      await settled();
      expect(session.calls).to.include('load auto coco-ssd');
      expect(setting('backend')).to.equal(null);
    });

    it('offers to go on where it is paused', async () => {
      const { session, execute, find, settled } = await openApp('source=demo');
      await execute({ kind: 'toggle-pause' });
      find('button.paused', HTMLButtonElement).click();
      await settled();
      expect(session.state.running).to.equal(true);
    });

    it('says that the detector is being restarted', async () => {
      const { session, find, settled } = await openApp('source=demo');
      session.set({ engine: { phase: 'recovering', cause: new SightlineError('engine-died') } });
      await settled();
      expect(find('button.status').textContent).to.include('Restarting the detector');
    });
  });

  describe('what is seen', () => {
    it('is listed with colours and numbers, and lingers for a moment', async () => {
      const { session, find } = await openApp('source=demo');
      session.detections = [
        { bbox: [0, 0, 9, 9], class: 'person', score: 0.9 },
        { bbox: [20, 0, 9, 9], class: 'person', score: 0.8 },
        { bbox: [0, 0, 9, 9], class: 'cup', score: 0.7 },
      ];
      session.emit();
      const chips = (): string[] =>
        [...(find('sightline-seen').shadowRoot?.querySelectorAll('li') ?? [])].map((chip) =>
          chip.textContent.replace(/\s+/g, ' ').trim(),
        );
      await until(() => chips().length > 0, 'chips');
      expect(chips()).to.deep.equal(['person 2', 'cup']);
      expect(
        find('sightline-seen').shadowRoot?.querySelector('circle')?.getAttribute('fill'),
      ).to.equal(labelColour('person').fill);

      session.detections = [];
      session.emit();
      expect(chips()).to.deep.equal(['person 2', 'cup']);
      await until(() => chips().length === 0, 'they go', 3000);
    });

    it('is forgotten while nobody looks', async () => {
      const { session, find, settled } = await openApp('source=demo');
      session.detections = [{ bbox: [0, 0, 9, 9], class: 'cup', score: 0.7 }];
      session.emit();
      const chip = (): Element | null | undefined =>
        find('sightline-seen').shadowRoot?.querySelector('li');
      await until(() => chip() !== null, 'a chip');
      session.set({ engine: { phase: 'recovering', cause: new SightlineError('device-lost') } });
      await settled();
      expect(chip()).to.equal(null);
    });

    it('is missed at once in a photo: the person is told what to try', async () => {
      const { session, execute, find } = await openApp();
      await execute({ kind: 'open', request: { kind: 'file', file: new Blob() } });
      session.emit();
      await until(
        () => text(find('sightline-seen')).includes('Nothing recognised so far'),
        'the hint',
      );
    });
  });

  describe('in a kiosk', () => {
    it('has no controls, and Escape brings them back', async () => {
      const { find, settled } = await openApp('source=demo&kiosk');
      expect(find('sightline-toolbar').checkVisibility()).to.equal(false);
      expect(find('button.status').checkVisibility()).to.equal(false);
      press('Escape');
      await settled();
      expect(find('sightline-toolbar').checkVisibility()).to.equal(true);
      expect(setting('kiosk')).to.equal(null);
    });

    it('is left by a long press', async () => {
      const { app, find } = await openApp('source=demo&kiosk');
      app.dispatchEvent(new PointerEvent('pointerdown', { clientX: 50, clientY: 50 }));
      await until(() => find('sightline-toolbar').checkVisibility(), 'the controls', 2000);
    });

    it('is not left by a swipe', async () => {
      const { app, find } = await openApp('source=demo&kiosk');
      app.dispatchEvent(new PointerEvent('pointerdown', { clientX: 50, clientY: 50 }));
      app.dispatchEvent(new PointerEvent('pointermove', { clientX: 90, clientY: 50 }));
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect(find('sightline-toolbar').checkVisibility()).to.equal(false);
    });
  });
});
