/**
 * Unit tests in a real browser: each file of test/unit/ is a page that loads
 * the sources as they are. `npm test -- --only unit` runs it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromiumArgs, ensureChromium, softwareGpuArgs } from './tools/browser.js';
import { writeModels } from './tools/build/models.js';
import { writeRuntimeFiles } from './tools/build/runtime-files.js';
import { contentType, securityHeaders } from './tools/headers.js';
import { root } from './tools/root.js';
import { countsReporter } from './tools/test/browser-reporter.js';
import { bundleVendors } from './tools/test/vendor.js';

const MINUTE_MS = 60_000;

/** Where tests find what the built site has at the same address. */
const siteDir = '.cache/test-site';
await writeModels(join(root, siteDir, 'models'), () => undefined);
await writeRuntimeFiles(join(root, siteDir, 'engine'));

const vendors = await bundleVendors();

/** @type {readonly (readonly [RegExp, string])[]} Address → folder that has the file. */
const staticFolders = [
  [/^\/(models|engine\/(wasm|litert)-[\d.]+)\//, siteDir],
  // The bundled worker and the chunks it loads, as last built.
  [/^\/engine\//, 'dist'],
  [/^\/(demo|icons|negatives)\//, 'public'],
];

/**
 * Cross-origin isolation as on the real site, for WebAssembly threads, and the
 * site's static files, which must not be transformed on their way.
 *
 * @type {import('@web/dev-server-core').Middleware}
 */
async function likeTheSite(context, next) {
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (name.startsWith('Cross-Origin-')) context.set(name, value);
  }
  const [, folder] = staticFolders.find(([pattern]) => pattern.test(context.path)) ?? [];
  if (folder === undefined) return next();
  const content = await readFile(join(root, folder, context.path)).catch(() => undefined);
  if (content === undefined) return;
  context.type = contentType(context.path) ?? 'application/octet-stream';
  context.body = content;
}

/** Progress bars are for terminals, not for logs. */
const staticLogging = !process.stdout.isTTY;
const countsFile = process.env['SIGHTLINE_TEST_COUNTS'];

/** @type {import('@web/test-runner').TestRunnerConfig} */
const config = {
  rootDir: root,
  files: 'test/unit/**/*.test.ts',
  nodeResolve: true,
  plugins: [
    {
      name: 'vendored-imports',
      resolveImport: ({ source }) => vendors.get(source),
    },
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') }),
  ],
  middleware: [likeTheSite],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: ensureChromium(),
        args: [...chromiumArgs, ...softwareGpuArgs],
      },
    }),
  ],
  // Two pages that compute on the same cores would only disturb each other.
  concurrency: 1,
  concurrentBrowsers: 1,
  testFramework: { config: { ui: 'bdd', timeout: '20000' } },
  browserStartTimeout: MINUTE_MS,
  testsStartTimeout: MINUTE_MS,
  testsFinishTimeout: 10 * MINUTE_MS,
  staticLogging,
  // Lit's reminder that this is its development version, once per file.
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: !staticLogging }),
    ...(countsFile === undefined ? [] : [countsReporter(countsFile)]),
  ],
};

export default config;
