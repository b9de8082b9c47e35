import { expect } from 'chai';
import fc from 'fast-check';
import { intersectionOverUnion } from '../../../../src/domain/geometry.js';
import { fromView, toView, viewTransform } from '../../../../src/domain/view-transform.js';
import type { TaughtLabel } from '../../../../src/session/teach/types.js';
import { histogram } from '../../../../src/ui/teach/charts.js';
import { boxAfterKey, boxBetween, centredBox } from '../../../../src/domain/labelling/edit-box.js';
import { SKIP_REASONS } from '../../../../src/domain/data-set/data-set.js';
import { summaryText } from '../../../../src/ui/teach/files-in-and-out.js';
import { fromFolderDialog, sortByFolder } from '../../../../src/ui/teach/labelled-files.js';
import { obstacle } from '../../../../src/ui/teach/obstacle.js';
import { RecordingVoice } from '../../../../src/ui/teach/recording-voice.js';

const SIZE = { width: 640, height: 480 };

describe('What keeps a head from being trained', () => {
  const label = (name: string, examples: number, negatives = 0): TaughtLabel => ({
    name,
    examples,
    negatives,
    cover: undefined,
  });
  const of = (labels: readonly TaughtLabel[], background = 0): string | undefined =>
    obstacle({ labels, background, recording: undefined })?.kind;

  it('is that there is nothing to tell apart', () => {
    expect(of([])).to.equal('nothing');
    expect(of([label('cup', 0, 3)])).to.equal('nothing');
    expect(of([label('cup', 9)])).to.equal('one-label');
    expect(of([label('cup', 9), label('mug', 1)])).to.equal('one-example');
    const recording = { label: 'cup', taken: 1, refused: undefined };
    expect(obstacle({ labels: [], background: 0, recording })?.kind).to.equal('recording');
  });

  it('is nothing with two labels, or one and something that it is not', () => {
    expect(of([label('cup', 2), label('mug', 2)])).to.equal(undefined);
    expect(of([label('cup', 2)], 1)).to.equal(undefined);
    expect(of([label('cup', 2, 1)])).to.equal(undefined);
  });
});

describe('What a file brought', () => {
  const summary = { samples: 14, labels: 1, heads: 0 };

  it('is told, with what was left out of it in plain words', () => {
    expect(summaryText('import', { ...summary, skipped: [] })).to.equal(
      '14 examples of 1 label opened.',
    );
    const reasons = [...SKIP_REASONS, 'no-picture', 'already-there', 'corrupt-image'];
    const skipped = reasons.map((reason, at) => ({ reason, count: 1 + (at % 2) }));
    const text = summaryText('import', { ...summary, skipped });
    expect(text).to.match(/ opened\. Left out: 1 box around a whole crowd, 2 empty boxes, /);
    expect(text).to.match(/, 2 pictures that cannot be read\.$/);
    for (const reason of reasons.filter((each) => each.includes('-'))) {
      expect(text).to.not.contain(reason);
    }
  });
});

describe('A drawn box', () => {
  const point = fc.tuple(fc.integer({ min: -50, max: 700 }), fc.integer({ min: -50, max: 530 }));

  it('lies within the picture, whichever corner it began at', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const box = boxBetween(a, b, SIZE);
        expect(box).to.deep.equal(boxBetween(b, a, SIZE));
        expect(box[0]).to.be.within(0, SIZE.width);
        expect(box[0] + box[2]).to.be.within(0, SIZE.width);
        expect(box[1] + box[3]).to.be.within(0, SIZE.height);
      }),
    );
  });

  it('never leaves the picture by keys, nor vanishes', () => {
    const keys = fc.array(
      fc.tuple(fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'), fc.boolean()),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(keys, fc.boolean(), (presses, mirrored) => {
        let box = centredBox(SIZE);
        for (const [key, resize] of presses) {
          box = boxAfterKey(box, key, resize, SIZE, mirrored) ?? box;
          expect(Math.min(box[0], box[1])).to.be.at.least(0);
          expect(box[0] + box[2]).to.be.at.most(SIZE.width + 1e-9);
          expect(box[1] + box[3]).to.be.at.most(SIZE.height + 1e-9);
          expect(Math.min(box[2], box[3])).to.be.greaterThan(0);
        }
      }),
    );
  });

  it('moves on a mirrored screen to where the arrow points', () => {
    const box = centredBox(SIZE);
    const transform = viewTransform(SIZE, SIZE, 'contain', true);
    const moved = boxAfterKey(box, 'ArrowRight', false, SIZE, true) ?? box;
    expect(toView(moved, transform)[0]).to.be.greaterThan(toView(box, transform)[0]);
    expect(boxAfterKey(box, 'x', false, SIZE, true)).to.equal(undefined);
  });

  it('comes back from the screen where it went to', () => {
    const sides = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.tuple(sides, sides, sides, sides), fc.boolean(), (box, mirrored) => {
        const transform = viewTransform(SIZE, { width: 390, height: 500 }, 'cover', mirrored);
        const back = fromView(toView(box, transform), transform);
        expect(intersectionOverUnion(back, box)).to.be.greaterThan(0.999);
      }),
    );
  });
});

describe('Pictures with a folder', () => {
  const file = (name: string, path = ''): File => {
    const made = new File(['x'], name, { type: name.endsWith('jpg') ? 'image/jpeg' : '' });
    Object.defineProperty(made, 'webkitRelativePath', { value: path });
    return made;
  };

  it('get the name of the one they lie in', () => {
    const files = fromFolderDialog([
      file('a.jpg', 'things/cup/a.jpg'),
      file('b.PNG', 'things/mug/b.PNG'),
      file('notes.txt', 'things/mug/notes.txt'),
      file('.hidden.jpg', 'things/mug/.hidden.jpg'),
      file('loose.jpg'),
    ]);
    const { labelled, unlabelled } = sortByFolder(files);
    expect(labelled.map(({ label, file: { name } }) => [label, name])).to.deep.equal([
      ['cup', 'a.jpg'],
      ['mug', 'b.PNG'],
    ]);
    expect(unlabelled.map(({ name }) => name)).to.deep.equal(['loose.jpg']);
  });
});

describe('A histogram', () => {
  it('counts every value, zero in the middle', () => {
    const { counts, extent, mean } = histogram(Float64Array.of(-2, -1, 0, 0, 1, 2), 5);
    expect(counts).to.deep.equal([1, 1, 2, 1, 1]);
    expect([extent, mean]).to.deep.equal([2, 0]);
    expect(histogram(new Float64Array()).counts.every((count) => count === 0)).to.equal(true);
    expect(histogram(new Float64Array(2), 3).counts).to.deep.equal([0, 2, 0]);
  });
});

describe('What a recording says aloud', () => {
  it('is now and then a number, and each reason once', () => {
    const said: string[] = [];
    const voice = new RecordingVoice((text) => said.push(text));
    const take = (taken: number, now: number, refused?: 'too-small'): void => {
      voice.follow({ label: 'cup', taken, refused }, now);
    };
    take(1, 0);
    take(5, 100);
    take(6, 200);
    take(9, 1700);
    take(10, 1800, 'too-small');
    take(10, 3400, 'too-small');
    take(10, 5000, 'too-small');
    expect(said).to.deep.equal(['5 examples', 'Too small: come closer.']);
  });
});
