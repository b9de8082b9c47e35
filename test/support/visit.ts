import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** How a person arrives at a page. */
export interface VisitOptions {
  /** The answer to "may this site use your camera?"; default `granted`. */
  readonly camera?: 'granted' | 'denied';
  /** Screen size, device pixel ratio, colour scheme, reduced motion, offline … */
  readonly context?: BrowserContextOptions;
  /** Runs in the page before any of its scripts, to break something on purpose. */
  readonly sabotage?: () => void;
}

/** One open page with a record of everything that should not happen. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console messages of type error and uncaught exceptions, also from workers. */
  readonly errors: readonly string[];
  /** Addresses outside the site that were asked for. */
  readonly foreignRequests: readonly string[];
  /** All addresses asked for, in order. */
  readonly requests: readonly string[];
  /** Fails if there was an error or a foreign request. */
  readonly assertClean: () => void;
  readonly close: () => Promise<void>;
}

/** Opens an address in a fresh profile. */
export async function visit(
  browser: Browser,
  url: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const { origin } = new URL(url);
  const context = await browser.newContext(options.context);
  // An explicit list also denies whatever is not in it. Insecure origins cannot be granted anything.
  if (isSecure(origin)) {
    await context.grantPermissions(options.camera === 'denied' ? [] : ['camera'], { origin });
  }
  const errors: string[] = [];
  const requests: string[] = [];
  const foreignRequests: string[] = [];
  // On the context, so that popups, workers and service workers count as well.
  context.on('console', (message) => {
    // A page without an icon: Chromium asks for one on its own account.
    const isForIcon = message.location().url.endsWith('/favicon.ico');
    if (message.type() === 'error' && !isForIcon) errors.push(message.text());
  });
  context.on('weberror', (error) => {
    errors.push(String(error.error()));
  });
  context.on('request', (request) => {
    const address = request.url();
    requests.push(address);
    if (/^(https?|wss?):/.test(address) && new URL(address).origin !== origin) {
      foreignRequests.push(address);
    }
  });
  const page = await context.newPage();
  // tsx keeps function names by a helper that functions sent to the page would miss there.
  await page.addInitScript('globalThis.__name = (target) => target;');
  if (options.sabotage !== undefined) await page.addInitScript(options.sabotage);
  await page.goto(url);
  return {
    page,
    context,
    errors,
    requests,
    foreignRequests,
    assertClean: () => {
      assert.deepEqual({ errors, foreignRequests }, { errors: [], foreignRequests: [] });
    },
    close: () => context.close(),
  };
}

function isSecure(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}
