import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { root } from '../../tools/root.js';
import { startInstrumentSite, type ExtraFolders, type InstrumentSite } from './instrument-site.js';

/** A page of our own beside the built site, with one object that is called from outside. */
export interface ToolPage<Tool> {
  /** Root of the site, with a slash at its end. */
  readonly url: string;
  /** Calls the object. The function travels as text: it can use nothing around it. */
  do<Argument, Result>(
    call: (tool: Tool, argument: Argument) => Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  close(): Promise<void>;
}

export interface ToolPageOptions {
  /** Script that sets the object as a global, relative to the repository. */
  readonly script: string;
  /** Name of that global. */
  readonly global: string;
  /** To be served as well. */
  readonly folders?: ExtraFolders;
}

/** Serves the built site with the page beside it, and opens it. The browser is the page's to close. */
export async function openToolPage<Tool>(
  browser: Browser,
  { script, global, folders = {} }: ToolPageOptions,
): Promise<ToolPage<Tool>> {
  const site: InstrumentSite = await startInstrumentSite({
    ...folders,
    '/tool/': await bundlePage(script, global),
  });
  const page = await browser.newPage();
  const close = async (): Promise<void> => {
    await browser.close();
    await site.close();
  };
  try {
    // tsx keeps function names by a helper that functions sent to the page would miss there.
    await page.addInitScript('globalThis.__name = (target) => target;');
    await page.goto(`${site.url}tool/`);
    await page.waitForFunction((name) => name in globalThis, global);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    url: site.url,
    close,
    do: async <Argument, Result>(
      call: (tool: Tool, argument: Argument) => Promise<Result>,
      argument: Argument,
    ): Promise<Result> => {
      const handle = await page.evaluateHandle<Tool>(`globalThis.${global}`);
      try {
        return await handle.evaluate(
          call as (tool: Tool, argument: unknown) => Promise<Result>,
          argument,
        );
      } finally {
        await handle.dispose();
      }
    },
  };
}

async function bundlePage(script: string, global: string): Promise<string> {
  const folder = join(root, '.cache/tools', global);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(root, script)],
    outfile: join(folder, 'tool.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    mainFields: ['module', 'browser', 'main'],
    target: 'es2022',
    logLevel: 'error',
  });
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <link rel="icon" href="data:," />
  <title>${global}</title>
  <script src="/instruments/probe.js"></script>
  <script type="module" src="tool.js"></script>
</html>
`,
  );
  return folder;
}
