import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { anchorPoint, ANCHORS } from '../../../../src/domain/watch/anchor.js';
import {
  isInside,
  polygonArea,
  polygonProblem,
  type Point,
} from '../../../../src/domain/watch/polygon.js';

const SQUARE: readonly Point[] = [
  [0.2, 0.2],
  [0.6, 0.2],
  [0.6, 0.6],
  [0.2, 0.6],
];
/** Like the letter U. */
const BAY: readonly Point[] = [
  [0.1, 0.1],
  [0.3, 0.1],
  [0.3, 0.7],
  [0.6, 0.7],
  [0.6, 0.1],
  [0.8, 0.1],
  [0.8, 0.9],
  [0.1, 0.9],
];
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('Polygons', () => {
  it('have an inside, also where they are not convex', () => {
    assert.equal(isInside([0.4, 0.4], SQUARE), true);
    assert.equal(isInside([0.7, 0.4], SQUARE), false);
    assert.equal(isInside([0.45, 0.3], BAY), false);
    assert.equal(isInside([0.2, 0.3], BAY), true);
    assert.equal(isInside([0.45, 0.8], BAY), true);
  });

  it('of nothing contain nothing', () => {
    for (const polygon of [
      [],
      [[0.5, 0.5]],
      [
        [0, 0],
        [1, 1],
      ],
    ] as Point[][]) {
      assert.equal(isInside([0.5, 0.5], polygon), false);
    }
  });

  it('contain the same wherever they begin and whichever way they run', () => {
    fc.assert(
      fc.property(part, part, fc.nat(7), fc.boolean(), (x, y, shift, isReversed) => {
        // On an edge the answer may be either.
        const rims = [0.1, 0.3, 0.6, 0.8, 0.7, 0.9];
        fc.pre(rims.every((rim) => Math.abs(x - rim) > 1e-9 && Math.abs(y - rim) > 1e-9));
        const turned = [...BAY.slice(shift), ...BAY.slice(0, shift)];
        const other = isReversed ? turned.reverse() : turned;
        assert.equal(isInside([x, y], other), isInside([x, y], BAY));
      }),
    );
  });

  it('have the area that a count of points says', () => {
    let inside = 0;
    for (let x = 0; x < 200; x++) {
      for (let y = 0; y < 200; y++) {
        if (isInside([(x + 0.5) / 200, (y + 0.5) / 200], BAY)) inside++;
      }
    }
    assert.ok(Math.abs(inside / 40_000 - polygonArea(BAY)) < 0.005);
  });

  it('tell what is wrong with them', () => {
    assert.equal(polygonProblem(SQUARE), undefined);
    assert.equal(polygonProblem(BAY), undefined);
    assert.equal(polygonProblem([[0.5, 0.5]]), 'too-few-corners');
    assert.equal(polygonProblem(SQUARE.slice(0, 2)), 'too-few-corners');
    assert.equal(polygonProblem([SQUARE[0], SQUARE[0], SQUARE[1]] as Point[]), 'too-few-corners');
    const bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]] as Point[];
    assert.equal(polygonProblem(bow), 'self-crossing');
    assert.equal(polygonProblem([...SQUARE.slice(0, 2), [0.4, 0.2]]), 'no-area');
    assert.equal(
      polygonProblem([
        [0, 0],
        [0.001, 0],
        [0, 0.001],
      ]),
      'no-area',
    );
  });

  it('are fine when drawn around a middle, whatever the radii', () => {
    const radii = fc.array(fc.double({ min: 0.1, max: 0.5, noNaN: true }), {
      minLength: 5,
      maxLength: 20,
    });
    fc.assert(
      fc.property(radii, (list) => {
        const star = list.map((radius, index): Point => {
          const angle = (2 * Math.PI * index) / list.length;
          return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
        });
        assert.equal(polygonProblem(star), undefined);
        assert.equal(isInside([0.5, 0.5], star), true);
      }),
    );
  });
});

describe('Anchors', () => {
  it('are the points of a box that their names say', () => {
    const places = ANCHORS.map((anchor) => [
      anchor,
      anchorPoint([100, 50, 40, 100], { width: 400, height: 200 }, anchor),
    ]);
    assert.deepEqual(Object.fromEntries(places), {
      'bottom-center': [0.3, 0.75],
      'bottom-left': [0.25, 0.75],
      'bottom-right': [0.35, 0.75],
      center: [0.3, 0.5],
      'center-left': [0.25, 0.5],
      'center-right': [0.35, 0.5],
      'top-center': [0.3, 0.25],
      'top-left': [0.25, 0.25],
      'top-right': [0.35, 0.25],
    });
  });
});
