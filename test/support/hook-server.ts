import { createServer, request as httpRequest } from 'node:http';
import { distDir } from '../../tools/root.js';
import { startServer } from '../../tools/server.js';

/** What was posted, and how the next one is answered. */
export interface HookServer {
  /** Of the app, or of the program where none is served. */
  readonly url: string;
  /** Every body that was posted, in order, also those that were turned away. */
  readonly posted: readonly string[];
  /** HTTP status of the next answers; `0` breaks the connection. */
  status: number;
  readonly close: () => Promise<void>;
}

/** A program that takes messages, on an origin of its own. */
export function startProgram(): Promise<HookServer> {
  return start(undefined);
}

/**
 * The built site whose host also takes messages at `/hook`.
 *
 * @param allowed Origin that the host has added to the policy, as its build would.
 */
export async function startSiteWithHook(allowed?: string): Promise<HookServer> {
  const { port, close } = await startServer({ dir: distDir, port: 0 });
  return start({ port, close, allowed });
}

async function start(
  site: { port: number; close: () => Promise<void>; allowed: string | undefined } | undefined,
): Promise<HookServer> {
  const posted: string[] = [];
  const outer = createServer((incoming, outgoing) => {
    const { method, headers, url: path = '/' } = incoming;
    if (method === 'OPTIONS' || method === 'POST') {
      let body = '';
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      incoming.on('end', () => {
        if (method === 'POST') posted.push(body);
        if (method === 'POST' && server.status === 0) incoming.socket.destroy();
        else {
          const cors = {
            'Access-Control-Allow-Origin': '*',
            'Access-Control-Allow-Headers': 'content-type',
          };
          outgoing.writeHead(method === 'POST' ? server.status : 204, cors).end();
        }
      });
      return;
    }
    if (site === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    // The page is changed on its way, so it must not be packed.
    const plain = { ...headers, 'accept-encoding': 'identity' };
    const onward = httpRequest({
      port: site.port,
      host: 'localhost',
      path,
      method,
      headers: plain,
    });
    onward.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (chunk: Buffer) => parts.push(chunk));
      response.on('end', () => {
        const others = { ...response.headers };
        delete others['content-length'];
        const change = (text: string): string =>
          site.allowed === undefined
            ? text
            : text.replaceAll("connect-src 'self'", `connect-src 'self' ${site.allowed}`);
        const policy = others['content-security-policy'];
        const isPage = others['content-type']?.startsWith('text/html') === true;
        const body = Buffer.concat(parts);
        outgoing.writeHead(response.statusCode ?? 500, {
          ...others,
          ...(policy === undefined ? {} : { 'content-security-policy': change(String(policy)) }),
        });
        outgoing.end(isPage ? change(body.toString()) : body);
      });
    });
    onward.on('error', () => incoming.socket.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => outer.listen(0, 'localhost', resolve));
  const address = outer.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const server: HookServer = {
    url: `http://localhost:${String(address.port)}/`,
    posted,
    status: 200,
    close: async () => {
      const closed = new Promise((resolve) => outer.close(resolve));
      outer.closeAllConnections();
      await Promise.all([closed, site?.close()]);
    },
  };
  return server;
}
