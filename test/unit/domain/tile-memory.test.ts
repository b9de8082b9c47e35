import { expect } from 'chai';
import type { Detection } from '../../../src/domain/detection.js';
import type { BBox } from '../../../src/domain/geometry.js';
import { TileMemory } from '../../../src/domain/tile-memory.js';
import { tileRegions } from '../../../src/domain/tiles.js';

const WHOLE: BBox = [0, 0, 1000, 1000];
const [A, B] = tileRegions({ width: 1000, height: 1000 }, { width: 300, height: 300 }) as [
  BBox,
  BBox,
];

function found(bbox: BBox, region: number, label = 'bird'): Detection {
  return { bbox, class: label, score: 0.7, region };
}

describe('TileMemory', () => {
  const bird = found([50, 50, 40, 40], 1);
  const car = found([700, 700, 200, 200], 0, 'car');
  let memory: TileMemory;

  beforeEach(() => {
    memory = new TileMemory();
  });

  /** A look at the whole and perhaps a tile, after `now` milliseconds. */
  function look(
    now: number,
    detections: readonly Detection[],
    tile?: BBox,
    stale: readonly BBox[] = [],
  ): readonly Detection[] {
    return memory.fill({ detections, regions: tile ? [WHOLE, tile] : [WHOLE], stale }, now);
  }

  it('keeps what a tile has shown while the others have their turn', () => {
    expect(look(0, [car, bird], A)).to.deep.equal([car, bird]);
    expect(look(30, [car], B)).to.deep.equal([car, bird]);
    expect(look(60, [car])).to.deep.equal([car, bird]);
  });

  it('keeps nothing that the whole picture has shown', () => {
    look(0, [car, bird], A);
    expect(look(30, [], B)).to.deep.equal([bird]);
  });

  it('believes the next look at the tile, and at another that shows the place', () => {
    look(0, [bird], A);
    expect(look(30, [], A)).to.deep.equal([]);
    // In the overlap of both tiles.
    const middle = found([450, 100, 60, 60], 1);
    look(60, [middle], A);
    expect(look(90, [], B)).to.deep.equal([]);
  });

  it('shows a thing once that is found again, by whatever look', () => {
    look(0, [bird], A);
    const again = found([52, 52, 40, 40], 0);
    expect(look(30, [again])).to.deep.equal([again]);
    const other = found([50, 50, 40, 40], 0, 'kite');
    expect(look(60, [other])).to.deep.equal([other, bird]);
  });

  it('forgets soon where something moves, and in time where nothing does', () => {
    look(0, [bird], A);
    expect(look(400, [], undefined, [A])).to.deep.equal([bird]);
    expect(look(600, [], undefined, [A])).to.deep.equal([]);
    look(1000, [bird], A);
    expect(look(5900, [])).to.deep.equal([bird]);
    expect(look(6100, [])).to.deep.equal([]);
  });

  it('holds nothing after a change of the picture', () => {
    look(0, [bird], A);
    memory.clear();
    expect(look(10, [])).to.deep.equal([]);
  });
});
