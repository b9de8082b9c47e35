/**
 * Serves a built folder over HTTP or HTTPS with the headers that Sightline
 * needs. Files are sirv's work; this adds the policy around it.
 */
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import sirv from 'sirv';
import { cacheControl, contentType, securityHeaders } from './headers.js';

/**
 * @typedef {object} ServerOptions
 * @property {string} dir Folder to serve.
 * @property {number} port TCP port; 0 takes any free one.
 * @property {string} [host] Address to listen on; default `localhost`, that is this machine only.
 * @property {string} [base] Path under which the app appears, e.g. `/apps/sightline/`; default `/`.
 * @property {{ key: string, cert: string }} [tls] PEM; with it the server speaks HTTPS.
 */

/**
 * @typedef {object} RunningServer
 * @property {string} url Address of the app on this machine, with a trailing slash.
 * @property {number} port
 * @property {() => Promise<void>} close Ends open connections, too.
 */

/**
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 */
export async function startServer({ dir, port, host = 'localhost', base = '/', tls }) {
  const basePath = normalizeBase(base);
  const handler = createHandler(dir, basePath);
  const server = tls === undefined ? createHttpServer(handler) : createHttpsServer(tls, handler);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(undefined);
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://localhost:${address.port}${basePath}`,
    port: address.port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * @param {string} base
 * @returns {string} With exactly one slash at both ends.
 */
function normalizeBase(base) {
  const inner = base.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/**
 * @param {string} dir
 * @param {string} basePath
 * @returns {import('node:http').RequestListener}
 */
function createHandler(dir, basePath) {
  const serveFile = sirv(dir, {
    // Looks at the disk for each request, so that a rebuild needs no restart.
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    extensions: ['html'],
    setHeaders: (response, pathname) => {
      const type = contentType(pathname);
      if (type !== undefined) response.setHeader('Content-Type', type);
    },
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'Only GET and HEAD are possible here.');
      return;
    }
    const url = request.url ?? '/';
    const [pathname = '/', query] = url.split('?', 2);
    if (!pathname.startsWith(basePath)) {
      if (`${pathname}/` === basePath || pathname === '/') {
        response.setHeader('Location', query === undefined ? basePath : `${basePath}?${query}`);
        sendText(response, 302, `Sightline is at ${basePath}`);
      } else {
        sendNotFound(request, response, basePath);
      }
      return;
    }
    request.url = `/${url.slice(basePath.length)}`;
    keepSaneRange(request);
    response.setHeader('Cache-Control', cacheControl(`/${pathname.slice(basePath.length)}`));
    response.setHeader('Accept-Ranges', 'bytes');
    serveFile(request, response, () => {
      sendNotFound(request, response, basePath);
    });
  };
}

/**
 * Leaves only ranges that sirv understands (`first-` and `first-last`); others
 * may be ignored by the standard, and the whole file is a right answer. A part
 * is always a part of the uncompressed file.
 *
 * @param {import('node:http').IncomingMessage} request
 */
function keepSaneRange(request) {
  const range = request.headers.range;
  if (range === undefined) return;
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const isSane =
    first !== '' && (last === '' || (Number(last) > 0 && Number(last) >= Number(first)));
  if (isSane) delete request.headers['accept-encoding'];
  else delete request.headers.range;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} basePath
 */
function sendNotFound(request, response, basePath) {
  if (request.headers.accept?.includes('text/html') === true) {
    const page =
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title>' +
      `<h1>Not found</h1><p>There is nothing here. <a href="${basePath}">Open Sightline</a></p></html>\n`;
    send(response, 404, 'text/html; charset=utf-8', page);
  } else {
    sendText(response, 404, 'Not found');
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function sendText(response, status, text) {
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} type
 * @param {string} body
 */
function send(response, status, type, body) {
  response.removeHeader('Accept-Ranges');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.statusCode = status;
  response.end(body);
}
