import { expect } from 'chai';
import type { BatteryLevel } from '../../../src/domain/governor.js';
import { openFile } from '../../../src/platform/file-source.js';
import { livingColourWorkers } from '../../support/colour-worker.js';
import { canvasFile } from '../../support/files.js';
import { delay, never, until } from '../../support/promises.js';
import { settings, TestSession } from '../../support/session.js';

describe('DetectSession: pace', () => {
  let test: TestSession;
  let level: BatteryLevel | undefined;

  beforeEach(async () => {
    level = undefined;
    test = new TestSession({
      battery: {
        watch: () => undefined,
        get level() {
          return level;
        },
      },
      openSource: async () => openFile(await canvasFile(64, 48), never()),
    });
    await test.session.load(settings());
  });

  afterEach(async () => {
    await test.session.dispose();
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  const looks = () => test.results.map(({ regions }) => regions.length);

  it('shows the first boxes of a photo at once, then looks closely', async () => {
    test.session.detail = 'auto';
    await test.session.open({ kind: 'demo' });
    await test.session.start();
    await until(() => test.results.length === 2, 'two looks');
    await delay(100);
    expect(looks()).to.deep.equal([1, 5]);
    // By now the device is known to be fast.
    test.session.options = { ...test.session.options, scoreThreshold: 0.3 };
    await until(() => test.results.length === 3, 'a third look');
    await delay(100);
    expect(looks()).to.deep.equal([1, 5, 5]);
    expect(test.session.photoDetail).to.equal('all');
  });

  it('looks at the whole only where no detail is wanted, and afresh when that changes', async () => {
    await test.session.open({ kind: 'demo' });
    await test.session.start();
    await until(() => test.results.length === 1, 'a look');
    expect(test.session.photoDetail).to.equal('off');
    test.session.detail = 'on';
    await until(() => test.results.length === 2, 'a closer look');
    test.session.detail = 'on';
    await delay(100);
    test.session.detail = 'off';
    await until(() => test.results.length === 3, 'the whole again');
    expect(looks()).to.deep.equal([1, 5, 1]);
  });

  it('leaves the detail of a single picture to whoever asks', async () => {
    test.session.detail = 'on';
    const picture = new ImageData(8, 8);
    expect((await test.session.detect(picture)).regions).to.have.length(1);
    const { regions } = await test.session.detect(picture, { detail: 'all' });
    expect(regions).to.have.length(5);
  });

  it('has no photo wait, whatever the battery says', async () => {
    level = { level: 0.05, isCharging: false };
    await test.session.open({ kind: 'demo' });
    await test.session.start();
    await until(() => test.results.length === 1, 'a look');
    expect(test.session.stats.slowedBy).to.deep.equal([]);
  });
});
