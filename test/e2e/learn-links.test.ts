import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';
import { visit } from '../support/visit.js';

const PHONE = { width: 390, height: 844 };

/** Everything that a chapter says, and every number and shape that it draws. */
function shown(page: Page): Promise<string> {
  return page.locator('sightline-learn main').evaluate((main) => {
    const chapter = main.lastElementChild?.shadowRoot;
    const formulas = [...(chapter?.querySelectorAll('sightline-formula') ?? [])];
    const roots = [chapter, ...formulas.map((formula) => formula.shadowRoot)];
    const texts = roots.map((root) => (root?.textContent ?? '').replace(/\s+/g, ' '));
    const fields = [...(chapter?.querySelectorAll('input, select') ?? [])].map(
      (field) => (field as HTMLInputElement).value,
    );
    const pressed = [...(chapter?.querySelectorAll('[aria-pressed=true]') ?? [])].map(
      (button) => button.textContent,
    );
    const drawn = [...(chapter?.querySelectorAll('path, circle, line') ?? [])].map((shape) =>
      ['d', 'cx', 'cy', 'class', 'stroke-width'].map((name) => shape.getAttribute(name)).join(' '),
    );
    return JSON.stringify({ texts, fields, pressed, drawn }, undefined, 1);
  });
}

describe('A link to a lesson', () => {
  let site: Site;
  let browser: Browser;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
  });

  after(async () => {
    await browser.close();
    await site.close();
  });

  const slide = (page: Page, name: string | RegExp, value: number): Promise<void> =>
    page.getByRole('slider', { name }).first().fill(String(value));
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  const unfold = (page: Page): Promise<void> => page.getByText('More to turn').click();

  /** What a teacher does in each chapter before the link is copied. */
  const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    perceptron: async (page) => {
      await slide(page, 'Weight w 1', 0.85);
      await unfold(page);
      await slide(page, 'Example', 12);
      await page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh');
      await page.getByRole('button', { name: /^Seed 1/ }).click();
      await press(page, 'Next term');
      await press(page, 'Next term');
    },
    activation: async (page) => {
      await slide(page, 'z', -1.3);
      await press(page, 'In a network');
      await page.getByRole('combobox', { name: 'Activation' }).selectOption('relu');
      for (let step = 0; step < 5; step++) await press(page, 'One step');
    },
    layers: async (page) => {
      await press(page, 'As matrices');
      await slide(page, 'Hidden units', 3);
      await unfold(page);
      await slide(page, 'Unit', 2);
      await slide(page, 'Example', 7);
      for (let step = 0; step < 4; step++) await press(page, 'One step');
    },
    diagnosis: async (page) => {
      await page.getByRole('combobox', { name: 'Foretell' }).selectOption('exang');
      await page.getByRole('combobox', { name: 'No means' }).selectOption('yes');
      await press(page, 'Learn');
      for (let step = 0; step < 6; step++) await press(page, 'One step');
      await unfold(page);
      await slide(page, 'Learns from', 55);
      for (let step = 0; step < 3; step++) await press(page, 'One step');
      await press(page, 'Judge');
      await slide(page, 'Threshold', 0.37);
    },
    loss: async (page) => {
      await press(page, 'Squared error');
      await slide(page, 'Example', 31);
      await unfold(page);
      await slide(page, 'w 1', -0.75);
    },
    descent: async (page) => {
      await press(page, 'Right');
      await unfold(page);
      await page.getByRole('combobox', { name: 'Update' }).selectOption('momentum');
      await page.getByRole('combobox', { name: 'Examples per step' }).selectOption('10');
      for (let step = 0; step < 8; step++) await press(page, 'One step');
      await press(page, 'Line by line');
    },
    backpropagation: async (page) => {
      await page.getByRole('combobox', { name: 'Weight' }).selectOption({ index: 3 });
      await unfold(page);
      await slide(page, 'Example', 9);
      await slide(page, /^w/, 0.45);
      await page.getByLabel('your product').fill('0.5');
      await press(page, 'Next term');
    },
    uses: async (page) => {
      await page.getByLabel('Object detection').selectOption('boxes');
      await page.getByLabel('Clinical diagnosis').selectOption('picture');
      await press(page, 'Next term');
    },
  };

  for (const [chapter, act] of Object.entries(states)) {
    it(`to a state of “${chapter}” shows the same numbers to somebody else`, async () => {
      const address = `${site.url}?view=learn&chapter=${chapter}`;
      const context = { viewport: PHONE, reducedMotion: 'reduce' as const };
      const teacher = await visit(browser, address, { context });
      await teacher.page.getByRole('region', { name: 'Try it yourself' }).waitFor();
      const before = await shown(teacher.page);
      await act(teacher.page);
      // The whole task is read from the address: reaching it is what the button does.
      await press(teacher.page, 'Copy a link to this very state');
      const wanted = await settled(teacher.page);
      assert.notEqual(wanted, before);
      const link = teacher.page.url();
      assert.doesNotMatch(link, /#/);
      const pupil = await visit(browser, link, { context });
      await pupil.page.getByRole('region', { name: 'Try it yourself' }).waitFor();
      assert.equal(await settled(pupil.page), wanted, link);
      teacher.assertClean();
      pupil.assertClean();
      await teacher.close();
      await pupil.close();
    });
  }

  it('that is copied while it trains names the step that is seen', async () => {
    const { page, close } = await visit(browser, `${site.url}?view=learn&chapter=layers`, {
      context: { viewport: PHONE },
    });
    await press(page, 'Train');
    await page.getByText(/Step [1-9]\d/).waitFor();
    await press(page, 'Copy a link to this very state');
    const step = /Step (\d+)/.exec(await page.getByText(/Step \d/).innerText())?.[1];
    assert.equal(new URL(page.url()).searchParams.get('step'), step);
    await close();
  });
});

/** What is shown when nothing moves any more. */
async function settled(page: Page): Promise<string> {
  for (let last = await shown(page); ;) {
    await page.waitForTimeout(600);
    const now = await shown(page);
    if (now === last) return now;
    last = now;
  }
}
