import { expect } from 'chai';
import { cutOut, putBack } from '../../../src/domain/cut-bytes.js';

const bytes = Uint8Array.of(1, 2, 0, 0, 3, 0, 4, 0);
const places = [
  { at: 7, bytes: 1 },
  { at: 2, bytes: 2 },
  { at: 5, bytes: 1 },
];

describe('cutOut and putBack', () => {
  it('leave parts out, in whatever order they are named, and put them back', () => {
    const kept = cutOut(bytes, places);
    expect([...kept]).to.deep.equal([1, 2, 3, 4]);
    expect(putBack(kept, places)).to.deep.equal(bytes);
  });

  it('leave everything where nothing is to be cut', () => {
    expect(cutOut(bytes, [])).to.deep.equal(bytes);
    expect(putBack(bytes, [])).to.deep.equal(bytes);
  });

  it('cut at the very beginning', () => {
    const first = [{ at: 0, bytes: 2 }];
    expect([...cutOut(bytes, first)]).to.deep.equal([0, 0, 3, 0, 4, 0]);
    expect([...putBack(cutOut(bytes, first), first)]).to.deep.equal([0, 0, 0, 0, 3, 0, 4, 0]);
  });
});
