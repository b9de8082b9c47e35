import { expect } from 'chai';
import { ClipKeeper } from '../../../../src/session/pictures/clip-keeper.js';

describe('ClipKeeper', () => {
  let keeper: ClipKeeper;
  let showing: ReturnType<typeof setInterval>;

  beforeEach(() => {
    keeper = new ClipKeeper();
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    // A canvas without a context has nothing to encode.
    canvas.getContext('2d')?.fillRect(0, 0, 64, 48);
    showing = setInterval(() => {
      keeper.add(canvas);
    }, 20);
  });

  afterEach(() => {
    clearInterval(showing);
    keeper.isWanted = false;
  });

  it('gives a clip of what happens while it is still being made ready', async () => {
    keeper.isWanted = true;
    const clip = await keeper.clip();
    expect(clip?.type).to.match(/^video\/(mp4|webm)/);
    expect(clip?.size).to.be.greaterThan(0);
  });

  it('gives none of before what is to be forgotten, and none where none is wanted', async () => {
    expect(await keeper.clip()).to.equal(undefined);
    keeper.isWanted = true;
    const before = keeper.clip();
    keeper.forget();
    expect(await before).to.equal(undefined);
    const unwanted = keeper.clip();
    keeper.isWanted = false;
    expect(await unwanted).to.equal(undefined);
  });
});
