import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { allowedOrigins, contentSecurityPolicy, securityHeaders } from '../../../tools/headers.js';
import { startServer, type RunningServer } from '../../../tools/server.js';

const SCRIPT = 'console.log("a script that is long enough");\n'.repeat(20);
const FILM = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256));

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Unlike `fetch`, sends the path as it is and unpacks nothing. */
function get(
  server: RunningServer,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: 'localhost', port: server.port, path, headers, method, agent: false };
    request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, body: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('server', () => {
  let parent: string;
  let site: string;
  let server: RunningServer;

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'sightline-server-'));
    site = join(parent, 'site');
    await mkdir(join(site, 'assets'), { recursive: true });
    await mkdir(join(site, 'engine/wasm-4.22.0'), { recursive: true });
    const files: Record<string, string | Buffer> = {
      '../secret.txt': 'not for you',
      '../site-backup.txt': 'not for you either',
      'index.html': '<!doctype html><title>Site</title>',
      'sightline-detector.js': SCRIPT,
      'assets/main-0a1b2c3d.js': SCRIPT,
      'assets/main-0a1b2c3d.js.br': brotliCompressSync(SCRIPT),
      'assets/main-0a1b2c3d.js.gz': gzipSync(SCRIPT),
      'engine/wasm-4.22.0/kernels.wasm': FILM,
      'demo.mp4': FILM,
      'demo.webm': FILM,
      'demo.mp4.br': brotliCompressSync(FILM),
      'manifest.webmanifest': '{}',
      'module.mjs': SCRIPT,
      'weights-00112233aabb.bin': FILM,
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(site, name), content);
    server = await startServer({ dir: site, port: 0 });
  });

  after(async () => {
    await server.close();
    await rm(parent, { recursive: true, force: true });
  });

  it('serves the page at the root', async () => {
    const { status, headers, body } = await get(server, '/');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.match(body.toString(), /<title>Site/);
    assert.equal(server.url, `http://localhost:${server.port}/`);
  });

  it('sends the security headers with every answer, errors included', async () => {
    for (const [path, method] of [
      ['/', 'GET'],
      ['/assets/main-0a1b2c3d.js', 'GET'],
      ['/missing', 'GET'],
      ['/', 'DELETE'],
    ] as const) {
      const { headers } = await get(server, path, {}, method);
      for (const [name, value] of Object.entries(securityHeaders)) {
        assert.equal(headers[name.toLowerCase()], value, `${name} of ${method} ${path}`);
      }
    }
  });

  it('allows no inline code and no other host', () => {
    const sources = Object.values(contentSecurityPolicy).flat();
    const unsafe = sources.filter((source) => source.includes('unsafe'));
    assert.deepEqual(unsafe, ["'wasm-unsafe-eval'"]);
    for (const source of sources) assert.match(source, /^('.*'|blob:|data:|mediastream:)$/);
    assert.deepEqual(contentSecurityPolicy['default-src'], ["'self'"]);
    assert.deepEqual(contentSecurityPolicy['connect-src'], ["'self'"]);
  });

  it('lets a host allow origins for webhooks, and nothing that is none', () => {
    assert.deepEqual(allowedOrigins(''), []);
    assert.deepEqual(allowedOrigins(' https://hooks.example/in http://localhost:9000 '), [
      'https://hooks.example',
      'http://localhost:9000',
    ]);
    for (const bad of ["'unsafe-inline'", '*', 'hooks.example', 'data:']) {
      assert.throws(() => allowedOrigins(bad), /is no origin/);
    }
  });

  it('names the right types', async () => {
    const types = {
      '/sightline-detector.js': 'text/javascript; charset=utf-8',
      '/module.mjs': 'text/javascript; charset=utf-8',
      '/engine/wasm-4.22.0/kernels.wasm': 'application/wasm',
      '/manifest.webmanifest': 'application/manifest+json; charset=utf-8',
      '/demo.mp4': 'video/mp4',
      '/demo.webm': 'video/webm',
      '/weights-00112233aabb.bin': 'application/octet-stream',
    };
    for (const [path, type] of Object.entries(types)) {
      assert.equal((await get(server, path)).headers['content-type'], type, path);
    }
  });

  it('sends what was compressed beforehand to those who take it', async () => {
    const path = '/assets/main-0a1b2c3d.js';
    const brotli = await get(server, path, { 'accept-encoding': 'gzip, deflate, br' });
    assert.equal(brotli.headers['content-encoding'], 'br');
    assert.equal(brotliDecompressSync(brotli.body).toString(), SCRIPT);
    assert.match(brotli.headers.vary ?? '', /accept-encoding/i);
    assert.equal(brotli.headers['content-type'], 'text/javascript; charset=utf-8');

    const gzip = await get(server, path, { 'accept-encoding': 'gzip' });
    assert.equal(gzip.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(gzip.body).toString(), SCRIPT);

    const plain = await get(server, path);
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(plain.body.toString(), SCRIPT);
  });

  it('lets names with a hash be kept for ever, and nothing else', async () => {
    for (const path of [
      '/assets/main-0a1b2c3d.js',
      '/engine/wasm-4.22.0/kernels.wasm',
      '/weights-00112233aabb.bin',
    ]) {
      const { headers } = await get(server, path);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable', path);
    }
    for (const path of ['/', '/index.html', '/sightline-detector.js', '/manifest.webmanifest']) {
      assert.equal((await get(server, path)).headers['cache-control'], 'no-cache', path);
    }
    assert.equal(
      (await get(server, '/assets/gone-0a1b2c3d.js')).headers['cache-control'],
      'no-store',
    );
  });

  it('answers 304 when the browser has the same already', async () => {
    const { etag } = (await get(server, '/')).headers;
    assert.ok(etag);
    const { status, body } = await get(server, '/', { 'if-none-match': etag });
    assert.equal(status, 304);
    assert.equal(body.length, 0);
  });

  describe('parts of a file', () => {
    it('sends the part that is asked for', async () => {
      const { status, headers, body } = await get(server, '/demo.mp4', { range: 'bytes=10-19' });
      assert.equal(status, 206);
      assert.equal(headers['content-range'], 'bytes 10-19/1000');
      assert.deepEqual(body, FILM.subarray(10, 20));
    });

    it('sends the rest for an open range', async () => {
      const { status, headers, body } = await get(server, '/demo.webm', { range: 'bytes=990-' });
      assert.equal(status, 206);
      assert.equal(headers['content-range'], 'bytes 990-999/1000');
      assert.deepEqual(body, FILM.subarray(990));
    });

    it('never sends a part of the compressed file', async () => {
      const headers = { range: 'bytes=0-9', 'accept-encoding': 'br' };
      const answer = await get(server, '/demo.mp4', headers);
      assert.equal(answer.headers['content-encoding'], undefined);
      assert.deepEqual(answer.body, FILM.subarray(0, 10));
    });

    it('says when the part lies behind the end', async () => {
      const { status, headers } = await get(server, '/demo.mp4', { range: 'bytes=1000-' });
      assert.equal(status, 416);
      assert.equal(headers['content-range'], 'bytes */1000');
    });

    it('answers a range that makes no sense with the whole file', async () => {
      for (const range of [
        'bytes=-5',
        'bytes=9-2',
        'bytes=a-b',
        'lines=1-2',
        'bytes=0-1,5-6',
        '',
      ]) {
        const { status, body } = await get(server, '/demo.mp4', { range });
        assert.equal(status, 200, range);
        assert.equal(body.length, FILM.length, range);
      }
    });
  });

  it('never leaves its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/../site-backup.txt',
      '//etc/passwd',
      '/%00',
      '/%',
      '/%E0%A4%A',
    ]) {
      const { status, body } = await get(server, path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(body.toString(), /not for you|root:/, path);
    }
  });

  it('says "not found" in the way the asker understands', async () => {
    const asText = await get(server, '/nothing.js');
    assert.equal(asText.status, 404);
    assert.equal(asText.headers['content-type'], 'text/plain; charset=utf-8');
    const asPage = await get(server, '/nothing', { accept: 'text/html,*/*' });
    assert.equal(asPage.status, 404);
    assert.equal(asPage.headers['content-type'], 'text/html; charset=utf-8');
    assert.match(asPage.body.toString(), /href="\/"/);
  });

  it('answers HEAD without a body, and refuses to be written to', async () => {
    const head = await get(server, '/demo.mp4', {}, 'HEAD');
    assert.equal(head.status, 200);
    assert.equal(head.headers['content-length'], '1000');
    assert.equal(head.body.length, 0);
    const put = await get(server, '/demo.mp4', {}, 'PUT');
    assert.equal(put.status, 405);
    assert.equal(put.headers.allow, 'GET, HEAD');
  });

  it('follows a rebuild without a restart', async () => {
    const file = join(site, 'later.txt');
    assert.equal((await get(server, '/later.txt')).status, 404);
    await writeFile(file, 'one');
    assert.equal((await get(server, '/later.txt')).body.toString(), 'one');
    await rm(file);
    assert.equal((await get(server, '/later.txt')).status, 404);
  });

  it('can live below any path', async () => {
    const below = await startServer({ dir: site, port: 0, base: 'apps/sightline' });
    try {
      assert.equal(below.url, `http://localhost:${below.port}/apps/sightline/`);
      assert.equal((await get(below, '/apps/sightline/')).status, 200);
      assert.equal((await get(below, '/apps/sightline/demo.mp4')).body.length, FILM.length);
      const root = await get(below, '/?view=teach');
      assert.equal(root.status, 302);
      assert.equal(root.headers.location, '/apps/sightline/?view=teach');
      assert.equal((await get(below, '/apps/sightline')).headers.location, '/apps/sightline/');
      assert.equal((await get(below, '/apps/sightlines/demo.mp4')).status, 404);
      assert.equal((await get(below, '/demo.mp4')).status, 404);
    } finally {
      await below.close();
    }
  });

  it('rejects with EADDRINUSE when the port is taken', async () => {
    await assert.rejects(startServer({ dir: site, port: server.port }), { code: 'EADDRINUSE' });
  });
});
