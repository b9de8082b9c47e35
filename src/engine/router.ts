import { SightlineError } from '../domain/errors.js';
import {
  encodeError,
  PROTOCOL_VERSION,
  type Engine,
  type EngineNotice,
  type Request,
  type Response,
} from '../protocol/index.js';

/** The worker's end of the line: `self`, or a MessagePort in tests. */
export interface Port {
  postMessage(message: Response): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
}

/**
 * Serves an engine over a port: calls in, results, errors and progress out.
 *
 * @param createEngine Is given the way to say something without being asked.
 * @param lock Name of the Web Lock that the worker holds, for the `hello`.
 */
export function serve(
  port: Port,
  createEngine: (notify: (notice: EngineNotice) => void) => Engine,
  lock: string | undefined,
): void {
  const engine = createEngine((notice) => {
    port.postMessage({ type: 'notice', notice });
  });
  const running = new Map<number, AbortController>();

  const answer = async (request: Request & { type: 'call' }): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const result = await call(engine, request, controller.signal, port);
      port.postMessage({ type: 'result', id, result });
    } catch (thrown) {
      port.postMessage({ type: 'error', id, error: encodeError(thrown) });
    } finally {
      running.delete(id);
    }
  };

  port.addEventListener('message', ({ data }) => {
    if (data.type === 'abort') running.get(data.id)?.abort();
    else void answer(data);
  });
  port.postMessage({ type: 'hello', version: PROTOCOL_VERSION, lock });
}

function call(
  engine: Engine,
  request: Request & { type: 'call' },
  signal: AbortSignal,
  port: Port,
): Promise<(Response & { type: 'result' })['result']> {
  switch (request.name) {
    case 'load':
      return engine.load(request.params, {
        signal,
        onProgress: (progress) => {
          port.postMessage({ type: 'progress', id: request.id, progress });
        },
      });
    case 'detect': {
      const { frame, timestamp, options } = request.params;
      return engine.detect(frame, timestamp, options, { signal });
    }
    case 'embed': {
      const { frame, boxes, maps } = request.params;
      return engine.embed(frame, boxes, maps, { signal });
    }
    case 'stats':
      return engine.stats();
    case 'dispose':
      return engine.dispose().then(() => undefined);
    default:
      // A page of another version may know calls that this engine does not.
      return Promise.reject(new SightlineError('protocol-mismatch', JSON.stringify(request)));
  }
}
