import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAPTERS, type Chapter } from '../../src/domain/learn/lesson.js';
import { useLessons, type LessonVisit } from '../support/lessons.js';

describe('A link to a lesson', () => {
  const lessons = useLessons();
  let pupil: LessonVisit | undefined;

  /** What a teacher does in each chapter before the link is copied. */
  const states: Readonly<Record<Exclude<Chapter, 'head'>, (lesson: LessonVisit) => Promise<void>>> =
    {
      perceptron: async (lesson) => {
        await lesson.slide('Weight w 1', 0.85);
        await lesson.unfold();
        await lesson.slide('Example', 12);
        await lesson.choose('Activation', 'tanh');
        await lesson.page.getByRole('button', { name: /^Seed 1/ }).click();
        await lesson.press('Next term');
        await lesson.press('Next term');
      },
      activation: async (lesson) => {
        await lesson.slide('z', -1.3);
        await lesson.press('In a network');
        await lesson.choose('Activation', 'relu');
        for (let step = 0; step < 5; step++) await lesson.press('One step');
      },
      layers: async (lesson) => {
        await lesson.press('As matrices');
        await lesson.slide('Hidden units', 3);
        await lesson.unfold();
        await lesson.slide('Unit', 2);
        await lesson.slide('Example', 7);
        for (let step = 0; step < 4; step++) await lesson.press('One step');
      },
      diagnosis: async (lesson) => {
        await lesson.choose('Foretell', 'exang');
        await lesson.choose('No means', 'yes');
        await lesson.press('Learn');
        for (let step = 0; step < 6; step++) await lesson.press('One step');
        await lesson.unfold();
        await lesson.slide('Learns from', 55);
        for (let step = 0; step < 3; step++) await lesson.press('One step');
        await lesson.press('Judge');
        await lesson.slide('Threshold', 0.37);
      },
      loss: async (lesson) => {
        await lesson.press('Squared error');
        await lesson.slide('Example', 31);
        await lesson.unfold();
        await lesson.slide('w 1', -0.75);
      },
      descent: async (lesson) => {
        await lesson.press('Right');
        await lesson.unfold();
        await lesson.choose('Update', 'momentum');
        await lesson.choose('Examples per step', '10');
        for (let step = 0; step < 8; step++) await lesson.press('One step');
        await lesson.press('Line by line');
      },
      backpropagation: async (lesson) => {
        await lesson.page.getByRole('combobox', { name: 'Weight' }).selectOption({ index: 3 });
        await lesson.unfold();
        await lesson.slide('Example', 9);
        await lesson.slide(/^w/, 0.45);
        await lesson.page.getByLabel('your product').fill('0.5');
        await lesson.press('Next term');
      },
      uses: async (lesson) => {
        await lesson.page.getByLabel('Object detection').selectOption('boxes');
        await lesson.page.getByLabel('Clinical diagnosis').selectOption('picture');
        await lesson.press('Next term');
      },
    };

  for (const chapter of CHAPTERS) {
    // Whose head it is, is on their device alone: see learn.test.ts.
    if (chapter === 'head') continue;
    it(`to a state of “${chapter}” shows the same numbers to somebody else`, async () => {
      const teacher = lessons.here;
      await teacher.open(chapter);
      const before = await teacher.shown();
      await states[chapter](teacher);
      const link = await teacher.link();
      const wanted = await teacher.settled();
      assert.notEqual(wanted, before);
      assert.doesNotMatch(link, /#/);
      pupil ??= await lessons.newcomer();
      await pupil.follow(link);
      await pupil.showsSame(wanted);
      teacher.visited.assertClean();
      pupil.visited.assertClean();
    });
  }

  it('that is copied while it trains names the step that is seen', async () => {
    const { here } = lessons;
    await here.open('layers');
    await here.press('Train');
    await here.page.getByText(/Step [1-9]\d/).waitFor();
    const link = await here.link();
    assert.equal(new URL(link).searchParams.get('step'), String(await here.step()));
  });
});
