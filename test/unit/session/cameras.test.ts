import { expect } from 'chai';
import { Cameras } from '../../../src/platform/camera.js';
import { CanvasCameras } from '../../support/live-picture.js';
import { memoryStore } from '../../support/memory-store.js';
import { delay, rejection, until } from '../../support/promises.js';
import type { TestSession } from '../../support/session.js';
import { sessionTests } from '../../support/session-tests.js';

describe('DetectSession: cameras', () => {
  const create = sessionTests();

  const shownWidth = ({ state: { source } }: TestSession) =>
    source.phase === 'open' ? source.info.size.width : undefined;

  const back = { deviceId: 'b', label: 'Back', facingMode: 'environment' };
  const front = { deviceId: 'f', label: 'Front', facingMode: 'user' };

  function createWithCameras(): { readonly test: TestSession; readonly port: CanvasCameras } {
    const port = new CanvasCameras(back, front);
    const cameras = new Cameras(memoryStore(), port);
    const test = create({
      cameras,
      openSource: (request, signal) =>
        request.kind === 'camera'
          ? cameras.open(request, signal)
          : Promise.reject(new Error('cameras only')),
    });
    return { test, port };
  }

  it('are listed, opened and described', async () => {
    const { test } = createWithCameras();
    expect((await test.session.cameras()).map(({ deviceId }) => deviceId)).to.deep.equal([
      'b',
      'f',
    ]);
    const info = await test.session.open({ kind: 'camera', facing: 'user' });
    expect(info).to.include({ kind: 'camera', label: 'Front', facing: 'user', deviceId: 'f' });
  });

  it('say when they are gone, and when they are back', async () => {
    const { test, port } = createWithCameras();
    await test.session.open({ kind: 'camera' });
    await test.session.start();
    await test.more(2);
    port.plug(front);
    port.pictures[0]?.unplug();
    expect(test.state.problem?.code).to.equal('source-ended');
    expect(test.state.source.phase).to.equal('open');
    await delay(100);
    port.plug(front, back);
    await until(() => test.state.problem === undefined, 'the camera is back');
    await test.more(2);
  });

  it('stay on in a pause and go off with none', async () => {
    const { test, port } = createWithCameras();
    await test.session.open({ kind: 'camera' });
    await test.session.start();
    test.session.stop();
    expect(port.live).to.have.length(1);
    await test.session.open({ kind: 'none' });
    expect(port.live).to.have.length(0);
  });

  it('are lent to each other on devices that run one at a time', async () => {
    const { test, port } = createWithCameras();
    await test.session.open({ kind: 'camera', facing: 'environment' });
    allowOneAtATime(port);
    const info = await test.session.open({ kind: 'camera', facing: 'user' });
    expect(info?.deviceId).to.equal('f');
    expect(port.live).to.have.length(1);
    expect(test.state.problem).to.equal(undefined);
  });

  it('get the old one back where the new one fails all the same', async () => {
    const { test, port } = createWithCameras();
    await test.session.open({ kind: 'camera', facing: 'environment' });
    await test.session.start();
    port.fault = new DOMException('in use', 'NotReadableError');
    expect(await rejection(test.session.open({ kind: 'camera', facing: 'user' }))).to.equal(
      'camera-busy',
    );
    port.fault = undefined;
    await until(() => port.live.length === 1, 'the old camera is on again');
    await test.more(2);
    expect(test.state.source).to.have.nested.property('info.deviceId', 'b');
    expect(test.state.problem?.code, 'the person is told').to.equal('camera-busy');
  });

  it('follow a phone that is turned', async () => {
    const { test, port } = createWithCameras();
    await test.session.open({ kind: 'camera' });
    await test.session.start();
    port.pictures[0]?.resize(48, 64);
    await until(() => shownWidth(test) === 48, 'the new size is told');
    await test.more(3);
    expect(test.results.at(-1)?.frame).to.include({ width: 48, height: 64 });
  });
});

/** Makes the port refuse a camera while another one is on. */
function allowOneAtATime(port: CanvasCameras): void {
  const open = port.getUserMedia.bind(port);
  port.getUserMedia = (constraints) =>
    port.live.length > 0
      ? Promise.reject(new DOMException('in use', 'NotReadableError'))
      : open(constraints);
}
