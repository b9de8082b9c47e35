import { expect } from 'chai';
import {
  addMotCounts,
  countMot,
  motFigures,
  toMotFrame,
  type IdentifiedBox,
  type MotCounts,
  type MotFrame,
} from '../../../../src/domain/tracking/mot-metrics.js';

/** The example in py-motmetrics' README, as similarities (1 - distance). */
const README_EXAMPLE: readonly MotFrame[] = [
  {
    truthIds: [1, 2],
    trackIds: [1, 2, 3],
    similarity: Float64Array.of(0.9, 0, 0.7, 0.5, 0.8, 0.7),
  },
  { truthIds: [1, 2], trackIds: [1], similarity: Float64Array.of(0.8, 0.6) },
  { truthIds: [1, 2], trackIds: [1, 3], similarity: Float64Array.of(0.4, 0.8, 0.9, 0.4) },
];

/** Its distances go up to 0.6. */
const README_THRESHOLD = 0.4;

const box = (id: number, x: number): IdentifiedBox => ({ id, bbox: [x, 0, 10, 10] });

describe('MOT metrics', () => {
  it('agree with the figures that py-motmetrics prints for its example', () => {
    const figures = motFigures(countMot(README_EXAMPLE, README_THRESHOLD));
    expect(figures).to.include({ missed: 1, falsePositives: 1, idSwitches: 1, mota: 0.5 });
    expect(1 - figures.motp).to.be.closeTo(0.34, 1e-12);
    expect(figures.idf1).to.be.closeTo(0.833, 5e-4);
  });

  it('agree with them for its first two frames, and for both together', () => {
    const full = countMot(README_EXAMPLE, README_THRESHOLD);
    const part = countMot(README_EXAMPLE.slice(0, 2), README_THRESHOLD);
    expect(motFigures(part)).to.include({ idSwitches: 0, mota: 0.5, idf1: 0.75 });
    const overall = motFigures(addMotCounts([full, part]));
    expect(overall.idf1).to.be.closeTo(0.8, 1e-12);
    expect(overall.mota).to.equal(0.5);
    expect(1 - overall.motp).to.be.closeTo(0.275, 1e-12);
  });

  it('agree with another program on a sequence with losses, exchanges and empty frames', async () => {
    const response = await fetch('/test/accuracy/reference/mot-case.json');
    const { frames, counts } = (await response.json()) as {
      frames: { truths: IdentifiedBox[]; tracks: IdentifiedBox[] }[];
      counts: MotCounts;
    };
    const { similarity, ...whole } = countMot(
      frames.map(({ truths, tracks }) => toMotFrame(truths, tracks)),
    );
    const { similarity: expected, ...rest } = counts;
    expect(whole).to.deep.equal(rest);
    expect(similarity).to.be.closeTo(expected, 1e-9);
  });

  it('are perfect for a perfect tracker, whatever names it gives', () => {
    const frames = [0, 1, 2].map((t) =>
      toMotFrame([box(1, t), box(2, 50 - t)], [box(80, t), box(90, 50 - t)]),
    );
    const { mota, motp, idf1, idSwitches } = motFigures(countMot(frames));
    expect({ mota, motp, idf1, idSwitches }).to.deep.equal({
      mota: 1,
      motp: 1,
      idf1: 1,
      idSwitches: 0,
    });
  });

  it('count an exchange of ids as one switch for each, also after a gap', () => {
    const exchange = [
      toMotFrame([box(1, 0), box(2, 50)], [box(1, 0), box(2, 50)]),
      toMotFrame([box(1, 0), box(2, 50)], []),
      toMotFrame([box(1, 0), box(2, 50)], [box(2, 0), box(1, 50)]),
    ];
    expect(countMot(exchange).idSwitches).to.equal(2);
  });

  it('are 0 where there is nothing', () => {
    const { mota, motp, idf1 } = motFigures(countMot([]));
    expect({ mota, motp, idf1 }).to.deep.equal({ mota: 0, motp: 0, idf1: 0 });
  });
});
