import { expect } from 'chai';
import { SightlineError } from '../../../src/domain/errors.js';
import { openFile } from '../../../src/platform/file-source.js';
import type { FrameSource } from '../../../src/platform/frame-source.js';
import type { SourceRequest } from '../../../src/session/types.js';
import { canvasFile, pngHeader } from '../../support/files.js';
import { delay, never, rejected, rejection, until } from '../../support/promises.js';
import type { TestSession } from '../../support/session.js';
import { ManualSources } from '../../support/session.js';
import { sessionTests } from '../../support/session-tests.js';

const anything: SourceRequest = { kind: 'demo' };

async function photo(colour = 'red', width = 8): Promise<FrameSource> {
  return openFile(await canvasFile(width, 8, 'image/png', colour), never());
}

describe('DetectSession: sources', () => {
  const create = sessionTests();

  const shown = ({ state: { source } }: TestSession) =>
    source.phase === 'open' ? source.info.size.width : source.phase;

  it('follows objects within a source and not from one source to the next', async () => {
    const test = create();
    await test.session.open({ kind: 'file', file: await canvasFile(30, 20) });
    await test.session.start();
    await test.more();
    test.session.options = { ...test.session.options, maxResults: 3 };
    await test.more();
    await test.session.open({ kind: 'file', file: await canvasFile(30, 20) });
    await test.more();
    const ids = test.results.map(({ detections }) => detections[0]?.trackId);
    expect(new Set(ids)).to.deep.equal(new Set([1, 2]));
    expect(ids.at(1)).to.equal(1);
    expect(ids.at(-1)).to.equal(2);
  });

  describe('opening', () => {
    it('tells what is being opened, and what was', async () => {
      const test = create();
      const request = { kind: 'file', file: await canvasFile(30, 20) } as const;
      const opening = test.session.open(request);
      expect(test.state.source).to.deep.equal({ phase: 'opening', request });
      const info = await opening;
      expect(info).to.include({ kind: 'photo', label: '' });
      expect(info?.size).to.deep.equal({ width: 30, height: 20 });
      expect(info?.element).to.be.instanceOf(HTMLCanvasElement);
      expect(test.state.source).to.deep.equal({ phase: 'open', info });
    });

    it('opens none', async () => {
      const test = create();
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      expect(await test.session.open({ kind: 'none' })).to.equal(undefined);
      expect(test.state.source).to.deep.equal({ phase: 'none' });
    });

    it('keeps the previous source where a new one fails, and says why', async () => {
      const test = create();
      await test.session.open({ kind: 'file', file: await canvasFile(11, 8) });
      const error = await rejected(
        test.session.open({ kind: 'file', file: pngHeader(20_000, 20_000) }),
      );
      expect(error.code).to.equal('picture-too-large');
      expect(test.state.problem).to.equal(error);
      expect(shown(test)).to.equal(11);
      await test.session.start();
      await until(() => test.results.length === 1, 'the old source still works');
      expect(test.state.problem, 'a frame does not mend it').to.equal(error);
    });

    it('forgets the problem when the next one opens', async () => {
      const test = create();
      await rejection(test.session.open({ kind: 'file', file: new Blob(['text']) }));
      expect(test.state.problem?.code).to.equal('unsupported-file');
      expect(test.state.source.phase).to.equal('none');
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      expect(test.state.problem).to.equal(undefined);
    });

    it('is not confused by the order in which sources come', async () => {
      const sources = new ManualSources();
      const test = create({ openSource: sources.open });
      const first = rejection(test.session.open(anything));
      const second = test.session.open(anything);
      const late = await photo('red', 1);
      sources.answer(1, await photo('red', 2));
      sources.answer(0, late);
      expect((await second)?.size.width).to.equal(2);
      expect(await first).to.equal('aborted');
      expect(shown(test)).to.equal(2);
      expect(late.element.width, 'the late one is closed').to.equal(0);
    });

    it('has the newest request win when it is answered last', async () => {
      const sources = new ManualSources();
      const test = create({ openSource: sources.open });
      const first = rejection(test.session.open(anything));
      const second = test.session.open(anything);
      sources.answer(0, await photo('red', 1));
      expect(await first).to.equal('aborted');
      expect(shown(test)).to.equal('opening');
      sources.answer(1, await photo('red', 2));
      await second;
      expect(shown(test)).to.equal(2);
    });

    it('does not blame the newest request for the failure of an older one', async () => {
      const sources = new ManualSources();
      const test = create({ openSource: sources.open });
      const first = rejection(test.session.open(anything));
      const second = test.session.open(anything);
      sources.answer(0, new SightlineError('camera-busy'));
      expect(await first).to.equal('aborted');
      expect(test.state.problem).to.equal(undefined);
      sources.answer(1, await photo());
      await second;
    });

    it('goes back to the source it has when the newest request fails', async () => {
      const sources = new ManualSources();
      const test = create({ openSource: sources.open });
      const first = test.session.open(anything);
      sources.answer(0, await photo('red', 5));
      await first;
      const second = rejection(test.session.open(anything));
      const third = rejection(test.session.open(anything));
      sources.answer(2, new SightlineError('no-camera'));
      sources.answer(1, await photo('red', 6));
      expect([await second, await third]).to.deep.equal(['aborted', 'no-camera']);
      expect(shown(test)).to.equal(5);
    });

    it('closes a source that comes after none was asked for, or after the end', async () => {
      const sources = new ManualSources();
      const test = create({ openSource: sources.open });
      const first = rejection(test.session.open(anything));
      await test.session.open({ kind: 'none' });
      const one = await photo();
      sources.answer(0, one);
      expect(await first).to.equal('aborted');
      expect(one.element.width).to.equal(0);
      const second = rejection(test.session.open(anything));
      await test.session.dispose();
      const two = await photo();
      sources.answer(1, two);
      expect(await second).to.equal('aborted');
      expect(two.element.width).to.equal(0);
    });
  });

  describe('photos', () => {
    it('are looked at once, and again when options change or after a pause', async () => {
      const test = create();
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      await test.session.start();
      await test.more();
      await delay(150);
      expect(test.results).to.have.length(1);
      test.session.options = { ...test.session.options, iouThreshold: 0.9 };
      await until(() => test.results.length === 2, 'a second result');
      expect(test.results[1]?.detections[0]?.score).to.equal(0.9);
      test.session.stop();
      test.session.options = { ...test.session.options, iouThreshold: 0.8 };
      await delay(100);
      expect(test.results).to.have.length(2);
      await test.session.start();
      await until(() => test.results.length === 3, 'a third result');
    });

    it('are looked at when they were opened first, or last', async () => {
      const test = create();
      await test.session.start();
      await test.session.open({ kind: 'file', file: await canvasFile(8, 8) });
      await test.more();
      await test.session.open({
        kind: 'file',
        file: await canvasFile(8, 8, 'image/png', 'rgb(0, 0, 99)'),
      });
      await test.more();
      expect(test.results.at(-1)?.detections[0]?.class).to.equal('0,0,99');
    });
  });
});
