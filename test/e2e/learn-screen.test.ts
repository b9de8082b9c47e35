import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { CHAPTERS, type Chapter } from '../../src/domain/learn/lesson.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';
import { visit } from '../support/visit.js';

/** A phone of 390 × 844 points: what its browser's bars leave, most and least of the time. */
const HEIGHTS = [664, 740];
const WIDTH = 390;
/** Points. */
const SMALLEST_TARGET = 44;
const SMALLEST_TEXT = 16;

/** The pages of each chapter, and a state in which there is most to see. */
const PAGES: Readonly<Record<Chapter, readonly string[]>> = {
  perceptron: [''],
  activation: ['', 'show=network&step=30'],
  layers: ['networkShape=4&step=40', 'show=graph&networkShape=8', 'show=matrix&networkShape=8'],
  diagnosis: ['', 'show=train&step=60', 'show=judge&step=60', 'show=check&step=60'],
  loss: ['', 'loss=squared-error&example=12'],
  descent: ['step=12&learningRate=0.1', 'show=lines&step=12&learningRate=0.1'],
  backpropagation: ['', 'show=forward&term=loss', 'answer=1'],
  head: [''],
  uses: ['', 'answer=boxes,picture,boxes'],
};

/** What of a page is too low, too small or too wide. */
interface Measured {
  /** By how much the task ends above (less than 0) or below the end of the screen. */
  readonly below: number;
  readonly sideways: number;
  readonly smallTargets: readonly string[];
  readonly smallTexts: readonly string[];
}

function measure(page: Page): Promise<Measured> {
  const limits = { target: SMALLEST_TARGET, text: SMALLEST_TEXT };
  return page.locator('sightline-learn main').evaluate((main, { target, text }) => {
    const chapter = main.lastElementChild?.shadowRoot;
    const lesson = main.getRootNode() as ShadowRoot;
    const formulas = [...(chapter?.querySelectorAll('sightline-formula') ?? [])];
    const roots = [lesson, chapter, ...formulas.map((formula) => formula.shadowRoot)];
    const all = roots.flatMap((root) => [...(root?.querySelectorAll('*') ?? [])]);
    const isShown = (element: Element): boolean =>
      element.checkVisibility() && element.closest('.visually-hidden, svg, math') === null;
    const nameOf = (element: Element): string =>
      `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`;
    const controls = all.filter(
      (element) => isShown(element) && element.matches('button, select, input, summary, .file'),
    );
    const texts = all.filter(
      (element) =>
        isShown(element) &&
        [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
        ),
    );
    const end = main.getBoundingClientRect().bottom;
    const task = chapter?.querySelector('.task')?.getBoundingClientRect().bottom ?? Infinity;
    return {
      below: Math.round(task - end),
      sideways: main.scrollWidth - main.clientWidth,
      smallTargets: controls
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return Math.min(box.width, box.height) < target - 0.5;
        })
        .map(nameOf),
      smallTexts: texts
        .filter((element) => parseFloat(getComputedStyle(element).fontSize) < text)
        .map(nameOf),
    };
  }, limits);
}

describe('The lessons on the screen of a phone', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
    const viewport = { width: WIDTH, height: HEIGHTS[0] ?? 0 };
    ({ page } = await visit(browser, `${site.url}?view=learn`, {
      context: { viewport, reducedMotion: 'reduce' },
    }));
  });

  after(async () => {
    await browser.close();
    await site.close();
  });

  for (const chapter of CHAPTERS) {
    it(`${chapter}: picture, formula, controls and task are in view at once`, async (test) => {
      for (const query of PAGES[chapter]) {
        await page.goto(`${site.url}?view=learn&chapter=${chapter}&${query}`);
        await page.getByRole('region', { name: 'Try it yourself' }).waitFor();
        const step = /step=(\d+)/.exec(query)?.[1];
        if (chapter !== 'diagnosis' && step !== undefined) {
          await page.getByText(`Step ${step}`).first().waitFor();
        }
        for (const height of HEIGHTS) {
          await page.setViewportSize({ width: WIDTH, height });
          const found = await measure(page);
          const where = `${chapter} ${query} at ${height}`;
          test.diagnostic(`${where}: the task ends ${-found.below} points above the end`);
          assert.ok(found.below <= 0, `${where}: ${found.below} points below the screen`);
          assert.equal(found.sideways, 0, where);
          assert.deepEqual(found.smallTargets, [], where);
          assert.deepEqual(found.smallTexts, [], where);
        }
      }
    });
  }

  it('says every formula in words, and lights its terms one after the other', async () => {
    for (const chapter of CHAPTERS) {
      for (const query of PAGES[chapter]) {
        // Without a head there is nothing to put into a formula.
        if (chapter === 'head') continue;
        const address = query.replace('&term=loss', '');
        await page.goto(`${site.url}?view=learn&chapter=${chapter}&${address}`);
        const tree = await page.locator('sightline-formula').ariaSnapshot();
        assert.match(tree, /math "[a-zA-Z][^"]{10,}"/, `${chapter} ${query}: ${tree}`);
        const walk = page.getByRole('group', { name: 'Through the formula' });
        const count = Number(/1\/(\d)/.exec(await walk.innerText())?.[1]);
        assert.ok(count >= 3, `${chapter} ${query} has ${count} terms`);
        const lit = (): Promise<string | null> => page.locator('munder.lit').textContent();
        const seen = new Set<string>();
        for (let term = 1; term <= count; term++) {
          await walk.getByText(`${term}/${count}`).waitFor();
          seen.add(`${String(await lit())} ${await walk.innerText()}`);
          await walk.getByRole('button', { name: 'Next term' }).click();
        }
        assert.equal(seen.size, count, `${chapter} ${query}: each term says something else`);
      }
    }
  });
});
