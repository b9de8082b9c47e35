import { expect } from 'chai';
import { labelColour } from '../../../src/ui/elements/palette.js';
import { snapshotName } from '../../../src/ui/elements/snapshot.js';
import { mountDetector, pixel, unmountAll } from '../../support/detector.js';
import { StandInSession } from '../../support/stand-in-session.js';

const cup = labelColour('cup').fill;

async function decoded(png: Blob): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(png);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas;
}

/** Left half red, right half green. */
function twoHalves(): StandInSession {
  const session = new StandInSession();
  session.picture = {
    size: { width: 320, height: 200 },
    facing: 'user',
    paint: (context) => {
      context.fillStyle = '#ff0000';
      context.fillRect(0, 0, 160, 200);
      context.fillStyle = '#00ff00';
      context.fillRect(160, 0, 160, 200);
    },
  };
  return session;
}

describe('snapshot()', () => {
  afterEach(unmountAll);

  it('is the picture at its own resolution, with boxes, as PNG', async () => {
    const session = twoHalves();
    session.detections = [{ bbox: [40, 60, 80, 100], class: 'cup', score: 0.9 }];
    const { element } = await mountDetector({ source: 'camera', fit: 'cover' }, session);
    const png = await element.snapshot();
    expect(png.type).to.equal('image/png');
    const canvas = await decoded(png);
    expect([canvas.width, canvas.height]).to.deep.equal([320, 200]);
    expect(pixel(canvas, 40, 110)).to.equal(cup);
    expect(pixel(canvas, 120, 110)).to.equal(cup);
    expect(pixel(canvas, 80, 110)).to.equal('#ff0000');
  });

  it('is not mirrored, though the view is', async () => {
    const { element } = await mountDetector({ source: 'camera' }, twoHalves());
    expect(element.mirrored).to.equal(true);
    const canvas = await decoded(await element.snapshot());
    expect(pixel(canvas, 10, 190)).to.equal('#ff0000');
    expect(pixel(canvas, 310, 190)).to.equal('#00ff00');
  });

  it('has the boxes of this very picture, not of the last frame', async () => {
    const session = twoHalves();
    const { element } = await mountDetector({ source: 'camera' }, session);
    session.detections = [{ bbox: [200, 60, 80, 100], class: 'cup', score: 0.9 }];
    session.emit();
    session.detections = [{ bbox: [40, 60, 80, 100], class: 'cup', score: 0.9 }];
    const canvas = await decoded(await element.snapshot());
    expect(pixel(canvas, 40, 110)).to.equal(cup);
    expect(pixel(canvas, 200, 110)).to.equal('#00ff00');
  });

  it('works without an engine: then it is the picture alone', async () => {
    const session = twoHalves();
    session.loadsAtOnce = false;
    const { element } = await mountDetector({ source: 'camera' }, session);
    const canvas = await decoded(await element.snapshot());
    expect(pixel(canvas, 40, 110)).to.equal('#ff0000');
  });

  it('needs a picture', async () => {
    const { element } = await mountDetector();
    const name = await element.snapshot().then(
      () => 'resolved',
      (error: unknown) => (error as DOMException).name,
    );
    expect(name).to.equal('InvalidStateError');
  });

  it('has a name that sorts by time', () => {
    expect(snapshotName(new Date(2025, 2, 1, 14, 5, 9))).to.equal(
      'sightline-2025-03-01-14-05-09.png',
    );
  });
});
