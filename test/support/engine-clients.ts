import { EngineClient } from '../../src/platform/engine-client.js';
import type { EngineClientOptions } from '../../src/platform/engine-client.js';
import { colourWorkerUrl, livingColourWorkers, type ColourWorker } from './colour-worker.js';
import { until } from './promises.js';

/** Ways to create clients that end with their test. */
export interface EngineClients {
  readonly start: (worker?: ColourWorker, options?: EngineClientOptions) => EngineClient;
  /** A client and what it died of. */
  readonly startMortal: (
    worker?: ColourWorker,
    options?: EngineClientOptions,
  ) => { readonly client: EngineClient; readonly deaths: readonly string[] };
}

/** To be called in a `describe`. A test fails if a worker of its clients lives on. */
export function engineClients(): EngineClients {
  let clients: EngineClient[] = [];

  function start(worker?: ColourWorker, options?: EngineClientOptions): EngineClient {
    const client = new EngineClient(colourWorkerUrl(worker), options);
    clients.push(client);
    return client;
  }

  afterEach(async () => {
    for (const client of clients) client.terminate();
    clients = [];
    await until(async () => (await livingColourWorkers()) === 0, 'all workers are gone');
  });

  return {
    start,
    startMortal: (worker, options) => {
      const client = start(worker, options);
      const deaths: string[] = [];
      client.onDeath((cause) => deaths.push(cause.code));
      return { client, deaths };
    },
  };
}
