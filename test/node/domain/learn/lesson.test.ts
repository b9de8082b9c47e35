import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  beginningOf,
  CHAPTERS,
  LESSON_VIEWS,
  type LessonState,
} from '../../../../src/domain/learn/lesson.js';
import {
  formatLesson,
  parseLesson,
  withoutLesson,
} from '../../../../src/domain/learn/lesson-address.js';
import { DATA_SETS } from '../../../../src/domain/learn/points.js';
import { ACTIVATION_NAMES } from '../../../../src/domain/network/activation.js';
import { OPTIMISER_NAMES } from '../../../../src/domain/network/optimiser.js';

/** Any state that the views can bring about, with numbers as sliders give them. */
const states: fc.Arbitrary<LessonState> = fc
  .record({
    chapter: fc.constantFrom(...CHAPTERS),
    dataset: fc.constantFrom(...DATA_SETS),
    seed: fc.nat(2 ** 32 - 1),
    activation: fc.constantFrom(...ACTIVATION_NAMES),
    optimizer: fc.constantFrom(...OPTIMISER_NAMES),
    networkShape: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 1 }),
    learningRate: fc.constantFrom(0.0001, 0.003, 0.1, 10),
    batchSize: fc.constantFrom(0, 1, 10),
    step: fc.nat(5000),
    weights: fc.array(
      fc.integer({ min: -80, max: 80 }).map((value) => value / 20 + 0),
      { maxLength: 9 },
    ),
    example: fc.nat(79),
    weight: fc.array(fc.nat(8), { minLength: 1, maxLength: 2 }),
    term: fc.constantFrom('', 'product-1', 'answer'),
    show: fc.constantFrom(...LESSON_VIEWS),
    z: fc.integer({ min: -40, max: 40 }).map((value) => value / 10 + 0),
    threshold: fc.integer({ min: 0, max: 100 }).map((value) => value / 100),
    // Names of columns are whatever a person has written there.
    target: fc.string({ maxLength: 80 }),
    no: fc.string({ maxLength: 80 }),
    answer: fc.constantFrom('', '−0.0123', 'boxes,,probability'),
    muted: fc.uniqueArray(fc.nat(1500), { maxLength: 40 }),
  })
  .map((parts) => ({ ...beginningOf(parts.chapter), ...parts }));

describe('The address of a lesson', () => {
  it('brings back every state, and leaves alone what is not of lessons', () => {
    fc.assert(
      fc.property(states, (state) => {
        const query = formatLesson(state, '?view=learn&backend=wasm');
        assert.deepEqual(parseLesson(query), { state, problems: [] });
        assert.equal(withoutLesson(query), '?view=learn&backend=wasm');
      }),
    );
  });

  it('is short where nothing was changed', () => {
    assert.equal(formatLesson(beginningOf('loss')), '?chapter=loss');
    assert.equal(
      formatLesson({ ...beginningOf('layers'), networkShape: [4], step: 120 }),
      '?chapter=layers&networkShape=4&step=120',
    );
  });

  it('understands what the TensorFlow playground writes', () => {
    const { state, problems } = parseLesson(
      '?chapter=descent&activation=tanh&batchSize=10&dataset=circle&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.93579&percTrainData=50&problem=classification',
    );
    // Its seed is a fraction; ours are whole.
    assert.deepEqual(problems, ['seed']);
    assert.deepEqual(state.networkShape, [4, 2]);
    assert.equal(state.activation, 'tanh');
    assert.equal(state.percTrainData, 50);
    assert.equal(state.seed, beginningOf('descent').seed);
  });

  it('names what makes no sense and goes on without it', () => {
    const { state, problems } = parseLesson(
      '?chapter=moon&noise=99&weights=1,two&threshold=&step=-1',
    );
    assert.deepEqual(state, beginningOf('perceptron'));
    assert.deepEqual([...problems].sort(), ['chapter', 'noise', 'step', 'threshold', 'weights']);
  });

  it('never asks a chapter for more layers than it shows', () => {
    assert.deepEqual(
      parseLesson('?chapter=backpropagation&networkShape=8,8').state.networkShape,
      [3],
    );
    assert.deepEqual(parseLesson('?chapter=layers&networkShape=').state.networkShape, [1]);
  });
});
