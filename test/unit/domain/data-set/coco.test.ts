import { expect } from 'chai';
import fc from 'fast-check';
import { formatCoco, parseCoco } from '../../../../src/domain/data-set/coco.js';
import {
  formatYoloBoxes,
  parseYoloBoxes,
  parseYoloNames,
} from '../../../../src/domain/data-set/yolo.js';
import { SightlineError } from '../../../../src/domain/errors.js';

const SIZE = { width: 640, height: 480 };

/** Boxes inside the picture. */
const inside = fc
  .tuple(
    fc.integer({ min: 0, max: 600 }),
    fc.integer({ min: 0, max: 440 }),
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([x, y, width, height]) => [x, y, width, height] as const);
const labelled = fc.array(
  fc.record({ bbox: inside, label: fc.constantFrom('mug', 'wine glass', 'Tässe') }),
  { maxLength: 8 },
);

function corrupt(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof SightlineError && thrown.code === 'dataset-corrupt') return thrown.detail;
    throw thrown;
  }
  throw new Error('was taken');
}

describe('COCO form', () => {
  it('comes back as it was', () => {
    const images = fc
      .array(labelled)
      .map((list) =>
        list.map((boxes, index) => ({ fileName: `a/${String(index)}.jpg`, size: SIZE, boxes })),
      );
    fc.assert(
      fc.property(images, (list) => {
        const labels = ['wine glass', 'mug', 'Tässe'];
        const { skipped, ...rest } = parseCoco(formatCoco(list, labels));
        expect(rest).to.deep.equal({ images: list, labels });
        expect(skipped.size).to.equal(0);
      }),
    );
  });

  it('leaves out what cannot be used and counts it', () => {
    const annotation = { image_id: 5, category_id: 9, bbox: [10, 20, 30, 40] };
    const { images, labels, skipped } = parseCoco(
      JSON.stringify({
        info: { anything: 'else' },
        images: [{ id: 5, file_name: 'x\\y.jpg', width: 100, height: 80, license: 3 }],
        categories: [
          { id: 9, name: ' raccoon ' },
          { id: 10, name: '' },
        ],
        annotations: [
          annotation,
          { ...annotation, bbox: [-10, 70, 50, 50], iscrowd: 0 },
          { ...annotation, iscrowd: 1 },
          { ...annotation, bbox: [10, 20, 0, 40] },
          { ...annotation, bbox: [10, null, 30, 40] },
          { ...annotation, bbox: [100, 20, 30, 40] },
          { ...annotation, image_id: 6 },
          { ...annotation, category_id: 10 },
          { ...annotation, category_id: 11 },
        ],
      }),
    );
    expect(images).to.deep.equal([
      {
        fileName: 'x/y.jpg',
        size: { width: 100, height: 80 },
        boxes: [
          { bbox: [10, 20, 30, 40], label: 'raccoon' },
          { bbox: [0, 70, 40, 10], label: 'raccoon' },
        ],
      },
    ]);
    expect(labels).to.deep.equal(['raccoon']);
    expect(Object.fromEntries(skipped)).to.deep.equal({
      crowd: 1,
      'empty-box': 2,
      outside: 1,
      'no-image': 1,
      'no-label': 2,
    });
  });

  it('says what is wrong with another file', () => {
    expect(corrupt(() => parseCoco('{"images":'))).to.not.equal('');
    expect(corrupt(() => parseCoco('[]'))).to.equal('annotations is no object');
    expect(corrupt(() => parseCoco('{"images":[{}],"categories":[],"annotations":[]}'))).to.include(
      'annotations.images[0].id',
    );
  });
});

describe('YOLO form', () => {
  it('comes back as it was, to a ten-thousandth of a pixel', () => {
    const names = ['mug', 'wine glass', 'Tässe'];
    fc.assert(
      fc.property(labelled, (boxes) => {
        const read = parseYoloBoxes(formatYoloBoxes(boxes, names, SIZE), names, SIZE);
        expect(read.skipped.size).to.equal(0);
        expect(read.boxes.map(({ label }) => label)).to.deep.equal(boxes.map(({ label }) => label));
        read.boxes.forEach(({ bbox }, index) => {
          bbox.forEach((value, at) => {
            expect(value).to.be.closeTo(boxes[index]?.bbox[at] ?? NaN, 1e-3);
          });
        });
      }),
    );
  });

  it('reads centre and size, and the box around an outline', () => {
    const { boxes, skipped } = parseYoloBoxes(
      '0 0.5 0.5 0.25 0.5\r\n\n1 0.1 0.1 0.2 0.1 0.2 0.4\n7 0.5 0.5 0.1 0.1\n0 0.5 0.5 0 0.1\n',
      ['mug', 'cup'],
      { width: 100, height: 200 },
    );
    expect(boxes.map(({ label }) => label)).to.deep.equal(['mug', 'cup']);
    expect(boxes[0]?.bbox).to.deep.equal([37.5, 50, 25, 100]);
    const rounded = boxes[1]?.bbox.map((value) => Math.round(value * 1e6) / 1e6);
    expect(rounded).to.deep.equal([10, 20, 10, 60]);
    expect(Object.fromEntries(skipped)).to.deep.equal({ 'no-label': 1, 'empty-box': 1 });
  });

  it('says which line is wrong', () => {
    for (const line of ['0 0.5 0.5 0.25', 'mug 0.5 0.5 0.2 0.2', '0 0.1 0.1 0.2 0.1 0.2']) {
      expect(corrupt(() => parseYoloBoxes(`0 0.5 0.5 0.1 0.1\n${line}`, ['mug'], SIZE))).to.include(
        'line 2',
      );
    }
  });

  it('reads names in every usual form', () => {
    const expected = ['mug', 'wine glass', "child's cup"];
    const forms: readonly (readonly [string, string])[] = [
      ['classes.txt', "mug\r\nwine glass\n\nchild's cup\n"],
      ['data.yaml', `path: ..\nnc: 3\nnames: ['mug', "wine glass", child's cup] # three\n`],
      ['data.yml', "names:\n  - mug\n  - 'wine glass'\n  - child's cup\nnc: 3\n"],
      ['data.yaml', "train: images\nnames:\n  0: mug\n  1: wine glass # tall\n  2: child's cup\n"],
      ['data.yaml', "names: [mug,\n  wine glass,\n  child's cup]\n"],
    ];
    for (const [name, written] of forms) {
      expect(parseYoloNames(written, name), written).to.deep.equal(expected);
    }
    expect(corrupt(() => parseYoloNames('nc: 3\n', 'data.yaml'))).to.include('names no classes');
  });
});
