import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { chainTo } from '../../src/domain/learn/chain.js';
import { pointLesson } from '../../src/domain/learn/experiment.js';
import { beginningOf } from '../../src/domain/learn/lesson.js';
import { toExamples } from '../../src/domain/learn/points.js';
import { weightNames } from '../../src/domain/learn/weights.js';
import { figure } from '../../src/i18n/learn-format.js';
import type {} from '../../src/ui/views/sightline-app.js';
import { measure, walk } from '../support/lesson-screen.js';
import { PHONE, useLessons, LessonVisit } from '../support/lessons.js';
import { viewsOf } from '../support/photo-views.js';
import { visit } from '../support/visit.js';

/** Training goes one step a frame, and frames are slow on a busy machine. */
const TRAINED_MS = 120_000;

describe('Lessons on a phone', () => {
  const lessons = useLessons();
  let here: LessonVisit;
  let page: Page;

  before(() => {
    ({ here } = lessons);
    ({ page } = here);
  });

  const train = (): Promise<void> => here.press('Train');

  it('loads without the detector, and nothing of it before it is wanted', async () => {
    await page.getByRole('heading', { name: 'The perceptron' }).waitFor();
    const weights = here.visited.requests.filter((address) =>
      /models\/.*(bin|tflite)/.test(address),
    );
    assert.deepEqual(weights, []);
    const other = await visit(lessons.browser, lessons.site.url, {
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
    // By keyboard alone, from the heading on, which has the focus when a chapter is opened.
    await page.locator('sightline-learn h1').focus();
    const press = async (key: string, times: number): Promise<void> => {
      for (let turn = 0; turn < times; turn++) await page.keyboard.press(key);
    };
    const reach = async (name: string): Promise<void> => {
      const wanted = page.getByRole('slider', { name });
      for (let turn = 0; turn < 30; turn++) {
        if (await wanted.evaluate((element) => element.matches(':focus'))) return;
        await press('Tab', 1);
      }
      assert.fail(`${name} is out of reach`);
    };
    await reach('Bias w zero');
    await press('ArrowLeft', 10);
    await reach('Weight w 1');
    await press('ArrowRight', 32);
    await reach('Weight w 2');
    await press('ArrowRight', 4);
    await here.isSolved();
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
    await here.slide('z', -2);
    await page.getByText('g 0.12 g′ 0.10').waitFor();
    await page.getByRole('button', { name: 'In a network' }).click();
    await page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh');
    await train();
    await here.isSolved(TRAINED_MS);
  });

  it('3: opposite corners need more than one unit', async () => {
    await here.open('layers');
    await here.slide('Hidden units', 4);
    await train();
    await here.isSolved(TRAINED_MS);
    await here.press('Pause');
    await page.getByRole('button', { name: 'As matrices' }).click();
    await page.getByRole('table').first().waitFor();
    const there = await here.step();
    await page.getByRole('button', { name: 'One step back' }).click();
    assert.equal(await here.step(), there - 1);
    await page.getByRole('button', { name: 'Back to the start' }).click();
    assert.equal(await here.step(), 0);
  });

  it('4: finds the sick at a threshold', async () => {
    await here.open('diagnosis');
    await page.getByText('This is a lesson and no medical device', { exact: false }).waitFor();
    await page
      .getByText(/synthetic patients/)
      .first()
      .waitFor();
    await here.press('Learn');
    await train();
    await page.getByText(/^\s*Step [1-9]\d\d/).waitFor({ timeout: TRAINED_MS });
    await here.press('Pause');
    await here.press('Judge');
    for (const threshold of [0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1]) {
      await here.slide('Threshold', threshold);
      if (await page.getByText(/^\s*Solved\./).isVisible()) break;
    }
    await here.isSolved();
  });

  it('5: finds what costs most', async () => {
    await here.open('loss');
    await here.unfold();
    await page.getByText('What costs most').click();
    const row = await page
      .getByRole('rowheader', { name: /^No\. / })
      .first()
      .innerText();
    await here.slide('Example', Number(/\d+/.exec(row)?.[0]) - 1);
    await here.isSolved();
  });

  it('6: gets down into the valley, and is told why too large a rate runs away', async () => {
    await here.open('descent');
    await page.getByRole('button', { name: 'Too large' }).click();
    await train();
    await page
      .getByRole('alert')
      .getByText(/The loss has run away/)
      .waitFor({ timeout: 60_000 });
    await here.press('Right');
    for (let turn = 0; turn < 40; turn++) {
      if (await page.getByText(/^\s*Solved\./).isVisible()) break;
      await page.getByRole('button', { name: 'One step', exact: true }).click();
    }
    await here.isSolved();
  });

  it('7: multiplies the factors of the chain rule', async () => {
    await here.open('backpropagation');
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
    await here.isSolved();
    await here.unfold();
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
    await page.goto(`${lessons.site.url}?view=live&backend=wasm`);
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
    await here.open('head');
    // Where on the crop it lies: all parts together are what the features say together.
    const exhibit = page.getByRole('img', { name: /The example in view.*Most of what speaks for/ });
    await exhibit.waitFor({ timeout: 120_000 });
    assert.equal(await exhibit.locator('rect').count(), 49);
    const { tree, count, terms } = await walk(page);
    assert.match(tree, /math "the probability p of a label equals softmax of z/);
    assert.equal(new Set(terms).size, count, terms.join());
    // With a head in view as without one, the task is on the screen of a phone with its bars.
    await page.setViewportSize({ width: PHONE.width, height: 664 });
    for (const name of ['Where', 'Features', 'Weights']) {
      await here.press(name);
      const fits = { below: true, sideways: 0, smallTargets: [], smallTexts: [] };
      const found = await measure(page);
      assert.deepEqual({ ...found, below: found.below <= 0 }, fits, name);
    }
    await page.setViewportSize(PHONE);
    await page.getByText('All together: z').waitFor();
    await here.press('Features');
    await page.getByText('What spoke most for', { exact: false }).waitFor();
    await silenceLoudest(page);
    await silenceLoudest(page);
    await page.getByText('2 features silenced', { exact: false }).waitFor();
    for (let turn = 0; turn < 20; turn++) {
      if (await page.getByText(/^\s*Solved\./).isVisible()) break;
      await page.getByRole('button', { name: /^Silence the 10 loudest/ }).click();
    }
    await here.isSolved();
  });

  it('8: a link shows the same state of that head', async () => {
    const { visited } = here;
    const before = await here.settled();
    await here.slide('Picture', 5);
    await silenceLoudest(page);
    await silenceLoudest(page);
    await here.press('Next term');
    const link = await here.link();
    const wanted = await here.settled();
    assert.notEqual(wanted, before);
    assert.match(link, /example=5/);
    assert.match(link, /muted=\d+,\d+/);
    assert.match(link, /show=features/);
    // On the device that has the head, in another tab.
    const tab = new LessonVisit(
      { ...visited, page: await visited.context.newPage() },
      lessons.site,
    );
    await tab.follow(link);
    await tab.showsSame(wanted, 60_000);
    await tab.page.close();
    // Whoever has none is told so, and what to do.
    const stranger = await lessons.newcomer();
    await stranger.follow(link);
    await stranger.page
      .getByText('You have not taught it anything yet', { exact: false })
      .waitFor();
    await stranger.visited.close();
  });

  it('9: knows what comes out of the last layer', async () => {
    await here.open('uses');
    await page.getByLabel('Object detection').selectOption('boxes');
    await page.getByLabel('Image alteration').selectOption('picture');
    await page.getByLabel('Clinical diagnosis').selectOption('probability');
    await here.isSolved();
    await page.getByRole('button', { name: 'To the patients' }).click();
    await page.getByRole('heading', { name: /heart disease/ }).waitFor();
    await page.getByRole('button', { name: /^All chapters/ }).click();
    assert.equal(await page.getByText('solved', { exact: true }).count(), 9);
    // The other two lead to the working part as well, and not only to its neighbourhood.
    await here.open('uses', 'backend=wasm');
    await page.getByRole('button', { name: 'Hide a face' }).click();
    await page.getByRole('heading', { name: 'Keep no faces' }).waitFor();
    await page.getByRole('button', { name: 'Try the demo' }).first().click();
    await page.getByRole('radio', { name: /^Pixelate/ }).check();
    await page.getByRole('button', { name: /^People pixelated/ }).waitFor();
    await here.open('uses', 'source=demo&backend=wasm');
    await page.getByRole('button', { name: 'See it at work' }).click();
    await page.getByRole('button', { name: /\d fps/ }).waitFor();
  });

  it('comes back to the very step that a link names, and says what it did not understand', async () => {
    const { experiment } = pointLesson({ ...beginningOf('layers'), networkShape: [3], seed: 4 });
    experiment.goTo(60);
    await here.open('layers', 'networkShape=3&seed=4&step=60&activation=swish');
    await page.getByText(`J = ${figure(experiment.now.loss)}`).waitFor();
    assert.equal(await here.step(), 60);
    await page.getByText('does not exist (activation)', { exact: false }).waitFor();
    here.visited.assertClean();
  });
});

/** Silences the first feature that is still heard. */
async function silenceLoudest(page: Page): Promise<void> {
  const features = page.getByRole('checkbox', { name: /^Silence / });
  // Not `check`: the next feature takes its place, and is not silenced yet.
  await features.and(page.locator(':not(:checked)')).first().click();
  assert.equal(await features.first().isChecked(), false);
}
