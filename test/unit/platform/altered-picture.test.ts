import { expect } from 'chai';
import type { BBox } from '../../../src/domain/geometry.js';
import { DEFAULT_PRIVACY, type PrivacyOptions } from '../../../src/domain/privacy/options.js';
import { AlteredPicture } from '../../../src/platform/altered-picture.js';

const SIZE = { width: 200, height: 160 };
const REGION: BBox = [60, 40, 80, 80];
const PLAIN = [0x39, 0x42, 0x4e];

type Colour = readonly [number, number, number];

/** A fine pattern, so that nothing of it can be left where it was averaged; grey without a colour. */
async function checkered(light: Colour = [255, 255, 255]): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const pixels = context.createImageData(SIZE.width, SIZE.height);
  for (let index = 0; index < SIZE.width * SIZE.height; index++) {
    const isLight = (index + Math.floor(index / SIZE.width)) % 2 === 0;
    pixels.data.set(isLight ? [...light, 255] : [0, 0, 0, 255], index * 4);
  }
  context.putImageData(pixels, 0, 0);
  return createImageBitmap(canvas);
}

function pixels(picture: AlteredPicture, [x, y, width, height]: BBox): Colour[] {
  const copy = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = copy.getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture.canvas, 0, 0);
  const { data } = context?.getImageData(x, y, width, height) ?? { data: new Uint8ClampedArray() };
  return Array.from({ length: width * height }, (_, index) => [
    data[index * 4] ?? 0,
    data[index * 4 + 1] ?? 0,
    data[index * 4 + 2] ?? 0,
  ]);
}

/** The largest step between neighbours in a row. */
function contrast(picture: AlteredPicture, [x, y, width, height]: BBox): number {
  let largest = 0;
  for (let row = y; row < y + height; row++) {
    const line = pixels(picture, [x, row, width, 1]).map(([red]) => red);
    line.forEach((red, index) => {
      if (index > 0) largest = Math.max(largest, Math.abs(red - (line[index - 1] ?? red)));
    });
  }
  return largest;
}

describe('AlteredPicture', () => {
  let picture: AlteredPicture;

  beforeEach(() => {
    picture = new AlteredPicture();
  });

  afterEach(() => {
    picture.close();
  });

  async function show(options: Partial<PrivacyOptions>, light?: Colour): Promise<void> {
    const frame = await checkered(light);
    picture.show(frame, { whole: false, regions: [REGION] }, { ...DEFAULT_PRIVACY, ...options });
    frame.close();
  }

  for (const shape of ['box', 'soft'] as const) {
    for (const style of ['blur', 'pixelate', 'cover', 'cut-out'] as const) {
      it(`leaves nothing of the pattern: ${style}, ${shape}`, async () => {
        await show({ style, shape });
        expect(contrast(picture, REGION)).to.be.lessThan(40);
        // Beside it everything is as it was.
        expect(contrast(picture, [0, 0, 200, 20])).to.equal(255);
      });
    }

    it(`shows what was found, and nothing else: background, ${shape}`, async () => {
      await show({ style: 'blur', part: 'background', shape });
      expect(contrast(picture, [90, 70, 20, 20])).to.equal(255);
      expect(contrast(picture, [0, 0, 200, 39])).to.be.lessThan(40);
      expect(contrast(picture, [0, 40, 59, 80])).to.be.lessThan(40);
    });
  }

  it('covers with one colour, to the last pixel of the region', async () => {
    await show({ style: 'cover' });
    for (const pixel of pixels(picture, REGION)) expect(pixel).to.deep.equal(PLAIN);
  });

  it('makes few and large pixels', async () => {
    await show({ style: 'pixelate' });
    const colours = new Set(pixels(picture, REGION).map((pixel) => pixel.join()));
    expect(colours.size).to.be.at.most(25);
  });

  it('shows nothing of a frame that nobody has looked at', async () => {
    const frame = await checkered();
    picture.show(frame, { whole: true, regions: [] }, DEFAULT_PRIVACY);
    frame.close();
    for (const pixel of pixels(picture, [0, 0, 200, 160])) expect(pixel).to.deep.equal(PLAIN);
  });

  it('cuts out: what was behind is shown, never what was in a region', async () => {
    const options = { ...DEFAULT_PRIVACY, style: 'cut-out' } as const;
    const [behind, front] = await Promise.all([checkered([0, 0, 255]), checkered([255, 0, 0])]);
    // Some seconds of an empty scene.
    for (let look = 0; look < 12; look++) {
      picture.show(behind, { whole: false, regions: [] }, options);
      await new Promise((resolve) => setTimeout(resolve, 210));
    }
    picture.show(front, { whole: false, regions: [REGION] }, options);
    const shown = pixels(picture, REGION);
    const blue = shown.reduce((sum, pixel) => sum + pixel[2], 0) / shown.length;
    const red = shown.reduce((sum, pixel) => sum + pixel[0], 0) / shown.length;
    expect(blue).to.be.greaterThan(90);
    expect(red).to.be.lessThan(30);
    behind.close();
    front.close();
  }).timeout(10_000);
});
