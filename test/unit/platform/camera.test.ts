import { expect } from 'chai';
import { cameraConstraints, Cameras } from '../../../src/platform/camera.js';
import type { CameraSource } from '../../../src/platform/camera-source.js';
import type { KeyValueStore } from '../../../src/platform/storage.js';
import { CanvasCameras } from '../../support/live-picture.js';
import { memoryStore } from '../../support/memory-store.js';
import { delay, never, rejection, until } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

const front = { deviceId: 'f', label: 'Front Camera', facingMode: 'user' };
const back = { deviceId: 'b', label: 'Back Camera', facingMode: 'environment' };
const wide = { deviceId: 'w', label: 'Back Wide Camera', facingMode: 'environment' };

describe('Cameras', () => {
  let port: CanvasCameras;
  let store: KeyValueStore;
  let cameras: Cameras;
  let opened: CameraSource[];

  beforeEach(() => {
    port = new CanvasCameras(front, back, wide);
    store = memoryStore();
    cameras = new Cameras(store, port);
    opened = [];
  });

  afterEach(() => {
    for (const source of opened) source.close();
    expect(port.live, 'every camera is switched off').to.have.length(0);
    for (const picture of port.pictures) picture.stop();
  });

  async function open(request: Parameters<Cameras['open']>[0] = {}): Promise<CameraSource> {
    const source = await cameras.open(request, never());
    opened.push(source);
    return source;
  }

  describe('opening', () => {
    it('opens the back camera when nothing is asked for or remembered', async () => {
      const source = await open();
      expect(source).to.include({ kind: 'camera', label: 'Back Camera', facing: 'environment' });
      expect(source.deviceId).to.equal('b');
      expect(source.size).to.deep.equal({ width: 64, height: 48 });
      expect(source.element.muted).to.equal(true);
      expect(source.element.playsInline).to.equal(true);
    });

    it('gives frames', async () => {
      const source = await open();
      source.play();
      const frame = await source.nextFrame(never());
      expect(frame.data).to.be.instanceOf(VideoFrame);
      expect(Math.abs(frame.timestamp - performance.now())).to.be.below(2000);
      frame.data.close();
    });

    it('remembers a lens that was asked for', async () => {
      await open({ deviceId: 'w' });
      const again = await new Cameras(store, port).open({}, never());
      opened.push(again);
      expect(again.deviceId).to.equal('w');
    });

    it('remembers which way was asked for, and falls back on it when the lens is gone', async () => {
      await open({ facing: 'user' });
      expect((await open()).deviceId).to.equal('f');
      port.plug(back, { ...front, deviceId: 'f2' });
      expect((await open()).deviceId).to.equal('f2');
    });

    it('remembers nothing that was not asked for', async () => {
      await open();
      expect(port.asked[0]?.deviceId).to.equal(undefined);
      await open();
      expect(port.asked[1]?.deviceId).to.equal(undefined);
    });

    it('ignores a memory that makes no sense', async () => {
      store.write('camera', { deviceId: 7, facing: 'sideways' });
      expect((await open()).deviceId).to.equal('b');
    });

    it('switches a camera off again that comes too late', async () => {
      let answer: () => void = () => undefined;
      port.prompt = new Promise((resolve) => {
        answer = resolve;
      });
      const abort = new AbortController();
      const opening = cameras.open({}, abort.signal);
      abort.abort();
      expect(await rejection(opening)).to.equal('aborted');
      answer();
      await until(() => port.pictures.length === 1, 'the prompt is answered');
      await until(() => port.live.length === 0, 'the camera is off');
    });

    it('asks nothing when it is cancelled before', async () => {
      expect(await rejection(cameras.open({}, AbortSignal.abort()))).to.equal('aborted');
      expect(port.asked).to.have.length(0);
    });
  });

  describe('faults', () => {
    const faults: [name: string, code: string][] = [
      ['NotAllowedError', 'permission-denied'],
      ['NotFoundError', 'no-camera'],
      ['OverconstrainedError', 'no-camera'],
      ['NotReadableError', 'camera-busy'],
      ['AbortError', 'camera-busy'],
      ['SecurityError', 'insecure-context'],
      ['UnknownError', 'camera-failed'],
    ];
    for (const [name, code] of faults) {
      it(`says ${code} for ${name}`, async () => {
        port.fault = new DOMException('because', name);
        expect(await rejection(cameras.open({}, never()))).to.equal(code);
      });
    }

    it('says insecure-context where the browser gives no access', async () => {
      await replacing(navigator, 'mediaDevices', undefined, async () => {
        expect(await rejection(new Cameras(store).open({}, never()))).to.equal('insecure-context');
      });
    });

    it('says no-camera for a lens that is not there, without taking another', async () => {
      expect(await rejection(cameras.open({ deviceId: 'gone' }, never()))).to.equal('no-camera');
    });

    it('says so where this computer has none', async () => {
      expect(await rejection(new Cameras(store).open({}, never()))).to.be.oneOf([
        'no-camera',
        'permission-denied',
      ]);
    });
  });

  describe('list', () => {
    it('names the cameras and nothing else', async () => {
      expect(await cameras.list()).to.deep.equal(
        [front, back, wide].map(({ deviceId, label }) => ({ deviceId, label })),
      );
    });

    it('is empty where the browser does not tell', async () => {
      port.enumerateDevices = () => Promise.reject(new DOMException('', 'SecurityError'));
      expect(await cameras.list()).to.deep.equal([]);
    });
  });

  describe('interruptions', () => {
    /** Codes of problems as they come, `''` for a mended one. */
    function problemsOf(source: CameraSource): string[] {
      const problems: string[] = [];
      source.onProblem((problem) => problems.push(problem?.code ?? ''));
      return problems;
    }

    it('says that the camera is gone, and brings it back when it is plugged in again', async () => {
      const source = await open({ deviceId: 'w' });
      source.play();
      const problems = problemsOf(source);
      port.plug(front, back);
      port.pictures[0]?.unplug();
      expect(problems).to.deep.equal(['source-ended']);
      const next = source.nextFrame(never());
      await delay(100);
      port.plug(front, back, wide);
      await until(() => problems.length === 2, 'the camera is back', 2000);
      expect(problems[1]).to.equal('');
      (await next).data.close();
      expect(source.deviceId).to.equal('w');
      expect(port.live).to.have.length(1);
    });

    it('tries again by itself where the browser does not say that devices have changed', async () => {
      const source = await open({ deviceId: 'b' });
      const problems = problemsOf(source);
      port.fault = new DOMException('in use', 'NotReadableError');
      port.pictures[0]?.unplug();
      await delay(100);
      port.fault = undefined;
      await until(() => problems.includes(''), 'the camera is back', 3000);
    });

    it('stops asking when the person says no', async () => {
      const source = await open();
      const problems = problemsOf(source);
      port.fault = new DOMException('no', 'NotAllowedError');
      port.pictures[0]?.unplug();
      await until(() => problems.length === 2, 'the refusal');
      expect(problems).to.deep.equal(['source-ended', 'permission-denied']);
      await delay(800);
      expect(port.asked).to.have.length(2);
    });

    it('stops trying when it is closed', async () => {
      const source = await open();
      port.fault = new DOMException('gone', 'NotFoundError');
      port.pictures[0]?.unplug();
      await delay(50);
      source.close();
      const asked = port.asked.length;
      port.plug(back);
      await delay(700);
      expect(port.asked).to.have.length(asked);
    });

    it('says within a second that the system has paused the camera, and that it goes on', async () => {
      const source = await open();
      const problems = problemsOf(source);
      const track = port.pictures[0]?.track;
      if (track === undefined) throw new Error('no track');
      Object.defineProperty(track, 'muted', { value: true, configurable: true });
      track.dispatchEvent(new Event('mute'));
      await until(() => problems.length === 1, 'the pause is noticed', 1000);
      expect(problems).to.deep.equal(['camera-busy']);
      track.dispatchEvent(new Event('unmute'));
      expect(problems).to.deep.equal(['camera-busy', '']);
    });

    it('says nothing about a short hiccup', async () => {
      const source = await open();
      const problems = problemsOf(source);
      const track = port.pictures[0]?.track;
      track?.dispatchEvent(new Event('mute'));
      track?.dispatchEvent(new Event('unmute'));
      await delay(700);
      expect(problems).to.deep.equal([]);
    });

    it('can be lent and taken back', async () => {
      const source = await open({ deviceId: 'b' });
      source.play();
      const problems = problemsOf(source);
      source.handover.release();
      expect(port.live).to.have.length(0);
      source.handover.reacquire();
      await until(() => port.live.length === 1, 'the camera is on again');
      await until(() => problems.length === 1, 'it is mended');
      (await source.nextFrame(never())).data.close();
      expect(problems).to.deep.equal(['']);
    });

    it('follows a phone that is turned', async () => {
      const source = await open();
      source.play();
      let changes = 0;
      source.onChange(() => {
        changes++;
      });
      port.pictures[0]?.resize(48, 64);
      await until(() => source.size.width === 48, 'the change is noticed');
      expect(source.size.height).to.equal(64);
      expect(changes).to.be.above(0);
    });
  });
});

describe('cameraConstraints', () => {
  it('wishes for a good picture', () => {
    expect(cameraConstraints({}, undefined)).to.deep.equal({
      audio: false,
      video: {
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
        facingMode: { ideal: 'environment' },
      },
    });
  });

  it('insists on nothing but a device that was asked for', () => {
    const { video } = cameraConstraints({ deviceId: 'x', facing: 'user' }, undefined);
    expect(video).to.deep.include({ deviceId: { exact: 'x' } });
    expect(video).to.not.have.property('facingMode');
  });
});
