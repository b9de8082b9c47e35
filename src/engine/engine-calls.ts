import type { Calls, Engine, FrameOptions } from '../protocol/index.js';
import type { CallHandlers } from './router.js';

/** An engine as the router calls it. */
export function engineCalls(engine: Engine): CallHandlers<Calls> {
  let taught: FrameOptions['taught'];
  return {
    load: (options, call) => engine.load(options, call),
    detect: ({ frame, timestamp, options, sameTaught }, call) => {
      if (sameTaught !== true) ({ taught } = options);
      return engine.detect(frame, timestamp, { ...options, taught }, call);
    },
    embed: ({ frame, boxes, maps }, call) => engine.embed(frame, boxes, maps, call),
    anchors: ({ frame }, call) => engine.anchors(frame, call),
    stats: () => engine.stats(),
    dispose: () => engine.dispose().then(() => undefined),
  };
}
