import { expect } from 'chai';
import fc from 'fast-check';
import { hints } from '../../../../src/domain/quality/hints.js';
import { confusionMatrix } from '../../../../src/domain/quality/confusion.js';
import { groupItems, splitByGroup, type SplitItem } from '../../../../src/domain/quality/split.js';

const item = (label: string, burst: string, image = burst): SplitItem => ({ label, burst, image });

const itemLists = fc.array(
  fc.record({
    label: fc.constantFrom<string[]>('mug', 'cup', 'bowl'),
    burst: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    image: fc.nat(40).map(String),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('splitByGroup', () => {
  it('never lets a burst, a picture or a look-alike straddle, and loses nothing', () => {
    const pairs = fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 6 });
    fc.assert(
      fc.property(itemLists, pairs, fc.nat(), (items, anyPairs, seed) => {
        const duplicates = anyPairs.filter(([a, b]) => a < items.length && b < items.length);
        const split = splitByGroup(items, { fraction: 0.25, seed, duplicates });
        const { training, validation } = split;
        const all = [...training, ...validation].sort((a, b) => a - b);
        expect(all).to.deep.equal(items.map((_, index) => index));
        const held = new Set(validation);
        const side = (index: number) => (held.has(index) ? 'held' : 'learnt');
        for (const key of ['burst', 'image'] as const) {
          const sides = new Map<string, string>();
          items.forEach((entry, index) => {
            const before = sides.get(entry[key]) ?? side(index);
            expect(side(index)).to.equal(before);
            sides.set(entry[key], before);
          });
        }
        for (const [a, b] of duplicates) expect(side(a)).to.equal(side(b));
        // Every label can be learnt.
        const learnt = new Set(training.map((index) => items[index]?.label));
        expect(learnt).to.deep.equal(new Set(items.map(({ label }) => label)));
        const judged = new Set(validation.map((index) => items[index]?.label));
        for (const label of split.unvalidated) expect(judged.has(label)).to.equal(false);
        expect(splitByGroup(items, { fraction: 0.25, seed, duplicates })).to.deep.equal(split);
      }),
    );
  });

  it('holds back about the part that is asked for, of every label', () => {
    const items = ['mug', 'cup'].flatMap((label) =>
      Array.from({ length: 200 }, (_, index) =>
        item(label, `${label} ${String(index >> 2)}`, `${label} ${String(index)}`),
      ),
    );
    const { validation, unvalidated } = splitByGroup(items, { fraction: 0.2, seed: 4 });
    for (const label of ['mug', 'cup']) {
      const held = validation.filter((index) => items[index]?.label === label).length;
      expect(held).to.be.within(36, 44);
    }
    expect(unvalidated).to.deep.equal([]);
  });

  it('says what cannot be held back', () => {
    const items = [item('mug', 'a'), item('mug', 'a', 'x'), item('cup', 'b'), item('cup', 'c')];
    const { validation, unvalidated } = splitByGroup(items, { fraction: 0.2, seed: 1 });
    expect(unvalidated).to.deep.equal(['mug']);
    expect(validation).to.have.length(1);
    expect(items[validation[0] ?? -1]?.label).to.equal('cup');
  });

  it('joins groups through others', () => {
    const items = [
      item('m', 'a', '1'),
      item('m', 'b', '1'),
      item('m', 'b', '2'),
      item('m', 'c', '3'),
    ];
    expect(groupItems(items, [])).to.deep.equal([[0, 1, 2], [3]]);
    expect(groupItems(items, [[3, 2]])).to.deep.equal([[0, 1, 2, 3]]);
  });
});

describe('hints', () => {
  const many = (label: string, count: number, bursts = count): SplitItem[] =>
    Array.from({ length: count }, (_, index) =>
      item(label, `${label} ${String(index % bursts)}`, `${label} ${String(index)}`),
    );
  const chain = (from: number, count: number): [number, number][] =>
    Array.from({ length: count - 1 }, (_, index) => [from + index, from + index + 1]);

  it('ask for a second label', () => {
    expect(hints(many('mug', 20), [])).to.deep.equal([{ kind: 'one-label' }]);
    expect(hints([], [])).to.deep.equal([{ kind: 'one-label' }]);
  });

  it('ask for more examples, another recording, another side and balance', () => {
    const items = [
      ...many('mug', 90),
      ...many('cup', 4),
      ...many('bowl', 12, 1),
      ...many('jug', 12),
    ];
    const duplicates = chain(106, 12);
    expect(hints(items, duplicates)).to.deep.equal([
      { kind: 'too-few', label: 'cup', missing: 6 },
      { kind: 'one-recording', label: 'bowl' },
      { kind: 'one-view', label: 'jug' },
      { kind: 'unbalanced', label: 'bowl', missing: 18 },
      { kind: 'unbalanced', label: 'jug', missing: 18 },
    ]);
  });

  it('tell what is taken for what, and nothing where all is well', () => {
    const items = [...many('mug', 20), ...many('cup', 20)];
    expect(hints(items, [])).to.deep.equal([]);
    const answers = [
      ...Array.from({ length: 7 }, () => ({ truth: 'mug', prediction: 'mug' })),
      ...Array.from({ length: 3 }, () => ({ truth: 'mug', prediction: 'cup' })),
      ...Array.from({ length: 9 }, () => ({ truth: 'cup', prediction: 'cup' })),
      { truth: 'cup', prediction: 'mug' },
    ];
    expect(hints(items, [], confusionMatrix(answers))).to.deep.equal([
      { kind: 'confused', label: 'mug', other: 'cup' },
    ]);
  });
});
