import type { Page } from 'playwright-core';

/** Points. */
const SMALLEST_TARGET = 44;
const SMALLEST_TEXT = 16;

/** What of a page is too low, too small or too wide. */
export interface Measured {
  /** By how much the task ends above (less than 0) or below the end of the screen. */
  readonly below: number;
  readonly sideways: number;
  readonly smallTargets: readonly string[];
  readonly smallTexts: readonly string[];
}

/** Measures the chapter that is shown. */
export function measure(page: Page): Promise<Measured> {
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
      (element) =>
        isShown(element) &&
        element.matches('button, select, input, summary, .file') &&
        // A box in its label is as large as the label.
        !(element.matches('[type=checkbox]') && element.closest('label') !== null),
    );
    const labels = all.filter(
      (element) => isShown(element) && element.matches('label:has([type=checkbox])'),
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
      smallTargets: [...controls, ...labels]
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

/** A formula as it is walked through. */
export interface Walked {
  /** As a screen reader has it. */
  readonly tree: string;
  /** How many terms it says that it has. */
  readonly count: number;
  /** For each of them what is lit, and what is said; 'none' where nothing is. */
  readonly terms: readonly string[];
}

/** Steps through all terms of the formula that is shown, by its button. */
export async function walk(page: Page): Promise<Walked> {
  const formula = page.locator('sightline-formula');
  const tree = await formula.ariaSnapshot();
  const walked = await formula.evaluate(async (element) => {
    const root = element.shadowRoot;
    const group = root?.querySelector('[role=group]');
    const told = (): string => (group?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const [, place = 0, count = 0] = (/(\d)\/(\d)/.exec(told()) ?? []).map(Number);
    const terms: string[] = [];
    for (let turn = 0; turn < count; turn++) {
      const wanted = `${((place - 1 + turn) % count) + 1}/${count}`;
      for (let frame = 0; frame < 300 && !told().includes(wanted); frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      if (!told().includes(wanted)) break;
      const lit = root?.querySelector('munder.lit')?.textContent ?? 'none';
      terms.push(`${lit.trim()}: ${told().replace(wanted, '')}`);
      root?.querySelector<HTMLElement>('[aria-label="Next term"]')?.click();
    }
    return { count, terms };
  });
  return { tree, ...walked };
}
