import { expect } from 'chai';
import type { TaughtClass } from '../../../src/domain/detector-head/taught-class.js';
import type { Calls, LoadProgress, Request } from '../../../src/protocol/index.js';
import { frameThat, livingColourWorkers, loadAs } from '../../support/colour-worker.js';
import { engineClients } from '../../support/engine-clients.js';
import { bitmap } from '../../support/files.js';
import { delay, rejected, rejection, until } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

function taughtClass(label: string): TaughtClass {
  return {
    id: label,
    label,
    model: 'coco-ssd',
    column: { base: 1, weights: Float32Array.of(1) },
    verifier: { weights: Float32Array.of(1), bias: 0 },
    threshold: 0.5,
    created: 0,
  };
}

describe('EngineClient', () => {
  const { start, startMortal } = engineClients();

  describe('calls', () => {
    it('loads, with progress, and detects', async () => {
      const client = start();
      const progress: LoadProgress[] = [];
      const info = await client.load(loadAs('fine'), {
        onProgress: (step) => progress.push(step),
      });
      expect(info.model.name).to.equal('Mean colour');
      expect(progress.map((step) => step.fraction)).to.deep.equal([0.1, 0.5]);
      const result = await client.detect(await bitmap('rgb(10, 20, 30)'), 42, frameThat());
      expect(result.detections[0]?.class).to.equal('10,20,30');
      expect(result.frame).to.deep.equal({ width: 12, height: 8, timestamp: 42 });
      expect((await client.stats()).frames).to.equal(1);
      await client.dispose();
    });

    it('matches answers with calls, in whatever order they come', async () => {
      const client = start();
      const colours = ['1,0,0', '2,0,0', '3,0,0'];
      const answers = await Promise.all(
        colours.map(async (colour, index) =>
          client.detect(
            await bitmap(`rgb(${colour})`),
            index,
            frameThat(index === 0 ? 'late' : undefined),
          ),
        ),
      );
      expect(answers.map((answer) => answer.detections[0]?.class)).to.deep.equal(colours);
      expect(answers.map((answer) => answer.frame.timestamp)).to.deep.equal([0, 1, 2]);
    });

    it('hands frames over instead of copying them', async () => {
      const client = start();
      const frame = await bitmap('red');
      const answer = client.detect(frame, 0, frameThat());
      await answer;
      expect(frame.width).to.equal(0);
      const canvas = new OffscreenCanvas(20, 10);
      canvas.getContext('2d')?.fillRect(0, 0, 20, 10);
      const videoFrame = new VideoFrame(canvas, { timestamp: 0 });
      expect((await client.detect(videoFrame, 0, frameThat())).frame.width).to.equal(20);
      expect(videoFrame.format).to.equal(null);
    });

    it('sends taught classes only when they are others', async () => {
      const { prototype } = Worker;
      const post = Object.getOwnPropertyDescriptor(prototype, 'postMessage')
        ?.value as typeof prototype.postMessage;
      const sent: Calls['detect']['params'][] = [];
      function spy(this: Worker, message: Request, transfer: Transferable[]): void {
        if (message.type === 'call' && message.name === 'detect') sent.push(message.params);
        post.call(this, message, transfer as StructuredSerializeOptions);
      }
      const [mug, fork] = [taughtClass('mug'), taughtClass('fork')];
      await replacing(prototype, 'postMessage', spy as typeof post, async () => {
        const client = start();
        const detect = async (taught?: readonly TaughtClass[], order?: 'fail'): Promise<unknown> =>
          client.detect(await bitmap('red'), 0, { ...frameThat(order), taught });
        await detect([mug]);
        await detect([mug]);
        await detect([mug, fork]);
        await detect();
        await detect([mug]);
        await rejected(detect([mug], 'fail'));
        // Nobody knows how far that came.
        await detect([mug]);
      });
      const labels = sent.map(({ options, sameTaught }) =>
        sameTaught === true ? 'same' : (options.taught ?? []).map(({ label }) => label).join(),
      );
      expect(labels).to.deep.equal(['mug', 'same', 'mug,fork', '', 'mug', 'same', 'mug']);
      expect(sent[1]?.options).not.to.have.property('taught');
    });

    it('rejects with the engine’s own code and detail', async () => {
      const client = start();
      const error = await rejected(client.load(loadAs('fails')));
      expect(error).to.include({ code: 'model-download-failed', detail: 'offline' });
    });

    it('rejects and closes a frame that cannot be sent', async () => {
      const client = start();
      const frame = await bitmap('red');
      frame.close();
      expect(await rejection(client.detect(frame, 0, frameThat()))).to.equal('internal');
      expect((await client.detect(await bitmap('red'), 0, frameThat())).detections).to.have.length(
        1,
      );
    });
  });

  describe('cancelling', () => {
    it('rejects at once and tells the engine', async () => {
      const client = start();
      const abort = new AbortController();
      const loading = client.load(loadAs('slow'), { signal: abort.signal });
      await delay(50);
      abort.abort();
      expect(await rejection(loading)).to.equal('aborted');
      expect((await client.load(loadAs('fine'))).model.id).to.equal('fine');
    });

    it('does not begin what was cancelled before, and closes the frame', async () => {
      const client = start();
      const frame = await bitmap('red');
      const signal = AbortSignal.abort();
      expect(await rejection(client.detect(frame, 0, frameThat(), { signal }))).to.equal('aborted');
      expect(frame.width).to.equal(0);
      expect((await client.stats()).frames).to.equal(0);
    });

    it('cancels while the worker is still starting, and closes the frame', async () => {
      const client = start({ hello: false });
      const frame = await bitmap('red');
      const abort = new AbortController();
      const detecting = client.detect(frame, 0, frameThat(), { signal: abort.signal });
      abort.abort();
      expect(await rejection(detecting)).to.equal('aborted');
      expect(frame.width).to.equal(0);
    });

    it('ignores the answer to a cancelled call', async () => {
      const client = start();
      await client.load(loadAs('fine'));
      const abort = new AbortController();
      const late = client.detect(await bitmap('red'), 0, frameThat('late'), {
        signal: abort.signal,
      });
      await delay(50);
      abort.abort();
      expect(await rejection(late)).to.equal('aborted');
      await delay(400);
      expect((await client.stats()).frames).to.equal(1);
    });
  });

  it('passes notices on', async () => {
    const client = start();
    const kinds: string[] = [];
    const unsubscribe = client.onNotice((notice) => kinds.push(notice.kind));
    await client.load(loadAs('fine'));
    await rejection(client.detect(await bitmap('red'), 0, frameThat('lose')));
    await until(() => kinds.length === 2, 'two notices');
    expect(kinds).to.deep.equal(['device-lost', 'recovered']);
    unsubscribe();
  });

  it('two live on one page without disturbing each other', async () => {
    const one = startMortal();
    const two = startMortal();
    await Promise.all([one.client.load(loadAs('one-fine')), two.client.load(loadAs('two-fine'))]);
    expect(await livingColourWorkers()).to.equal(2);
    await rejection(one.client.detect(await bitmap('red'), 0, frameThat('close')));
    const result = await two.client.detect(await bitmap('rgb(0, 9, 0)'), 0, frameThat());
    expect(result.detections[0]?.class).to.equal('0,9,0');
    expect(one.deaths).to.deep.equal(['engine-died']);
    expect(two.deaths).to.deep.equal([]);
  });
});
