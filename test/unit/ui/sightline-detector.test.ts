import { expect } from 'chai';
import { SightlineError } from '../../../src/domain/errors.js';
import type { DetectionsEvent, StateChangeEvent } from '../../../src/ui/events.js';
import { inShadow, mountDetector, pixel, unmountAll } from '../../support/detector.js';
import { delay, rejection, until } from '../../support/promises.js';
import { StandInSession } from '../../support/stand-in-session.js';

/** The next event of a type that reaches the document: bubbling, through shadow roots. */
function nextEvent<T extends Event>(type: string): Promise<T> {
  return new Promise((resolve) => {
    document.addEventListener(
      type,
      (event) => {
        resolve(event as T);
      },
      { once: true },
    );
  });
}

function shownPicture(element: Element): Element | null {
  return inShadow(element, '[part=picture]').firstElementChild;
}

describe('<sightline-detector>', () => {
  afterEach(unmountAll);

  describe('attributes', () => {
    it('are read', async () => {
      const { element } = await mountDetector({
        backend: 'wasm',
        model: 'mine',
        fit: 'cover',
        mirror: 'off',
        'max-results': '5',
        'score-threshold': '0.25',
        'iou-threshold': '0.4',
        'category-allowlist': 'cup, wine glass,',
        'category-denylist': 'person',
        'display-names-locale': 'de',
        paused: '',
      });
      expect(element).to.include({
        backend: 'wasm',
        model: 'mine',
        fit: 'cover',
        mirror: 'off',
        maxResults: 5,
        scoreThreshold: 0.25,
        iouThreshold: 0.4,
        displayNamesLocale: 'de',
        paused: true,
      });
      expect(element.categoryAllowlist).to.deep.equal(['cup', 'wine glass']);
      expect(element.categoryDenylist).to.deep.equal(['person']);
    });

    it('reflect properties', async () => {
      const { element } = await mountDetector();
      Object.assign(element, {
        backend: 'webgl',
        fit: 'cover',
        mirror: 'on',
        scoreThreshold: 0.7,
        categoryAllowlist: ['cup', 'cat'],
        paused: true,
      });
      await element.updateComplete;
      expect(element.getAttribute('backend')).to.equal('webgl');
      expect(element.getAttribute('fit')).to.equal('cover');
      expect(element.getAttribute('mirror')).to.equal('on');
      expect(element.getAttribute('score-threshold')).to.equal('0.7');
      expect(element.getAttribute('category-allowlist')).to.equal('cup,cat');
      expect(element.hasAttribute('paused')).to.equal(true);
    });

    it('become the options of the session, within their ranges', async () => {
      const { element, session } = await mountDetector({
        source: 'demo',
        'max-results': '5000',
        'score-threshold': '-3',
        'iou-threshold': 'much',
      });
      expect(session.options).to.deep.include({
        maxResults: 100,
        scoreThreshold: 0,
        iouThreshold: 0.6,
      });
      element.scoreThreshold = 0.8;
      element.categoryDenylist = ['person'];
      await element.updateComplete;
      expect(session.options).to.deep.include({
        scoreThreshold: 0.8,
        categoryDenylist: ['person'],
      });
    });
  });

  describe('source', () => {
    it('asks for nothing and loads nothing before there is one', async () => {
      const { session } = await mountDetector();
      expect(session.calls).to.deep.equal([]);
    });

    it('is opened, while the engine loads, and then looked at', async () => {
      const { element, session } = await mountDetector({ source: 'camera', camera: 'user' });
      await until(() => session.state.running, 'it runs');
      expect(session.calls).to.deep.equal(['load auto coco-ssd', 'open camera user', 'start']);
      expect(shownPicture(element)).to.equal(element.sourceInfo?.element);
    });

    it('is not looked at while paused', async () => {
      const { session } = await mountDetector({ source: 'demo', paused: '' });
      await delay(20);
      expect(session.calls).not.to.include('start');
    });

    it('changes with the attributes', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      element.source = 'camera';
      await element.updateComplete;
      element.camera = 'lens-2';
      await element.updateComplete;
      element.source = 'none';
      await element.updateComplete;
      expect(session.calls.filter((call) => call.startsWith('open'))).to.deep.equal([
        'open demo',
        'open camera',
        'open camera lens-2',
        'open none',
      ]);
      expect(shownPicture(element)).to.equal(null);
    });

    it('opened by a call is told by the attribute, and not opened twice', async () => {
      const { element, session } = await mountDetector();
      await element.open({ kind: 'camera', facing: 'environment' });
      await element.updateComplete;
      expect(element.getAttribute('source')).to.equal('camera');
      expect(element.getAttribute('camera')).to.equal('environment');
      await element.open(new Blob(['x']));
      await element.updateComplete;
      expect(element.getAttribute('source')).to.equal('file');
      expect(session.calls.filter((call) => call.startsWith('open'))).to.deep.equal([
        'open camera environment',
        'open file',
      ]);
    });

    it('stays on show when another cannot be opened, until that is dismissed or works', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      const before = shownPicture(element);
      session.refusal = new SightlineError('camera-busy');
      expect(await rejection(element.open({ kind: 'camera' }))).to.equal('camera-busy');
      await element.updateComplete;
      expect(shownPicture(element)).to.equal(before);
      expect(element.state.problem?.code).to.equal('camera-busy');

      element.dismissProblem();
      expect(element.source).to.equal('demo');
      expect(element.state.problem).to.equal(undefined);
    });

    it('that failed is what a retry asks for again', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      session.refusal = new SightlineError('camera-busy');
      await rejection(element.open({ kind: 'camera', deviceId: 'lens-2' }));
      await element.retry();
      expect(session.calls.filter((call) => call === 'open camera lens-2')).to.have.lengthOf(2);
      expect(element.sourceInfo?.kind).to.equal('camera');
    });

    it('shows the placeholder as long as there is none', async () => {
      const { element } = await mountDetector();
      element.innerHTML = '<p slot="placeholder">Nothing yet</p>';
      const text = element.querySelector('p');
      expect(text?.checkVisibility()).to.equal(true);
      await element.open({ kind: 'demo' });
      await element.updateComplete;
      expect(text?.checkVisibility()).to.equal(false);
    });
  });

  describe('engine', () => {
    it('is loaded ahead where that is asked for', async () => {
      const { session } = await mountDetector({ preload: 'auto', backend: 'wasm' });
      expect(session.calls).to.deep.equal(['load wasm coco-ssd']);
    });

    it('is loaded again with another backend, but not before it was loaded at all', async () => {
      const { element, session } = await mountDetector();
      element.backend = 'webgl';
      await element.updateComplete;
      await element.open({ kind: 'demo' });
      element.backend = 'cpu';
      await element.updateComplete;
      expect(session.calls.filter((call) => call.startsWith('load'))).to.deep.equal([
        'load webgl coco-ssd',
        'load cpu coco-ssd',
      ]);
    });

    it('tells its labels once it is ready', async () => {
      const session = new StandInSession();
      session.loadsAtOnce = false;
      const { element } = await mountDetector({ preload: 'auto' }, session);
      expect(element.labels).to.deep.equal([]);
      session.finishLoad();
      expect(element.labels).to.include('wine glass');
      expect(element.info?.backend).to.equal('wasm');
    });

    it('that failed is loaded by a retry', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      session.set({
        engine: { phase: 'failed', error: new SightlineError('model-download-failed') },
      });
      session.calls.length = 0;
      await element.retry();
      expect(session.calls).to.include('load auto coco-ssd');
      expect(element.state.engine.phase).to.equal('ready');
    });

    it('looks at single pictures without any source', async () => {
      const { element, session } = await mountDetector();
      session.detections = [{ bbox: [1, 2, 3, 4], class: 'cup', score: 0.9 }];
      const result = await element.detect(new ImageData(8, 8), { maxResults: 1 });
      expect(result.detections).to.equal(session.detections);
      expect(session.calls).to.deep.equal(['load auto coco-ssd', 'detect {"maxResults":1}']);
    });
  });

  describe('detectStart and detectStop', () => {
    it('pause and go on', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      element.detectStop();
      expect(element.paused).to.equal(true);
      expect(session.state.running).to.equal(false);
      await element.detectStart();
      expect(element.paused).to.equal(false);
      expect(session.state.running).to.equal(true);
    });

    it('have a frozen picture looked at again when options change', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      element.detectStop();
      await element.updateComplete;
      session.detections = [{ bbox: [1, 2, 3, 4], class: 'cup', score: 0.3 }];
      const told = nextEvent<DetectionsEvent>('detections');
      element.scoreThreshold = 0.2;
      expect((await told).detections).to.deep.equal([{ ...session.detections[0], trackId: 1 }]);
    });
  });

  describe('tracking', () => {
    it('is done as the attributes say', async () => {
      const { element, session } = await mountDetector({
        source: 'demo',
        'track-activation-threshold': '0.7',
        'lost-track-buffer': '3.5',
        'minimum-matching-threshold': '0.6',
        'minimum-consecutive-frames': '2',
      });
      expect(session.tracking).to.deep.equal({
        trackActivationThreshold: 0.7,
        lostTrackBuffer: 3.5,
        minimumMatchingThreshold: 0.6,
        minimumConsecutiveFrames: 2,
      });
      element.removeAttribute('track-activation-threshold');
      Object.assign(element, {
        trackActivationThreshold: NaN,
        lostTrackBuffer: -1,
        minimumMatchingThreshold: 'much',
        minimumConsecutiveFrames: 1e9,
      });
      await element.updateComplete;
      expect(session.tracking).to.deep.equal({
        trackActivationThreshold: undefined,
        lostTrackBuffer: 0,
        minimumMatchingThreshold: 0.8,
        minimumConsecutiveFrames: 60,
      });
    });

    it('shows the steady boxes and tells the observed ones', async () => {
      const { session, overlay } = await mountDetector({ source: 'demo' });
      session.detections = [{ bbox: [20, 60, 200, 150], class: 'cup', score: 0.9 }];
      const told = nextEvent<DetectionsEvent>('detections');
      session.emit([{ bbox: [120, 60, 200, 150], class: 'cup', score: 0.9, trackId: 1 }]);
      expect((await told).detections[0]?.bbox[0]).to.equal(20);
      const { width, height } = overlay;
      const scale = Math.min(width / 400, height / 300);
      const left = (x: number) => Math.round((width - 400 * scale) / 2 + x * scale);
      const row = Math.round((height - 300 * scale) / 2 + 180 * scale);
      const isDrawn = (x: number) =>
        [-2, -1, 0, 1, 2].some((off) => pixel(overlay, left(x) + off, row) !== 'clear');
      expect([isDrawn(120), isDrawn(20)]).to.deep.equal([true, false]);
    });
  });

  describe('events', () => {
    it('tell every processed frame, across shadow roots', async () => {
      const { session } = await mountDetector({ source: 'demo' });
      session.detections = [{ bbox: [10, 20, 30, 40], class: 'cup', score: 0.87 }];
      const told = nextEvent<DetectionsEvent>('detections');
      session.emit();
      const { detections, frame, backend, timings, bubbles, composed } = await told;
      expect(detections).to.deep.equal([
        { bbox: [10, 20, 30, 40], class: 'cup', score: 0.87, trackId: 1 },
      ]);
      expect(frame).to.deep.equal({ width: 400, height: 300, timestamp: 40 });
      expect(backend).to.equal('wasm');
      expect(timings).to.have.all.keys('preprocess', 'inference', 'postprocess');
      expect({ bubbles, composed }).to.deep.equal({ bubbles: true, composed: true });
    });

    it('tell every change of state', async () => {
      const { session } = await mountDetector({ source: 'demo' });
      const told = nextEvent<StateChangeEvent>('state-change');
      session.set({ running: false });
      expect((await told).state.running).to.equal(false);
    });

    it('tell numbers at most 4 times a second, and only new ones', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      let told = 0;
      element.addEventListener('stats-change', () => told++);
      const end = performance.now() + 1100;
      while (performance.now() < end) {
        session.emit();
        await delay(10);
      }
      expect(told).to.be.within(3, 5);
      await delay(300);
      const before = told;
      await delay(600);
      expect(told).to.equal(before);
    });
  });

  describe('boxes', () => {
    const whole = { bbox: [0, 0, 400, 300], class: 'cup', score: 0.9 } as const;

    it('go when the picture is another', async () => {
      const { element, session, overlay } = await mountDetector({ source: 'demo' });
      session.detections = [whole];
      session.emit();
      expect(pixel(overlay, 200, 51)).not.to.equal('clear');
      await element.open({ kind: 'camera' });
      await element.updateComplete;
      expect(pixel(overlay, 200, 51)).to.equal('clear');
    });

    it('go when the engine has stopped looking', async () => {
      const { element, session, overlay } = await mountDetector({ source: 'demo' });
      session.detections = [whole];
      session.emit();
      session.set({ engine: { phase: 'recovering', cause: new SightlineError('device-lost') } });
      await element.updateComplete;
      expect(pixel(overlay, 200, 51)).to.equal('clear');
    });

    it('stay over a paused picture', async () => {
      const { element, session, overlay } = await mountDetector({ source: 'demo' });
      session.detections = [whole];
      session.emit();
      element.detectStop();
      await element.updateComplete;
      expect(pixel(overlay, 200, 51)).not.to.equal('clear');
    });
  });

  describe('life', () => {
    it('goes on when the element is moved within the document', async () => {
      const { element, session } = await mountDetector({ source: 'demo' });
      const elsewhere = document.body.appendChild(document.createElement('div'));
      elsewhere.append(element);
      await delay(20);
      expect(session.disposed).to.equal(false);
      session.detections = [{ bbox: [0, 0, 400, 300], class: 'cup', score: 0.9 }];
      session.emit();
      const overlay = inShadow(element, 'canvas.overlay', HTMLCanvasElement);
      expect(pixel(overlay, 200, 51)).not.to.equal('clear');
      elsewhere.remove();
    });

    it('ends when it stays out, and begins again with the same source', async () => {
      const first = new StandInSession();
      const second = new StandInSession();
      const sessions = [first, second];
      const { element } = await mountDetector({ source: 'demo' }, first);
      element.sessionFactory = () => sessions.find(({ disposed }) => !disposed) ?? second;
      element.remove();
      await delay(20);
      expect(first.disposed).to.equal(true);
      expect(element.state.source.phase).to.equal('none');

      document.body.append(element);
      await until(() => second.state.running, 'the second session runs');
      expect(second.calls).to.include('open demo');
    });

    it('leaves no session behind that was never used', async () => {
      const { element, session } = await mountDetector();
      element.remove();
      await delay(20);
      expect(session.disposed).to.equal(false);
      document.body.append(element);
      await delay(20);
      expect(session.calls).to.deep.equal([]);
    });

    it('works for several elements on one page, each with its own session', async () => {
      const [a, b] = [await mountDetector({ source: 'demo' }), await mountDetector()];
      a.session.detections = [{ bbox: [0, 0, 400, 300], class: 'cup', score: 0.9 }];
      a.session.emit();
      expect(pixel(a.overlay, 200, 51)).not.to.equal('clear');
      expect(pixel(b.overlay, 200, 51)).to.equal('clear');
      expect(b.session.calls).to.deep.equal([]);
    });
  });

  describe('for assistive technology', () => {
    it('is a named group, its drawing hidden', async () => {
      const { element, overlay } = await mountDetector();
      expect(element.matches(':defined')).to.equal(true);
      expect(overlay.getAttribute('aria-hidden')).to.equal('true');
    });

    it('says what is seen, a while after it has changed', async () => {
      const { session, announced } = await mountDetector({ source: 'demo' });
      session.detections = [
        { bbox: [0, 0, 9, 9], class: 'cup', score: 0.9 },
        { bbox: [0, 0, 9, 9], class: 'person', score: 0.8 },
        { bbox: [20, 0, 9, 9], class: 'person', score: 0.7 },
      ];
      session.emit();
      expect(announced()).to.equal('');
      await until(() => announced() !== '', 'something is said', 3000);
      expect(announced()).to.equal('2 people, cup');
    });
  });
});
