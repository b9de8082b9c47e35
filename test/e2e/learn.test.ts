import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { chainTo } from '../../src/domain/learn/chain.js';
import { pointLesson } from '../../src/domain/learn/experiment.js';
import { beginningOf, type Chapter } from '../../src/domain/learn/lesson.js';
import { toExamples } from '../../src/domain/learn/points.js';
import { weightNames } from '../../src/domain/learn/weights.js';
import { figure } from '../../src/i18n/learn-format.js';
import type {} from '../../src/ui/views/sightline-app.js';
import { root } from '../../tools/root.js';
import { launchChromium } from '../support/chromium.js';
import { startSite, type Site } from '../support/site.js';
import { visit, type Visit } from '../support/visit.js';

const PHONE = { width: 390, height: 844 };
/** Training goes one step a frame, and frames are slow on a busy machine. */
const TRAINED_MS = 120_000;

describe('Lessons on a phone', () => {
  let site: Site;
  let browser: Browser;
  let visited: Visit;
  let page: Page;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchChromium({ gpu: 'none' })]);
    visited = await visit(browser, `${site.url}?view=learn`, {
      context: { viewport: PHONE, reducedMotion: 'reduce' },
    });
    ({ page } = visited);
  });

  after(async () => {
    await browser.close();
    await site.close();
  });

  const open = async (chapter: Chapter, query = ''): Promise<void> => {
    await page.goto(`${site.url}?view=learn&chapter=${chapter}&${query}`);
    await page.locator('sightline-learn h1').waitFor();
  };
  const slide = (name: string | RegExp, value: number): Promise<void> =>
    page.getByRole('slider', { name }).first().fill(String(value));
  const train = (): Promise<void> => page.getByRole('button', { name: 'Train' }).click();
  const isSolved = (timeout = 10_000): Promise<void> =>
    page.getByText(/^\s*Solved\./).waitFor({ timeout });
  const step = async (): Promise<number> =>
    Number(
      /Step (\d+)/.exec(
        await page
          .getByText(/^\s*Step \d/)
          .first()
          .innerText(),
      )?.[1],
    );

  it('loads without the detector, and nothing of it before it is wanted', async () => {
    await page.getByRole('heading', { name: 'The perceptron' }).waitFor();
    const weights = visited.requests.filter((address) => /models\/.*(bin|tflite)/.test(address));
    assert.deepEqual(weights, []);
    const other = await visit(browser, site.url, {
      camera: 'denied',
      context: { viewport: PHONE },
    });
    await other.page.getByRole('button', { name: 'How does it work?' }).waitFor();
    const before = other.requests.length;
    await other.page.getByRole('button', { name: 'How does it work?' }).click();
    await other.page.getByRole('heading', { name: 'The perceptron' }).waitFor();
    const fetched = other.requests.slice(before).filter((address) => address.includes('learn'));
    assert.ok(fetched.length > 0, 'the lessons are a chunk of their own');
    await other.page.getByRole('button', { name: 'Leave the lessons' }).click();
    await other.page.getByRole('button', { name: 'Use camera' }).waitFor();
    assert.equal(new URL(other.page.url()).search, '');
    other.assertClean();
    await other.close();
  });

  it('1: moves the weights until the line parts the clouds', async () => {
    await page.getByText('54% on the right side').waitFor();
    await slide('Weight w 1', 1);
    await slide('Weight w 2', 1);
    await slide('Bias w zero', 0);
    await isSolved();
    await page.waitForURL(/weights=1%2C1%2C0|weights=1,1,0/);
    // The formula says in words what its terms do, one after the other.
    const words = page.getByRole('group', { name: 'Through the formula' });
    await words.getByText(/The bias w₀ = 0 is there/).waitFor();
    await words.getByRole('button', { name: 'Next term' }).click();
    await words.getByText(/Input 1 is/).waitFor();
    await page.waitForURL(/term=product-0/);
    await page.getByRole('button', { name: /^Next: / }).click();
    await page.getByRole('heading', { name: 'Activation functions' }).waitFor();
  });

  it('2: a line cannot part a disc from a ring, a bend can', async () => {
    await slide('z', -2);
    await page.getByText('g 0.12 g′ 0.10').waitFor();
    await page.getByRole('button', { name: 'In a network' }).click();
    await page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh');
    await train();
    await isSolved(TRAINED_MS);
  });

  it('3: opposite corners need more than one unit', async () => {
    await open('layers');
    await slide('Hidden units', 4);
    await train();
    await isSolved(TRAINED_MS);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'As matrices' }).click();
    await page.getByRole('table').first().waitFor();
    const there = await step();
    await page.getByRole('button', { name: 'One step back' }).click();
    assert.equal(await step(), there - 1);
    await page.getByRole('button', { name: 'Back to the start' }).click();
    assert.equal(await step(), 0);
  });

  it('4: finds the sick at a threshold', async () => {
    await open('diagnosis');
    await page.getByText('This is a lesson and no medical device', { exact: false }).waitFor();
    await page
      .getByText(/synthetic patients/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Learn', exact: true }).click();
    await train();
    await page.getByText(/^\s*Step [1-9]\d\d/).waitFor({ timeout: TRAINED_MS });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Judge' }).click();
    for (const threshold of [0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1]) {
      await slide('Threshold', threshold);
      if (await page.getByText(/^\s*Solved\./).isVisible()) break;
    }
    await isSolved();
  });

  it('5: finds what costs most', async () => {
    await open('loss');
    await page.getByText('More to turn').click();
    await page.getByText('What costs most').click();
    const row = await page
      .getByRole('rowheader', { name: /^No\. / })
      .first()
      .innerText();
    await slide('Example', Number(/\d+/.exec(row)?.[0]) - 1);
    await isSolved();
  });

  it('6: gets down into the valley, and is told why too large a rate runs away', async () => {
    await open('descent');
    await page.getByRole('button', { name: 'Too large' }).click();
    await train();
    await page
      .getByRole('alert')
      .getByText(/The loss has run away/)
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Right', exact: true }).click();
    for (let turn = 0; turn < 40; turn++) {
      if (await page.getByText(/^\s*Solved\./).isVisible()) break;
      await page.getByRole('button', { name: 'One step', exact: true }).click();
    }
    await isSolved();
  });

  it('7: multiplies the factors of the chain rule', async () => {
    await open('backpropagation');
    const { points, experiment } = pointLesson(beginningOf('backpropagation'));
    const { network, setup } = experiment;
    const [example] = toExamples(points);
    const [weight] = weightNames(network);
    assert.ok(example && weight);
    const { factors } = chainTo(network, example, setup.objective, weight, 0);
    const answer = page.getByLabel('Your product');
    await answer.fill('12');
    await page.getByText('Not yet.', { exact: false }).waitFor();
    // As a person would, from what is written below the factors.
    const product = factors.reduce((all, { value }) => all * Number(value.toPrecision(3)), 1);
    await answer.fill(product.toPrecision(3));
    await isSolved();
    await page.getByText('More to turn').click();
    await page.getByText('Chain rule and finite difference', { exact: false }).click();
    const cell = (name: string): Promise<string> =>
      page
        .getByRole('row', { name: new RegExp(`^${name}`) })
        .getByRole('cell')
        .innerText();
    const [analytic, numeric] = [await cell('Chain rule'), await cell('Finite difference')];
    assert.equal(analytic.slice(0, 8), numeric.slice(0, 8));
  });

  it('8: opens the head that was taught, and silences its loudest features', async () => {
    await page.goto(`${site.url}?view=live&backend=wasm`);
    const pictures = await Promise.all(
      [
        ['chelsea', 'cat'],
        ['coffee', 'cup'],
      ].map(async ([file = '', label = '']) => ({ label, views: await viewsOf(file) })),
    );
    await page.locator('sightline-detector').evaluate(async (element, things) => {
      const { teach } = element as HTMLElementTagNameMap['sightline-detector'];
      const files = things.flatMap(({ label, views }) =>
        views.map((view, index) => {
          const bytes = Uint8Array.from(atob(view), (letter) => letter.charCodeAt(0));
          const file = new File([bytes], `${label} ${index}.png`, { type: 'image/png' });
          return { file, label };
        }),
      );
      await teach.open();
      await teach.addPictures(files);
      await teach.train();
    }, pictures);
    await open('head');
    // Where on the crop it lies: all parts together are what the features say together.
    const exhibit = page.getByRole('img', { name: /The example in view.*Most of what speaks for/ });
    await exhibit.waitFor({ timeout: 120_000 });
    assert.equal(await exhibit.locator('rect').count(), 49);
    // With a head in view as without one, the task is on the screen of a phone with its bars.
    await page.setViewportSize({ width: PHONE.width, height: 664 });
    const lower = await page.locator('sightline-learn main').evaluate((main) => {
      const task = main.lastElementChild?.shadowRoot?.querySelector('.task');
      return (task?.getBoundingClientRect().bottom ?? NaN) - main.getBoundingClientRect().bottom;
    });
    assert.ok(lower <= 0, `the task ends ${lower} points below the screen`);
    await page.setViewportSize(PHONE);
    await page.getByRole('button', { name: 'Weights', exact: true }).click();
    await page.getByText('All together: z').waitFor();
    await page.getByRole('button', { name: 'Features', exact: true }).click();
    await page.getByText('What spoke most for', { exact: false }).waitFor();
    for (let turn = 0; turn < 60; turn++) {
      if (await page.getByText(/^\s*Solved\./).isVisible()) break;
      await loudest(page).check();
    }
    await isSolved();
  });

  it('9: knows what comes out of the last layer', async () => {
    await open('uses');
    await page.getByLabel('Object detection').selectOption('boxes');
    await page.getByLabel('Image alteration').selectOption('picture');
    await page.getByLabel('Clinical diagnosis').selectOption('probability');
    await isSolved();
    await page.getByRole('button', { name: 'To the patients' }).click();
    await page.getByRole('heading', { name: /heart disease/ }).waitFor();
    await page.getByRole('button', { name: /^All chapters/ }).click();
    assert.equal(await page.getByText('solved', { exact: true }).count(), 9);
    // The other two lead to the working part as well, and not only to its neighbourhood.
    await open('uses', 'backend=wasm');
    await page.getByRole('button', { name: 'Hide a face' }).click();
    await page.getByRole('heading', { name: 'Keep no faces' }).waitFor();
    await page.getByRole('button', { name: 'Try the demo' }).first().click();
    await page.getByRole('radio', { name: /^Pixelate/ }).check();
    await page.getByRole('button', { name: /^People pixelated/ }).waitFor();
    await open('uses', 'source=demo&backend=wasm');
    await page.getByRole('button', { name: 'See it at work' }).click();
    await page.getByRole('button', { name: /\d fps/ }).waitFor();
  });

  it('comes back to the very step that a link names, and says what it did not understand', async () => {
    const { experiment } = pointLesson({ ...beginningOf('layers'), networkShape: [3], seed: 4 });
    experiment.goTo(60);
    await open('layers', 'networkShape=3&seed=4&step=60&activation=swish');
    await page.getByText(`J = ${figure(experiment.now.loss)}`).waitFor();
    assert.equal(await step(), 60);
    await page.getByText('does not exist (activation)', { exact: false }).waitFor();
    visited.assertClean();
  });
});

/** The first feature that is still heard. */
function loudest(page: Page): Locator {
  return page
    .getByRole('checkbox', { name: /^Silence / })
    .and(page.locator(':not(:checked)'))
    .first();
}

/** A photograph in a few views, as base64. */
async function viewsOf(name: string): Promise<readonly string[]> {
  const bytes = await readFile(join(root, `test/fixtures/${name}.jpg`));
  const { width, height } = await sharp(bytes).metadata();
  const cuts = [0, 0.05, 0.1, 0.15];
  return Promise.all(
    cuts.map(async (cut, index) => {
      const area = {
        left: Math.round(width * cut),
        top: Math.round(height * cut * 0.5),
        width: Math.round(width * 0.82),
        height: Math.round(height * 0.82),
      };
      const view = sharp(bytes)
        .extract(area)
        .flop(index % 2 === 1);
      return (await view.png().toBuffer()).toString('base64');
    }),
  );
}
