import { createServer, request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';

/** Everything that a browser sends to anybody, whoever in it does so. */
export interface RecordingProxy {
  /** For Chromium's command line. */
  readonly args: readonly string[];
  /** `METHOD address` of each request, in order; a tunnel counts as `CONNECT host:port`. */
  readonly seen: readonly string[];
  /** Of every request that had a body: what was sent, in bytes. */
  readonly sentBytes: () => number;
  readonly close: () => Promise<void>;
}

/** An HTTP proxy on this machine, for the loopback as well; it opens no tunnels. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const seen: string[] = [];
  let sentBytes = 0;
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    seen.push(`${method} ${url}`);
    const { hostname } = new URL(url);
    if (hostname !== 'localhost') {
      outgoing.writeHead(502).end();
      return;
    }
    const onward = httpRequest(url, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.on('data', (chunk: Buffer) => {
      sentBytes += chunk.length;
    });
    incoming.pipe(onward);
  });
  server.on('connect', ({ url }: { url?: string }, socket: Duplex) => {
    seen.push(`CONNECT ${url ?? ''}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    args: [
      `--proxy-server=http://127.0.0.1:${address.port}`,
      // Without this the loopback goes past every proxy.
      '--proxy-bypass-list=<-loopback>',
    ],
    seen,
    sentBytes: () => sentBytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
