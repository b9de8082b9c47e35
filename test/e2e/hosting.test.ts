import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import getPort from 'get-port';
import type { Browser } from 'playwright-core';
import { securityHeaders } from '../../tools/headers.js';
import { distDir, root } from '../../tools/root.js';
import { startServer, type RunningServer } from '../../tools/server.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import {
  firstLabels,
  siteFiles,
  storedWhole,
  temporaryFolder,
  type Folder,
} from '../support/offline.js';

/** What every recipe has to send as our own server does. */
const COMPARED = [...Object.keys(securityHeaders), 'Cache-Control', 'Content-Type'];

interface Recipe {
  readonly name: string;
  readonly command: string;
  /** Its configuration, changed only where it lies and listens. @returns The arguments. */
  readonly prepare: (folder: string, dir: string, port: number) => Promise<readonly string[]>;
  readonly environment?: (dir: string, port: number) => Record<string, string>;
}

const recipes: readonly Recipe[] = [
  {
    name: 'nginx',
    command: 'nginx',
    prepare: async (folder, dir, port) => {
      const text = await readFile(join(root, 'hosting/nginx.conf'), 'utf8');
      await writeFile(
        join(folder, 'sightline.conf'),
        text.replace('listen 8080;', `listen ${port};`).replace('/srv/sightline', dir),
      );
      await writeFile(
        join(folder, 'nginx.conf'),
        [
          'daemon off;',
          `pid ${folder}/pid;`,
          'error_log stderr;',
          // As an administrator it would change to a user who may not read the folder.
          process.getuid?.() === 0 ? 'user root;' : '',
          'events {}',
          'http {',
          'access_log off;',
          ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
            (name) => `${name}_temp_path ${folder}/${name};`,
          ),
          `include ${folder}/sightline.conf;`,
          '}',
        ].join('\n'),
      );
      return ['-c', join(folder, 'nginx.conf')];
    },
  },
  {
    name: 'Caddy',
    command: 'caddy',
    prepare: () =>
      Promise.resolve([
        'run',
        '--config',
        join(root, 'hosting/Caddyfile'),
        '--adapter',
        'caddyfile',
      ]),
    environment: (dir, port) => ({
      SIGHTLINE_ADDRESS: `https://localhost:${port}`,
      SIGHTLINE_DIR: dir,
    }),
  },
];

describe('Hosting recipes', () => {
  let browser: Browser;
  let ours: RunningServer;

  before(async () => {
    ours = await startServer({ dir: distDir, port: 0 });
    // Caddy's certificate is its own.
    browser = await launchChromium({ gpu: 'none', args: ['--ignore-certificate-errors'] });
  });

  after(async () => {
    await browser.close();
    await ours.close();
  });

  for (const recipe of recipes) {
    it(`${recipe.name} serves the app with the headers of our own server`, async (test) => {
      if (!isInstalled(recipe.command, test)) return;
      const folder = await temporaryFolder();
      const running = await start(recipe, folder);
      try {
        await compareHeaders(running.url);
        const app = await openApp(browser, running.url, 'source=demo&backend=wasm');
        assert.ok((await firstLabels(app.page)).length > 0);
        assert.equal(await app.page.evaluate(() => crossOriginIsolated), true);
        await storedWhole(app.page);
        app.assertClean();
        await app.close();
      } finally {
        await running.stop();
        await folder.remove();
      }
    });
  }

  it('the container file names only files that exist', async () => {
    const text = await readFile(join(root, 'hosting/Containerfile'), 'utf8');
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    assert.ok(copied.length > 3);
    for (const source of copied) {
      if (source !== '.') assert.ok((await readFile(join(root, source))).length > 0);
    }
  });

  it('the Pages workflow runs only commands that the project has', async () => {
    const workflow = await readFile(join(root, '.github/workflows/pages.yml'), 'utf8');
    const text = await readFile(join(root, 'package.json'), 'utf8');
    const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
    const used = [...workflow.matchAll(/npm (?:run )?(test|build)\b/g)].map(
      ([, name = '']) => name,
    );
    assert.deepEqual(used, ['test', 'build']);
    for (const name of used) assert.ok(name in scripts, name);
  });

  async function compareHeaders(url: string): Promise<void> {
    const files = await siteFiles(distDir);
    assert.ok(files.length > 40);
    const paths = ['', ...files.filter((file) => file !== 'build.json')];
    for (const path of paths) {
      const [theirs, own] = await Promise.all([head(url + path), head(ours.url + path)]);
      assert.deepEqual(theirs, own, path);
    }
    const missing = await head(`${url}no/such/file`);
    assert.equal(missing['status'], '404');
    for (const name of Object.keys(securityHeaders)) assert.ok(missing[name], name);
    const part = await request(`${url}demo/demo.webm`, { Range: 'bytes=10-19' });
    assert.equal(part.status, 206);
    assert.equal((await part.arrayBuffer()).byteLength, 10);
    const packed = await request(`${url}index.html`, { 'Accept-Encoding': 'gzip' });
    assert.equal(packed.headers.get('Content-Encoding'), 'gzip');
  }
});

function isInstalled(command: string, test: TestContext): boolean {
  const found = spawnSync(command, [command === 'caddy' ? 'version' : '-v']).status === 0;
  if (!found) test.skip(`${command} is not installed here`);
  return found;
}

async function start(
  recipe: Recipe,
  folder: Folder,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const port = await getPort();
  const dir = join(folder.path, 'site');
  const home = join(folder.path, 'home');
  await Promise.all([cp(distDir, dir, { recursive: true }), mkdir(home)]);
  const args = await recipe.prepare(folder.path, dir, port);
  const server = spawn(recipe.command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      HOME: home,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
      ...recipe.environment?.(dir, port),
    },
  });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const scheme = recipe.environment === undefined ? 'http' : 'https';
  const url = `${scheme}://localhost:${port}/`;
  await answers(url, server, () => log);
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

async function answers(url: string, server: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null) break;
    const isThere = await request(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it does not answer:\n${log()}`);
}

async function head(url: string): Promise<Record<string, string | null>> {
  const response = await request(url);
  await response.arrayBuffer();
  const headers = COMPARED.map((name) => {
    const value = response.headers.get(name);
    // JSON is UTF-8 whatever is said.
    return [name, value?.replace(/^(application\/json); charset=utf-8$/, '$1') ?? null] as const;
  });
  return { status: String(response.status), ...Object.fromEntries(headers) };
}

/** Like `fetch`, but it trusts a certificate that a server has made itself. */
async function request(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const get = url.startsWith('https') ? httpsGet : httpGet;
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers, rejectUnauthorized: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode: status = 500, headers: received } = incoming;
        const answer = new Headers(received as Record<string, string>);
        resolve(new Response(Buffer.concat(chunks), { status, headers: answer }));
      });
    });
    asked.on('error', reject);
  });
}
