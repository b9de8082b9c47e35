import { expect } from 'chai';
import { openFile } from '../../../src/platform/file-source.js';
import { openScreen } from '../../../src/platform/screen-source.js';
import type { OpenSource } from '../../../src/session/source-keeper.js';
import { canvasFile, fixture } from '../../support/files.js';
import { LivePicture } from '../../support/live-picture.js';
import { delay, until } from '../../support/promises.js';
import { sessionTests } from '../../support/session-tests.js';

describe('DetectSession: moving pictures', () => {
  const create = sessionTests();

  it('are looked at as long as it runs', async () => {
    const test = create();
    const info = await test.session.open({
      kind: 'file',
      file: await fixture('media/counter.webm'),
    });
    expect(info?.element).to.have.property('paused', true);
    expect(test.wakeLock.held).to.equal(false);
    await test.session.start();
    await test.more(10);
    expect(test.wakeLock.held).to.equal(true);
    expect(info?.element).to.have.property('paused', false);
    test.session.stop();
    expect(info?.element).to.have.property('paused', true);
    expect(test.wakeLock.held).to.equal(false);
    const count = test.results.length;
    await delay(200);
    expect(test.results).to.have.length(count);
    await test.session.start();
    await test.more(3);
  });

  it('are counted: rate without pauses, frames processed and dropped', async () => {
    const test = create();
    await test.session.open({ kind: 'file', file: await fixture('media/counter.webm') });
    await test.session.start();
    await test.more(15);
    test.session.stop();
    const { sustainedFps } = test.session.stats;
    expect(sustainedFps).to.be.within(5, 40);
    await delay(500);
    const stats = test.session.stats;
    expect(stats.sustainedFps).to.equal(sustainedFps);
    expect(stats.framesProcessed).to.equal(test.results.length);
    expect(stats.last).to.equal(test.results.at(-1));
    await until(() => test.session.stats.engine !== undefined, 'the engine’s own counters');
    await until(
      () => (test.session.stats.engine?.frames ?? 0) >= test.results.length,
      'they are refreshed',
    );
  });

  it('are skipped, and counted, while the engine is busy', async () => {
    const test = create();
    await test.session.open({ kind: 'file', file: await fixture('media/counter.webm') });
    test.session.options = { ...test.session.options, categoryDenylist: ['late'] };
    await test.session.start();
    await test.more(4);
    const { framesDropped } = test.session.stats;
    // 300 ms each at 20 frames per second: five of six.
    expect(framesDropped).to.be.within(6, 30);
    const times = test.results.map((result) => result.frame.timestamp);
    expect((times[2] ?? 0) - (times[1] ?? 0)).to.be.above(200);
  });

  it('have at most one frame under way, and every one is closed', async () => {
    const taken: (VideoFrame | ImageBitmap)[] = [];
    let open = 0;
    let mostOpen = 0;
    const openSource: OpenSource = async (request, signal) => {
      if (request.kind !== 'file') throw new Error('files only');
      const source = await openFile(request.file, signal);
      const next = source.nextFrame.bind(source);
      source.nextFrame = async (until) => {
        open = taken.filter((frame) => !isClosed(frame)).length;
        const frame = await next(until);
        mostOpen = Math.max(mostOpen, open + 1);
        taken.push(frame.data);
        return frame;
      };
      return source;
    };
    const test = create({ openSource });
    const file = await fixture('media/counter.webm');
    await test.session.open({ kind: 'file', file });
    await test.session.start();
    await test.more(5);
    // Starts, stops and changes at every possible moment.
    for (let round = 0; round < 20; round++) {
      test.session.stop();
      await delay(round);
      await test.session.start();
      await delay((round * 7) % 40);
      if (round % 5 === 0) await test.session.open({ kind: 'file', file });
    }
    await test.more(2);
    test.session.stop();
    await delay(50);
    expect(taken.length).to.be.above(10);
    expect(taken.filter((frame) => !isClosed(frame))).to.deep.equal([]);
    expect(mostOpen).to.equal(1);
  });

  it('give no result of an old source once the new one is there', async () => {
    const test = create();
    const file = await fixture('media/counter.webm');
    await test.session.open({ kind: 'file', file });
    test.session.options = { ...test.session.options, categoryDenylist: ['late'] };
    await test.session.start();
    await delay(100);
    await test.session.open({ kind: 'file', file: await canvasFile(9, 9) });
    await test.more();
    expect(test.results.map((result) => result.frame.width)).to.deep.equal([9]);
  });

  it('that end are closed with a plain word, and the next one is looked at', async () => {
    const picture = new LivePicture();
    const port = { getDisplayMedia: () => Promise.resolve(picture.stream) };
    const test = create({
      openSource: (request, signal) =>
        request.kind === 'file' ? openFile(request.file, signal) : openScreen(signal, port),
    });
    await test.session.open({ kind: 'screen' });
    await test.session.start();
    await test.more(2);
    picture.unplug();
    await until(() => test.state.problem !== undefined, 'the end is noticed', 1000);
    expect(test.state.problem?.code).to.equal('source-ended');
    expect(test.state.source).to.deep.equal({ phase: 'none' });
    expect(test.state.running).to.equal(true);
    await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
    await test.more();
    expect(test.state.problem).to.equal(undefined);
  });
});

function isClosed(frame: VideoFrame | ImageBitmap): boolean {
  return 'format' in frame ? frame.format === null : frame.width === 0;
}
