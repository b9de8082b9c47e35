import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Chapter } from '../../src/domain/learn/lesson.js';
import { launchChromium } from './chromium.js';
import { startSite, type Site } from './site.js';
import { visit, type Visit } from './visit.js';

export const PHONE = { width: 390, height: 844 };

/** The built app on a phone that shows lessons, with what a person does there. */
export class LessonVisit {
  readonly visited: Visit;
  readonly #site: Site;

  constructor(visited: Visit, site: Site) {
    this.visited = visited;
    this.#site = site;
  }

  get page(): Page {
    return this.visited.page;
  }

  async open(chapter: Chapter, query = ''): Promise<void> {
    await this.follow(`${this.#site.url}?view=learn&chapter=${chapter}&${query}`);
  }

  /** Opens a link to a lesson. */
  async follow(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole('region', { name: 'Try it yourself' }).waitFor();
  }

  slide(name: string | RegExp, value: number): Promise<void> {
    return this.page.getByRole('slider', { name }).first().fill(String(value));
  }

  press(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  choose(name: string, option: string): Promise<void> {
    return this.page
      .getByRole('combobox', { name })
      .selectOption(option)
      .then(() => undefined);
  }

  unfold(): Promise<void> {
    return this.page.getByText('More to turn').click();
  }

  isSolved(timeout = 10_000): Promise<void> {
    return this.page.getByText(/^\s*Solved\./).waitFor({ timeout });
  }

  /** The step of the training that is shown. */
  async step(): Promise<number> {
    const told = await this.page
      .getByText(/^\s*Step \d/)
      .first()
      .innerText();
    return Number(/Step (\d+)/.exec(told)?.[1]);
  }

  /** The link to this very state, as the button makes it. */
  async link(): Promise<string> {
    await this.press('Copy a link to this very state');
    return this.page.url();
  }

  /** Everything that the chapter says, and every number and shape that it draws. */
  shown(): Promise<string> {
    return this.page.locator('sightline-learn main').evaluate((main) => {
      const chapter = main.lastElementChild?.shadowRoot;
      const formulas = [...(chapter?.querySelectorAll('sightline-formula') ?? [])];
      const roots = [chapter, ...formulas.map((formula) => formula.shadowRoot)];
      const texts = roots.map((root) => (root?.textContent ?? '').replace(/\s+/g, ' '));
      const fields = [...(chapter?.querySelectorAll('input, select') ?? [])].map((field) =>
        [(field as HTMLInputElement).value, (field as HTMLInputElement).checked].join(),
      );
      const pressed = [...(chapter?.querySelectorAll('[aria-pressed=true]') ?? [])].map(
        (button) => button.textContent,
      );
      const shapes = [...(chapter?.querySelectorAll('path, circle, line, rect') ?? [])];
      const drawn = shapes.map((shape) =>
        ['d', 'cx', 'cy', 'class', 'stroke-width', 'fill-opacity']
          .map((name) => shape.getAttribute(name))
          .join(' '),
      );
      return JSON.stringify({ texts, fields, pressed, drawn }, undefined, 1);
    });
  }

  /** The same, when nothing moves any more. */
  async settled(): Promise<string> {
    for (let last = await this.shown(), same = 0; ;) {
      await this.page.waitForTimeout(100);
      const now = await this.shown();
      same = now === last ? same + 1 : 0;
      if (same === 3) return now;
      last = now;
    }
  }

  /** Waits until the same is shown as elsewhere. */
  async showsSame(wanted: string, timeout = 15_000): Promise<void> {
    const end = Date.now() + timeout;
    while ((await this.shown()) !== wanted && Date.now() < end) await this.page.waitForTimeout(100);
    assert.equal(await this.settled(), wanted, this.page.url());
  }
}

/** What the journeys of a file share: the site, a browser, and one visit. */
export interface Lessons {
  readonly browser: Browser;
  readonly site: Site;
  readonly here: LessonVisit;
  /** Somebody else, on a device of their own. */
  readonly newcomer: (viewport?: {
    readonly width: number;
    readonly height: number;
  }) => Promise<LessonVisit>;
}

/** Starts them before the tests of the present `describe`, and ends them afterwards. */
export function useLessons(viewport = PHONE): Lessons {
  let site: Site | undefined;
  let browser: Browser | undefined;
  let here: LessonVisit | undefined;
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('wanted outside of a test');
    return part;
  };
  const lessons: Lessons = {
    get site() {
      return there(site);
    },
    get browser() {
      return there(browser);
    },
    get here() {
      return there(here);
    },
    newcomer: async (size = viewport) => {
      const context = { viewport: size, reducedMotion: 'reduce' as const };
      const visited = await visit(lessons.browser, `${lessons.site.url}?view=learn`, { context });
      return new LessonVisit(visited, lessons.site);
    },
  };
  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
    here = await lessons.newcomer();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });
  return lessons;
}
