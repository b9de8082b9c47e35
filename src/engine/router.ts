import { SightlineError } from '../domain/errors.js';
import {
  encodeError,
  PROTOCOL_VERSION,
  type CallTable,
  type RequestOf,
  type ResponseOf,
} from '../protocol/index.js';

/** The worker's end of the line: `self`, or a MessagePort in tests. */
export interface Port<Known extends CallTable<Known>, Notice> {
  postMessage(message: ResponseOf<Known, Notice>): void;
  addEventListener(
    type: 'message',
    listener: (event: MessageEvent<RequestOf<Known>>) => void,
  ): void;
}

/** A call's way back while it is under way. */
export interface ServedCall<Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** What carries out the calls, by name. */
export type CallHandlers<Known extends CallTable<Known>> = {
  readonly [Name in keyof Known]: (
    params: Known[Name]['params'],
    call: ServedCall<Known[Name]['progress']>,
  ) => Promise<Known[Name]['result']>;
};

/**
 * Serves calls over a port: calls in, results, errors and progress out.
 *
 * @param createHandlers Is given the way to say something without being asked.
 * @param lock Name of the Web Lock that the worker holds, for the `hello`.
 */
export function serve<Known extends CallTable<Known>, Notice = never>(
  port: Port<Known, Notice>,
  createHandlers: (notify: (notice: Notice) => void) => CallHandlers<Known>,
  lock: string | undefined,
): void {
  const handlers = createHandlers((notice) => {
    port.postMessage({ type: 'notice', notice });
  });
  const running = new Map<number, AbortController>();

  const answer = async (request: RequestOf<Known> & { type: 'call' }): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const result = await handlerOf(handlers, request)(request.params, {
        signal: controller.signal,
        onProgress: (progress) => {
          port.postMessage({ type: 'progress', id, progress });
        },
      });
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

function handlerOf<Known extends CallTable<Known>>(
  handlers: CallHandlers<Known>,
  request: RequestOf<Known> & { type: 'call' },
): CallHandlers<Known>[keyof Known] {
  // A page of another version may know calls that this worker does not.
  if (Object.hasOwn(handlers, request.name)) return handlers[request.name];
  throw new SightlineError('protocol-mismatch', JSON.stringify(request));
}
