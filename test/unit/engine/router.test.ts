import { expect } from 'chai';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import { engineCalls } from '../../../src/engine/engine-calls.js';
import { serve } from '../../../src/engine/router.js';
import {
  PROTOCOL_VERSION,
  decodeError,
  type Calls,
  type DetectionResult,
  type EngineInfo,
  type EngineNotice,
  type Request,
  type Response,
} from '../../../src/protocol/index.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

/** The page's end of a real engine served over a real channel. */
class Line {
  readonly #port: MessagePort;
  readonly received: Response[] = [];
  #wake: () => void = () => undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Response>) => {
      this.received.push(data);
      this.#wake();
    };
  }

  send(request: Request, transfer: Transferable[] = []): void {
    this.#port.postMessage(request, transfer);
  }

  async answer(id: number): Promise<Response> {
    for (;;) {
      const found = this.received.find(
        (message) => (message.type === 'result' || message.type === 'error') && message.id === id,
      );
      if (found) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

describe('The engine behind a port', function () {
  this.timeout(120_000);

  function connect(): Line {
    const { port1, port2 } = new MessageChannel();
    const line = new Line(port1);
    port2.start();
    serve<Calls, EngineNotice>(
      port2,
      (notify) => engineCalls(new DetectionEngine(notify)),
      'a lock',
    );
    return line;
  }

  it('says hello, loads with progress, detects and frees', async () => {
    const line = connect();
    line.send({ type: 'call', id: 1, name: 'load', params: loadOptions('wasm') });
    const loaded = await line.answer(1);
    expect(line.received[0]).to.deep.equal({
      type: 'hello',
      version: PROTOCOL_VERSION,
      lock: 'a lock',
    });
    expect(loaded).to.have.property('type', 'result');
    expect((loaded as { result: EngineInfo }).result.backend).to.equal('wasm');
    expect(line.received.filter(({ type }) => type === 'progress')).not.to.be.empty;

    const frame = await photograph('chelsea');
    const params = { frame, timestamp: 42, options: detectionOptions() };
    line.send({ type: 'call', id: 2, name: 'detect', params }, [frame]);
    const detected = (await line.answer(2)) as { result: DetectionResult };
    expect(detected.result.detections[0]?.class).to.equal('cat');
    expect(detected.result.frame.timestamp).to.equal(42);

    // What begins as a cat and has learnt nothing finds cats, also when it is not sent again.
    const taught = [
      {
        id: 'c',
        label: 'mine',
        model: 'coco-ssd',
        column: { base: 17, weights: new Float32Array(16_353) },
        verifier: { weights: new Float32Array(91), bias: 50 },
        threshold: 0.5,
        created: 0,
      },
    ];
    const found: (string | undefined)[] = [];
    for (const [id, more] of [{ taught }, undefined, {}].entries()) {
      const again = await photograph('chelsea');
      const options = { ...detectionOptions(), ...more };
      const sameTaught = more === undefined;
      const asked = { frame: again, timestamp: 0, options, sameTaught };
      line.send({ type: 'call', id: 10 + id, name: 'detect', params: asked }, [again]);
      const { result } = (await line.answer(10 + id)) as { result: DetectionResult };
      found.push(result.detections[0]?.class);
    }
    expect(found).to.deep.equal(['mine', 'mine', 'cat']);

    line.send({ type: 'call', id: 3, name: 'dispose', params: undefined });
    expect(await line.answer(3)).to.have.property('type', 'result');
  });

  it('carries errors with their codes', async () => {
    const line = connect();
    const frame = await photograph('chelsea');
    const params = { frame, timestamp: 0, options: detectionOptions() };
    line.send({ type: 'call', id: 1, name: 'detect', params }, [frame]);
    const answer = await line.answer(1);
    if (answer.type !== 'error') throw new Error('an error was expected');
    expect(decodeError(answer.error)).to.have.property('code', 'not-loaded');
  });

  it('aborts a call that is under way', async () => {
    const line = connect();
    line.send({ type: 'call', id: 1, name: 'load', params: loadOptions('wasm') });
    line.send({ type: 'abort', id: 1 });
    const answer = await line.answer(1);
    if (answer.type !== 'error') throw new Error('an error was expected');
    expect(answer.error.code).to.equal('aborted');
  });

  it('refuses calls it does not know', async () => {
    const line = connect();
    line.send({ type: 'call', id: 1, name: 'fly', params: undefined } as unknown as Request);
    const answer = await line.answer(1);
    if (answer.type !== 'error') throw new Error('an error was expected');
    expect(answer.error.code).to.equal('protocol-mismatch');
  });
});
