import type { Calls, Engine } from '../protocol/index.js';
import type { CallHandlers } from './router.js';

/** An engine as the router calls it. */
export function engineCalls(engine: Engine): CallHandlers<Calls> {
  return {
    load: (options, call) => engine.load(options, call),
    detect: ({ frame, timestamp, options }, call) => engine.detect(frame, timestamp, options, call),
    embed: ({ frame, boxes, maps }, call) => engine.embed(frame, boxes, maps, call),
    anchors: ({ frame }, call) => engine.anchors(frame, call),
    stats: () => engine.stats(),
    dispose: () => engine.dispose().then(() => undefined),
  };
}
