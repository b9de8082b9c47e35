import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium, softwareGpuArgs } from '../../tools/browser.js';
import type { ArmSpec } from './arms.js';
import type { InstrumentSite } from './instrument-site.js';
import type { Instrument, Sample } from './page/instrument.js';

/** Which graphics the browser under test has. */
export type Graphics = 'none' | 'software' | 'real';

const GRAPHICS_ARGS: Readonly<Record<Graphics, readonly string[]>> = {
  none: ['--disable-gpu', '--disable-3d-apis'],
  software: softwareGpuArgs,
  // Without a screen Chromium takes a real GPU only through Vulkan.
  real: [
    '--enable-unsafe-webgpu',
    '--enable-features=Vulkan',
    '--use-angle=vulkan',
    '--disable-vulkan-surface',
    '--ignore-gpu-blocklist',
  ],
};

/** Without it the browser would wait for its next garbage collection, up to 20 seconds, to tell its memory. */
const MEMORY_ARGS = ['--enable-blink-features=ForceEagerMeasureMemory'];

/**
 * Starts the one browser of a run. The caller closes it.
 *
 * @param args More command line switches.
 */
export function launchInstrument(
  graphics: Graphics,
  headless = true,
  args: readonly string[] = [],
): Promise<Browser> {
  return chromium.launch({
    executablePath: ensureChromium(),
    headless,
    args: [...chromiumArgs, ...MEMORY_ARGS, ...GRAPHICS_ARGS[graphics], ...args],
  });
}

/** An arm in a page of its own, so that memory, GPU work and gaps are its own, too. */
export interface OpenArm {
  readonly adapter: string;
  show(url: string): Promise<void>;
  sample(withHeartbeat: boolean): Promise<Sample>;
  idleGap(milliseconds: number): Promise<number>;
  memory(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Opens a page in a fresh profile and loads one arm there. */
export async function openArm(
  browser: Browser,
  site: InstrumentSite,
  spec: ArmSpec,
  backend: string,
): Promise<OpenArm> {
  const context = await browser.newContext();
  const page = await context.newPage();
  // tsx keeps function names by a helper that functions sent to the page would miss there.
  await page.addInitScript('globalThis.__name = (target) => target;');
  await page.goto(site.page);
  await page.waitForFunction(() => 'instrument' in globalThis);
  const adapter = await inPage(page, (instrument, args) => instrument.open(...args), [
    spec,
    backend,
    site.urls,
  ] as const);
  return {
    adapter,
    show: (url) => inPage(page, (instrument, address) => instrument.show(address), url),
    sample: (withHeartbeat) =>
      inPage(page, (instrument, heartbeat) => instrument.sample(heartbeat), withHeartbeat),
    idleGap: (milliseconds) =>
      inPage(page, (instrument, duration) => instrument.idleGap(duration), milliseconds),
    memory: () => inPage(page, (instrument) => instrument.memory(), undefined),
    close: async () => {
      await inPage(page, (instrument) => instrument.close(), undefined);
      await context.close();
    },
  };
}

/** Calls the page's instrument. The function travels as text: it can use nothing around it. */
async function inPage<Argument, Result>(
  page: Page,
  call: (instrument: Instrument, argument: Argument) => Promise<Result>,
  argument: Argument,
): Promise<Result> {
  const handle = await page.evaluateHandle<Instrument>('globalThis.instrument');
  try {
    return await handle.evaluate(
      call as (instrument: Instrument, argument: unknown) => Promise<Result>,
      argument,
    );
  } finally {
    await handle.dispose();
  }
}
