import { expect } from 'chai';
import { intersectionOverUnion } from '../../../src/domain/geometry.js';
import { DetectionEngine } from '../../../src/engine/detection-engine.js';
import type { FrameOptions } from '../../../src/protocol/index.js';
import { detectionOptions, loadOptions, photograph } from '../../support/engine-fixtures.js';

/** A wide scene in which the photographs are small, on a plain ground. */
async function scene(names: readonly string[]): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(1920, 1440);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#778';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const places = [
    [150, 120],
    [1500, 140],
    [160, 1100],
    [1480, 1120],
  ] as const;
  for (const [index, name] of names.entries()) {
    const [x = 0, y = 0] = places[index] ?? [];
    const picture = await photograph(name);
    context.drawImage(picture, x, y, 260, 180);
    picture.close();
  }
  return canvas.transferToImageBitmap();
}

describe('Detail', function () {
  this.timeout(120_000);
  const engine = new DetectionEngine();

  before(() => engine.load(loadOptions('wasm')));
  after(() => engine.dispose());

  async function look(picture: ImageBitmap, options: Partial<FrameOptions>) {
    // The engine closes what it is given.
    const copy = await createImageBitmap(picture);
    return engine.detect(copy, 0, { ...detectionOptions(), ...options });
  }

  it('finds small things that the whole picture is too small for', async () => {
    const picture = await scene(['chelsea', 'chelsea', 'chelsea', 'chelsea']);
    const before = (await engine.stats()).tensors;
    const whole = await look(picture, {});
    const all = await look(picture, { detail: 'all' });
    expect(whole.regions).to.deep.equal([[0, 0, 1920, 1440]]);
    expect(all.regions).to.have.length(5);
    const cats = (result: typeof all) => result.detections.filter((found) => found.class === 'cat');
    expect(cats(all)).to.have.length.within(3, 4);
    expect(cats(all).length).to.be.above(cats(whole).length);
    for (const { bbox } of cats(all)) {
      const places = [
        [150, 120],
        [1500, 140],
        [160, 1100],
        [1480, 1120],
      ] as const;
      const overlaps = places.map(([x, y]) => intersectionOverUnion(bbox, [x, y, 260, 180]));
      expect(Math.max(...overlaps)).to.be.above(0.5);
    }
    expect((await engine.stats()).tensors).to.equal(before);
    picture.close();
  });

  it('looks at one tile at a time in a stream, and at none where all is still', async () => {
    const still = await scene(['chelsea', 'coffee', 'astronaut', 'grace_hopper']);
    const seen = new Set<string>();
    for (let frame = 0; frame < 4; frame++) {
      const { regions, detections } = await look(still, { detail: 'rotate' });
      expect(regions).to.have.length(2);
      seen.add(String(regions[1]));
      for (const { region } of detections) expect(region).to.be.within(0, 1);
    }
    expect(seen.size, 'every tile has had its turn').to.equal(4);
    const rested = await look(still, { detail: 'rotate' });
    expect(rested.regions).to.have.length(1);
    // A thing comes up at the bottom right; measured again only after a moment.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const moved = await scene(['chelsea', 'coffee', 'astronaut', 'coffee']);
    const next = await look(moved, { detail: 'rotate' });
    expect(next.motion?.share).to.be.above(0);
    expect(next.regions[1]).to.deep.equal([768, 576, 1152, 864]);
    still.close();
    moved.close();
  });

  it('begins anew with other labels and another size', async () => {
    const picture = await scene(['chelsea']);
    const options = { detail: 'rotate', categoryAllowlist: ['cat'] } as const;
    for (let frame = 0; frame < 4; frame++) {
      expect((await look(picture, options)).regions).to.have.length(2);
    }
    expect((await look(picture, options)).regions).to.have.length(1);
    expect((await look(picture, { detail: 'rotate' })).regions).to.have.length(2);
    picture.close();
    const small = await photograph('coffee');
    const { regions } = await look(small, { ...options });
    expect(regions[0]).to.deep.equal([0, 0, small.width, small.height]);
    expect(regions).to.have.length(2);
    small.close();
  });

  it('measures motion in a stream without tiles, a few times a second', async () => {
    const picture = await scene(['coffee']);
    const first = await look(picture, { watchMotion: true });
    expect(first.regions).to.have.length(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await look(picture, { watchMotion: true });
    expect(second.motion?.share).to.equal(0);
    expect((await look(picture, {})).motion).to.equal(undefined);
    picture.close();
  });

  it('takes pictures of any shape', async () => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [301, 2],
      [4000, 40],
      [30, 3000],
    ] as const) {
      const picture = new OffscreenCanvas(width, height);
      picture.getContext('2d')?.fillRect(0, 0, width, height);
      const frame = picture.transferToImageBitmap();
      const result = await engine.detect(frame, 0, detectionOptions({ detail: 'all' }));
      expect(result.regions[0]).to.deep.equal([0, 0, width, height]);
      expect(result.detections).to.be.an('array');
    }
  });
});
