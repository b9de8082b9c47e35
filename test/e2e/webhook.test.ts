import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { WebhookMessage } from '../../src/domain/watch/webhook.js';
import { makeFakeCamera } from '../../tools/fake-camera.js';
import { root } from '../../tools/root.js';
import { openApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';
import { startProgram, startSiteWithHook, type HookServer } from '../support/hook-server.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const QUERY = 'view=watch&source=camera&backend=wasm&detail=off';

function messages({ posted }: HookServer): WebhookMessage[] {
  return posted.map((body) => JSON.parse(body) as WebhookMessage);
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('Telling another program', () => {
  let folder: string;
  let browser: Browser;
  const servers: HookServer[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-webhook-'));
    const mjpeg = join(folder, 'camera.mjpeg');
    await makeFakeCamera(mjpeg, [
      { photo: join(root, 'test/fixtures/grace_hopper.jpg'), frames: 1 },
    ]);
    browser = await launchChromium({ gpu: 'none', camera: { mjpeg } });
  });

  after(async () => {
    await browser.close();
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true });
  });

  async function started(server: Promise<HookServer>): Promise<HookServer> {
    const running = await server;
    servers.push(running);
    return running;
  }

  /** A zone over the middle of the picture, and the field for the address of its alert. */
  async function addZone(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Add a zone' }).click();
    await page.locator('summary', { hasText: 'More' }).click();
    await page.getByLabel('Where a thing is').selectOption({ label: 'Its middle' });
    await page.getByLabel('Something enters').check();
    await page.getByLabel('Another program (webhook)').check();
  }

  it('is refused elsewhere, waits while nobody answers, and survives a reload', async () => {
    const server = await started(startSiteWithHook());
    const app = await openApp(browser, server.url, QUERY, { context: PHONE });
    const { page } = app;
    await app.frames(3);
    await addZone(page);
    const address = page.getByLabel('Its address');
    await address.fill('https://elsewhere.example/hook');
    await address.press('Tab');
    await page.getByText('https://elsewhere.example: This copy of Sightline may send').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Try it' }).isDisabled());

    server.status = 503;
    await address.fill('/hook');
    await address.press('Tab');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('The program answered “503”. It is tried again by itself.').waitFor();
    await page.getByText(/\d waiting to be sent/).waitFor();
    const [first] = messages(server);
    assert.equal(first?.test, true);

    await page.reload();
    server.status = 200;
    const isTaken = (): boolean => messages(server).filter(({ id }) => id === first.id).length >= 2;
    await until(isTaken, 'what waited is sent after the reload');
    const isTold = (): boolean => messages(server).some(({ test }) => test !== true);
    await until(isTold, 'the rule itself is told');
    const fired = messages(server).find(({ test }) => test !== true);
    assert.deepEqual(
      [fired?.type, fired?.reason, fired?.label, fired?.place],
      ['rule-fired', 'zone-entered', 'person', 'Zone 1'],
    );
    assert.ok(Math.abs(Date.parse(fired?.time ?? '') - Date.now()) < 120_000);
    const known = ['type', 'id', 'time', 'rule', 'reason', 'place', 'label', 'trackId', 'score'];
    assert.deepEqual(Object.keys(fired ?? {}), [...known, 'count'], 'and nothing else');
    await app.close();
  });

  it('reaches the one other address that the host has allowed', async () => {
    const program = await started(startProgram());
    const { origin } = new URL(program.url);
    const server = await started(startSiteWithHook(origin));
    const app = await openApp(browser, server.url, QUERY, { context: PHONE });
    const { page } = app;
    await app.frames(3);
    await addZone(page);
    const address = page.getByLabel('Its address');
    await address.fill(`${origin}/any/hook`);
    await address.press('Tab');
    program.status = 410;
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('The program answered “410”. It was let go.').waitFor();
    program.status = 204;
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText(/Last taken at/).waitFor();
    assert.equal(await page.getByText(/waiting to be sent/).count(), 0);
    assert.ok(messages(program).length >= 2);
    assert.deepEqual(server.posted, []);
    await app.close();
  });
});
