import { createServer, request as httpRequest } from 'node:http';
import { startServer } from '../../tools/server.js';

/** A server of a built site whose connection can be made bad. */
export interface FaultyServer {
  readonly url: string;
  readonly port: number;
  /** Paths that were asked for, in order, since the last `forget()`. */
  readonly asked: string[];
  readonly forget: () => void;
  /** From now on the connection breaks after so many bytes of what matches; `undefined` mends it. */
  fault: { readonly path: RegExp; readonly afterBytes: number } | undefined;
  readonly close: () => Promise<void>;
}

/** Serves a folder with the real server, through a connection that can break. */
export async function startFaultyServer(dir: string, port = 0): Promise<FaultyServer> {
  const inner = await startServer({ dir, port: 0 });
  const asked: string[] = [];
  const outer = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    asked.push(path);
    const { method, headers } = incoming;
    const onward = httpRequest({ port: inner.port, host: 'localhost', path, method, headers });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      const { fault } = server;
      if (fault?.path.test(path) !== true) {
        response.pipe(outgoing);
        return;
      }
      let sent = 0;
      response.on('data', (chunk: Buffer) => {
        const part = chunk.subarray(0, Math.max(0, fault.afterBytes - sent));
        sent += part.length;
        outgoing.write(part);
        if (sent >= fault.afterBytes) incoming.socket.destroy();
      });
      response.on('end', () => outgoing.end());
    });
    onward.on('error', () => incoming.socket.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => outer.listen(port, 'localhost', resolve));
  const address = outer.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const server: FaultyServer = {
    url: `http://localhost:${address.port}/`,
    port: address.port,
    asked,
    forget: () => {
      asked.length = 0;
    },
    fault: undefined,
    close: async () => {
      const closed = new Promise((resolve) => outer.close(resolve));
      outer.closeAllConnections();
      await Promise.all([closed, inner.close()]);
    },
  };
  return server;
}
