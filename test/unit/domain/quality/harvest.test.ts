import { expect } from 'chai';
import type { BBox } from '../../../../src/domain/geometry.js';
import { refusal, type View } from '../../../../src/domain/quality/harvest.js';

const frame = { width: 640, height: 480 };
const alone = { frame, others: [] };

function view(bits: number, overrides: Partial<View> = {}): View {
  return {
    bbox: [100, 100, 80, 80],
    score: 0.9,
    timestamp: 5000,
    look: { fingerprint: [bits, 0] },
    ...overrides,
  };
}

describe('refusal', () => {
  const taken = [view(0), view(0xffff0000)];

  it('takes a view that differs from all before', () => {
    expect(refusal(view(0x0000ffff), taken, 1000, alone)).to.equal(undefined);
    expect(refusal(view(0), [], undefined, alone)).to.equal(undefined);
  });

  it('leaves a view that is known, of any track', () => {
    expect(refusal(view(0b111), taken, 1000, alone)).to.equal('known-view');
    expect(refusal(view(0xffff0001), taken, undefined, alone)).to.equal('known-view');
  });

  it('waits between two examples of a track, but not for a clock that went back', () => {
    expect(refusal(view(0xffff), taken, 4900, alone)).to.equal('too-soon');
    expect(refusal(view(0xffff), taken, 4850, alone)).to.equal(undefined);
    expect(refusal(view(0xffff), taken, 9000, alone)).to.equal(undefined);
  });

  it('leaves what is small, cut off by the rim or covered', () => {
    const at = (bbox: BBox, others: readonly BBox[] = []) =>
      refusal(view(0xffff, { bbox }), [], undefined, { frame, others });
    expect(at([100, 100, 80, 20])).to.equal('too-small');
    expect(at([0, 100, 80, 80])).to.equal('cut-off');
    expect(at([561, 100, 78.5, 80])).to.equal('cut-off');
    expect(at([0, 0, 640, 400])).to.equal(undefined);
    expect(at([100, 100, 80, 80], [[150, 100, 80, 80]])).to.equal('covered');
    expect(at([100, 100, 80, 80], [[170, 100, 80, 80]])).to.equal(undefined);
  });
});
