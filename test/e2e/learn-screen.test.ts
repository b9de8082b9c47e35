import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CHAPTERS, type Chapter } from '../../src/domain/learn/lesson.js';
import { measure, walk } from '../support/lesson-screen.js';
import { useLessons } from '../support/lessons.js';

/** A phone of 390 × 844 points: what its browser's bars leave, most and least of the time. */
const HEIGHTS = [664, 740];
const WIDTH = 390;

/** The pages of each chapter, and a state in which there is most to see; the head's are in learn.test.ts. */
const PAGES: Readonly<Record<Chapter, readonly string[]>> = {
  perceptron: [''],
  activation: ['', 'show=network&step=30'],
  layers: ['networkShape=4&step=40', 'show=graph&networkShape=8', 'show=matrix&networkShape=8'],
  diagnosis: ['', 'show=train&step=60', 'show=judge&step=60', 'show=check&step=60'],
  loss: ['', 'loss=squared-error&example=12'],
  descent: ['step=12&learningRate=0.1', 'show=lines&step=12&learningRate=0.1'],
  backpropagation: ['', 'show=forward', 'answer=1'],
  head: [''],
  uses: ['', 'answer=boxes,picture,boxes'],
};

describe('The lessons on the screen of a phone', () => {
  const lessons = useLessons({ width: WIDTH, height: HEIGHTS[0] ?? 0 });

  for (const chapter of CHAPTERS) {
    it(`${chapter}: picture, formula, controls and task are in view at once; its formula is said term by term`, async (test) => {
      const { here } = lessons;
      const { page } = here;
      for (const query of PAGES[chapter]) {
        await here.open(chapter, query);
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
        // Without a head there is nothing to put into a formula.
        if (chapter === 'head') continue;
        const { tree, count, terms } = await walk(page);
        assert.match(tree, /math "[a-zA-Z][^"]{10,}"/, `${chapter} ${query}: ${tree}`);
        assert.ok(count >= 3, `${chapter} ${query} has ${count} terms`);
        assert.equal(new Set(terms).size, count, `each term says something else: ${terms.join()}`);
        assert.ok(!terms.some((term) => term.startsWith('none')), `each is lit: ${terms.join()}`);
      }
    });
  }
});
