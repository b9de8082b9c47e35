import { expect } from 'chai';
import { averagePrecision } from '../../../src/domain/average-precision.js';
import type { EvaluatedImage } from '../../../src/domain/average-precision.js';
import type { Detection } from '../../../src/domain/detection.js';
import { cocoOverlap, matchDetections } from '../../../src/domain/detection-matching.js';
import type { Truth } from '../../../src/domain/detection-matching.js';

/** See test/accuracy/reference/make_case.py. */
interface ReferenceCase {
  readonly figures: Readonly<Record<string, number>>;
  readonly classes: readonly string[];
  readonly pictures: number;
  readonly truths: readonly (readonly number[])[];
  readonly detections: readonly (readonly number[])[];
}

const ALL = [0, 1e10] as const;

function truth(overrides: Partial<Truth> = {}): Truth {
  return { bbox: [0, 0, 100, 100], class: 'cat', area: 10_000, isCrowd: false, ...overrides };
}

function detection(overrides: Partial<Detection> = {}): Detection {
  return { bbox: [0, 0, 100, 100], class: 'cat', score: 0.9, ...overrides };
}

async function referenceCase(): Promise<{ images: EvaluatedImage[]; case: ReferenceCase }> {
  const response = await fetch('/test/accuracy/reference/case.json');
  const reference = (await response.json()) as ReferenceCase;
  const label = (id = 0): string => reference.classes[id - 1] ?? '';
  const images = Array.from({ length: reference.pictures }, (_, index) => ({
    truths: reference.truths
      .filter(([picture]) => picture === index + 1)
      .map(([, category, x = 0, y = 0, width = 0, height = 0, area = 0, crowd]) => ({
        bbox: [x, y, width, height] as const,
        class: label(category),
        area,
        isCrowd: crowd === 1,
      })),
    detections: reference.detections
      .filter(([picture]) => picture === index + 1)
      .map(([, category, x = 0, y = 0, width = 0, height = 0, score = 0]) => ({
        bbox: [x, y, width, height] as const,
        class: label(category),
        score,
      })),
  }));
  return { images, case: reference };
}

describe('averagePrecision', () => {
  it('gives the figures of pycocotools on a case full of ties, crowds and duplicates', async () => {
    const { images, case: reference } = await referenceCase();
    const { ap, ap50, ap75, ar, sizes } = averagePrecision(images);
    const found: Record<string, number> = {
      ap,
      ap50,
      ap75,
      ar,
      apSmall: sizes.small.ap,
      apMedium: sizes.medium.ap,
      apLarge: sizes.large.ap,
      arSmall: sizes.small.ar,
      arMedium: sizes.medium.ar,
      arLarge: sizes.large.ar,
    };
    for (const [name, value] of Object.entries(found)) {
      expect(value, name).to.be.closeTo(reference.figures[name] ?? NaN, 1e-12);
    }
  });

  it('gives what a person works out by hand', () => {
    // Two cats. Best first: one found (IoU 1), one box on nothing, the other found with
    // IoU 0.68 (68 of 100 rows). Recall and precision after each: 0.5 and 1, 0.5 and 1/2, 1 and 2/3.
    const images = [
      {
        truths: [truth(), truth({ bbox: [200, 0, 100, 100] })],
        detections: [
          detection({ score: 0.9 }),
          detection({ score: 0.8, bbox: [500, 500, 50, 50] }),
          detection({ score: 0.7, bbox: [200, 0, 100, 68] }),
        ],
      },
    ];
    const { ap, ap50, ap75, ar } = averagePrecision(images);
    // Of the 101 steps of recall the 51 up to 0.5 see precision 1, the 50 above it 2/3.
    const both = (51 + (50 * 2) / 3) / 101;
    expect(ap50).to.be.closeTo(both, 1e-12);
    // At 0.70 and above the last box is on nothing, too: precision 1 up to recall 0.5, then none.
    const one = 51 / 101;
    expect(ap75).to.be.closeTo(one, 1e-12);
    // 0.50, 0.55, 0.60, 0.65 see both, the six thresholds from 0.70 one.
    expect(ap).to.be.closeTo((4 * both + 6 * one) / 10, 1e-12);
    expect(ar).to.be.closeTo((4 * 1 + 6 * 0.5) / 10, 1e-12);
  });

  it('is 1 for a detector that repeats the labels', () => {
    const images = [
      { truths: [truth()], detections: [detection()] },
      { truths: [truth({ class: 'cup', area: 500 })], detections: [detection({ class: 'cup' })] },
    ];
    const figures = averagePrecision(images);
    expect(figures.ap).to.be.closeTo(1, 1e-12);
    expect(figures.ar).to.equal(1);
    expect(figures.sizes.small).to.have.property('ar', 1);
    expect(figures.sizes.large).to.have.property('ar', 1);
  });

  it('is 0 where nothing was found and -1 where there is nothing to find', () => {
    const missed = averagePrecision([{ truths: [truth()], detections: [] }]);
    expect([missed.ap, missed.ar]).to.deep.equal([0, 0]);
    expect(missed.sizes.small).to.deep.equal({ ap: -1, ar: -1 });
    const empty = averagePrecision([{ truths: [], detections: [detection()] }]);
    expect([empty.ap, empty.ap50, empty.ar]).to.deep.equal([-1, -1, -1]);
  });

  it('leaves classes out that have no object, whatever was detected of them', () => {
    const images = [
      { truths: [truth()], detections: [detection(), detection({ class: 'dog', score: 1 })] },
    ];
    expect(averagePrecision(images).ap).to.be.closeTo(1, 1e-12);
  });

  it('counts at most 100 detections of a class in a picture, the best', () => {
    const wrong = Array.from({ length: 100 }, () =>
      detection({ score: 0.8, bbox: [500, 500, 50, 50] }),
    );
    const images = [{ truths: [truth()], detections: [detection({ score: 0.7 }), ...wrong] }];
    expect(averagePrecision(images).ar).to.equal(0);
    images[0]?.detections.pop();
    expect(averagePrecision(images).ar).to.equal(1);
  });
});

describe('matchDetections', () => {
  const outcomes = (
    detections: readonly Detection[],
    truths: readonly Truth[],
    limits: readonly [number, number] = ALL,
  ): string[] =>
    matchDetections(detections, truths, 0.5, limits, 100).map(({ outcome }) => outcome);

  it('gives an object to one detection only, the best', () => {
    const twice = [detection({ score: 0.6 }), detection({ score: 0.9 })];
    expect(matchDetections(twice, [truth()], 0.5, ALL, 100)).to.deep.equal([
      { score: 0.9, outcome: 'right' },
      { score: 0.6, outcome: 'wrong' },
    ]);
  });

  it('ignores whatever lies in a crowd, any number of times', () => {
    const crowd = truth({ bbox: [0, 0, 1000, 1000], isCrowd: true });
    expect(outcomes([detection(), detection({ score: 0.5 })], [crowd])).to.deep.equal([
      'ignored',
      'ignored',
    ]);
  });

  it('prefers a counted object to a crowd that overlaps more', () => {
    const crowd = truth({ bbox: [0, 0, 1000, 1000], isCrowd: true });
    const near = truth({ bbox: [0, 0, 100, 60] });
    expect(outcomes([detection()], [crowd, near])).to.deep.equal(['right']);
  });

  it('ignores what is of another size, found or not', () => {
    const small = [0, 1024] as const;
    const far = detection({ bbox: [500, 500, 20, 20], score: 0.3 });
    const farLarge = detection({ bbox: [500, 500, 200, 200], score: 0.2 });
    expect(outcomes([detection(), far, farLarge], [truth()], small)).to.deep.equal([
      'ignored',
      'wrong',
      'ignored',
    ]);
  });

  it('counts an overlap of exactly the threshold, and of exactly 1', () => {
    expect(outcomes([detection({ bbox: [0, 0, 100, 50] })], [truth()])).to.deep.equal(['right']);
    const perfect = matchDetections([detection()], [truth()], 1, ALL, 100);
    expect(perfect[0]?.outcome).to.equal('right');
  });
});

describe('cocoOverlap', () => {
  it('divides by the union, or for a crowd by the own area', () => {
    expect(cocoOverlap([50, 0, 100, 100], truth())).to.be.closeTo(5000 / 15_000, 1e-12);
    expect(cocoOverlap([50, 0, 100, 100], truth({ isCrowd: true }))).to.equal(0.5);
    expect(cocoOverlap([100, 0, 100, 100], truth())).to.equal(0);
  });
});
