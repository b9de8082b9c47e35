import { expect } from 'chai';
import { SightlineError } from '../../../src/domain/errors.js';
import { openFile } from '../../../src/platform/file-source.js';
import type { FrameSource } from '../../../src/platform/frame-source.js';
import { openScreen } from '../../../src/platform/screen-source.js';
import { livingColourWorkers } from '../../support/colour-worker.js';
import { canvasFile } from '../../support/files.js';
import { LivePicture } from '../../support/live-picture.js';
import { delay, never, until } from '../../support/promises.js';
import { ManualSources, TestSession } from '../../support/session.js';

async function photo(width: number): Promise<FrameSource> {
  return openFile(await canvasFile(width, 8), never());
}

describe('DetectSession: sources that end', () => {
  let test: TestSession;
  let sources: ManualSources;
  let screen: LivePicture;

  beforeEach(() => {
    sources = new ManualSources();
    screen = new LivePicture();
    const port = { getDisplayMedia: () => Promise.resolve(screen.stream) };
    test = new TestSession({
      openSource: (request, signal) =>
        request.kind === 'screen' ? openScreen(signal, port) : sources.open(request, signal),
    });
  });

  afterEach(async () => {
    await test.session.dispose();
    screen.stop();
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  const shown = () => {
    const { source } = test.state;
    return source.phase === 'open' ? source.info.size.width : source.phase;
  };

  /** Opens a demo that is a photo of this width. */
  async function openDemo(width: number): Promise<void> {
    const opening = test.session.open({ kind: 'demo' });
    sources.answer(sources.asked.length - 1, await photo(width));
    await opening;
  }

  async function shareScreen(): Promise<void> {
    await test.session.open({ kind: 'screen' });
    await test.session.start();
    await test.more(2);
  }

  async function endScreen(): Promise<void> {
    screen.unplug();
    await until(() => test.state.problem?.code === 'source-ended', 'the end is noticed', 1000);
  }

  it('give way to the one before, and say so', async () => {
    await openDemo(11);
    await shareScreen();
    await endScreen();
    expect(sources.asked.map(({ kind }) => kind)).to.deep.equal(['demo', 'demo']);
    expect(shown()).to.equal('opening');
    sources.answer(1, await photo(12));
    await until(() => shown() === 12, 'the demo is back');
    await until(() => test.results.at(-1)?.frame.width === 12, 'it is looked at');
    expect(test.state.problem?.code).to.equal('source-ended');
    expect(test.states.map(({ source }) => source.phase)).to.include('none');
  });

  it('give way to the camera that was there before other screens', async () => {
    const opening = test.session.open({ kind: 'camera', facing: 'user' });
    sources.answer(0, await photo(11));
    await opening;
    await shareScreen();
    const first = screen;
    screen = new LivePicture();
    await shareScreen();
    first.stop();
    await endScreen();
    expect(sources.asked[1]).to.deep.equal({ kind: 'camera', facing: 'user' });
  });

  it('leave nothing where the one before does not open again', async () => {
    await openDemo(11);
    await shareScreen();
    await endScreen();
    sources.answer(1, new SightlineError('corrupt-video'));
    await until(() => shown() === 'none', 'it is given up');
    expect(test.state.problem?.code, 'what the person has to know').to.equal('source-ended');
    await delay(50);
    expect(sources.asked).to.have.length(2);
  });

  it('leave a newer choice alone', async () => {
    await openDemo(11);
    await shareScreen();
    await endScreen();
    const opening = test.session.open({ kind: 'demo' });
    const late = await photo(12);
    sources.answer(1, late);
    await until(() => late.element.width === 0, 'what comes too late is closed');
    expect(shown()).to.equal('opening');
    sources.answer(2, await photo(13));
    await opening;
    expect(shown()).to.equal(13);
    expect(test.state.problem).to.equal(undefined);
  });

  it('leave a choice alone that is being opened already', async () => {
    await openDemo(11);
    await shareScreen();
    const opening = test.session.open({ kind: 'camera' });
    await endScreen();
    sources.answer(1, await photo(12));
    await opening;
    expect(shown()).to.equal(12);
    expect(sources.asked).to.have.length(2);
  });

  it('bring nothing back that was put away on purpose', async () => {
    await openDemo(11);
    await test.session.open({ kind: 'none' });
    await shareScreen();
    await endScreen();
    await delay(50);
    expect(shown()).to.equal('none');
    expect(sources.asked).to.have.length(1);
  });

  it('bring no file back', async () => {
    const opening = test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
    sources.answer(0, await photo(8));
    await opening;
    await shareScreen();
    await endScreen();
    await delay(50);
    expect(shown()).to.equal('none');
    expect(sources.asked).to.have.length(1);
  });

  it('are not brought back after the end of the session', async () => {
    await openDemo(11);
    await shareScreen();
    await endScreen();
    await test.session.dispose();
    const late = await photo(12);
    sources.answer(1, late);
    await until(() => late.element.width === 0, 'it is closed');
    expect(shown()).to.equal('none');
  });
});
