import { executeServerCommand } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Detection } from '../../../src/domain/detection.js';
import { labelColour } from '../../../src/ui/elements/palette.js';
import { inShadow, mountDetector, pixel, unmountAll } from '../../support/detector.js';
import { until } from '../../support/promises.js';
import { StandInSession } from '../../support/stand-in-session.js';

const cup = labelColour('cup').fill;
const CUP: Detection = { bbox: [100, 50, 200, 100], class: 'cup', score: 0.9 };

/** A source of 400 × 200 pixels, twice as wide as high, in a square view. */
function session(facing?: 'user' | 'environment'): StandInSession {
  const made = new StandInSession();
  made.picture = { size: { width: 400, height: 200 }, ...(facing && { facing }) };
  made.detections = [CUP];
  return made;
}

/** Where the outline crosses a row and a column, in CSS pixels: the middle of each line. */
function edges(
  overlay: HTMLCanvasElement,
  row: number,
  column: number,
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const scale = devicePixelRatio;
  const middles = (hits: readonly number[]): number[] => {
    const groups: number[][] = [];
    for (const hit of hits) {
      const last = groups.at(-1);
      if (last !== undefined && hit - (last.at(-1) ?? 0) <= 1) last.push(hit);
      else groups.push([hit]);
    }
    return groups.map((group) => ((group[0] ?? 0) + (group.at(-1) ?? 0) + 1) / 2 / scale);
  };
  const along = (length: number, at: (index: number) => string): number[] =>
    Array.from({ length }, (_, index) => index).filter((index) => at(index) === cup);
  return {
    x: middles(along(overlay.width, (x) => pixel(overlay, x, Math.round(row * scale)))),
    y: middles(along(overlay.height, (y) => pixel(overlay, Math.round(column * scale), y))),
  };
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).to.have.lengthOf(expected.length);
  actual.forEach((value, index) => {
    expect(value).to.be.closeTo(expected[index] ?? NaN, 0.6);
  });
}

async function setScreen(deviceScaleFactor: number): Promise<void> {
  await executeServerCommand('set-viewport', { width: 800, height: 600, deviceScaleFactor });
}

describe('The overlay lies on the picture', () => {
  afterEach(unmountAll);

  after(() => setScreen(1));

  for (const scale of [1, 2, 3]) {
    describe(`on a screen with ${String(scale)} pixels to one of CSS`, () => {
      before(async () => {
        await setScreen(scale);
        expect(devicePixelRatio).to.equal(scale);
      });

      it('contained', async () => {
        const { overlay, session: made } = await mountDetector(
          { source: 'demo', fit: 'contain' },
          session(),
        );
        made.emit();
        // 400 × 200 in 400 × 400: scale 1, 100 pixels of ground above.
        const { x, y } = edges(overlay, 225, 250);
        expectNear(x, [100, 300]);
        expectNear(y, [150, 250]);
      });

      it('covering', async () => {
        const { overlay, session: made } = await mountDetector(
          { source: 'demo', fit: 'cover' },
          session(),
        );
        made.detections = [{ ...CUP, bbox: [120, 50, 100, 100] }];
        made.emit();
        // Twice as large, with 200 pixels cut off at the left: 120 * 2 - 200.
        const { x, y } = edges(overlay, 250, 160);
        expectNear(x, [40, 240]);
        expectNear(y, [100, 300]);
      });

      it('mirrored', async () => {
        const { overlay, session: made } = await mountDetector(
          { source: 'camera', mirror: 'on' },
          session(),
        );
        made.detections = [{ ...CUP, bbox: [40, 50, 100, 100] }];
        made.emit();
        const { x, y } = edges(overlay, 225, 350);
        expectNear(x, [260, 360]);
        expectNear(y, [150, 250]);
      });
    });
  }

  it('and its resolution is that of the screen', async () => {
    await setScreen(2);
    const { element, overlay, session: made } = await mountDetector({ source: 'demo' }, session());
    expect([overlay.width, overlay.height]).to.deep.equal([800, 800]);
    element.style.blockSize = '250px';
    await until(() => overlay.height === 500, 'the overlay follows the element');
    await setScreen(1);
    made.emit();
    await until(() => overlay.height === 250, 'the overlay follows the screen');
  });

  it('after the element was given another size, without another frame', async () => {
    const { element, overlay, session: made } = await mountDetector({ source: 'demo' }, session());
    made.emit();
    element.style.inlineSize = '800px';
    await until(() => overlay.width === 800, 'the overlay has grown');
    // 400 × 200 fills 800 × 400.
    expectNear(edges(overlay, 250, 400).x, [200, 600]);
  });

  it('after fit and mirror have changed, without another frame', async () => {
    const { element, overlay, session: made } = await mountDetector({ source: 'demo' }, session());
    made.detections = [{ ...CUP, bbox: [120, 50, 100, 100] }];
    made.emit();
    element.fit = 'cover';
    element.mirror = 'on';
    await element.updateComplete;
    expectNear(edges(overlay, 250, 250).x, [160, 360]);
  });

  it('when the phone is turned: the boxes speak of the size of their own frame', async () => {
    const { overlay, session: made } = await mountDetector({ source: 'camera' }, session());
    made.picture = { size: { width: 200, height: 400 } };
    made.detections = [{ ...CUP, bbox: [50, 100, 100, 200] }];
    made.emit();
    expectNear(edges(overlay, 250, 240).x, [150, 250]);
  });

  it('and the picture itself is placed by the same rules', async () => {
    const { element } = await mountDetector({ source: 'camera' }, session('user'));
    const box = inShadow(element, '[part=picture]');
    const picture = box.firstElementChild;
    if (picture === null) throw new Error('there is no picture');
    const rules = (): readonly string[] => [
      getComputedStyle(picture).objectFit,
      getComputedStyle(box).transform,
    ];
    expect(picture.getBoundingClientRect().width).to.equal(400);
    expect(picture.getBoundingClientRect().height).to.equal(400);
    expect(rules()).to.deep.equal(['contain', 'matrix(-1, 0, 0, 1, 0, 0)']);
    element.fit = 'cover';
    element.mirror = 'off';
    await element.updateComplete;
    expect(rules()).to.deep.equal(['cover', 'none']);
  });
});
