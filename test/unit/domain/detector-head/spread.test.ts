import { expect } from 'chai';
import { spread } from '../../../../src/domain/detector-head/spread.js';
import { randomNumbers } from '../../../../src/domain/random.js';

describe('spread', () => {
  it('takes from every recording, however many frames one of them has', () => {
    const long = Array.from({ length: 5000 }, (_, at) => ({ id: at, burst: 'long' }));
    const single = Array.from({ length: 20 }, (_, at) => ({ id: 5000 + at, burst: `b${at}` }));
    const chosen = spread([...long, ...single], 100, randomNumbers(1));
    expect(chosen).to.have.length(100);
    expect(new Set(chosen.map(({ id }) => id)).size).to.equal(100);
    expect(chosen.filter(({ burst }) => burst === 'long')).to.have.length(80);
  });

  it('takes all there are where there is room', () => {
    const items = [
      { id: 1, burst: 'a' },
      { id: 2, burst: 'a' },
    ];
    expect(spread(items, 10, randomNumbers(1)).map(({ id }) => id)).to.have.members([1, 2]);
    expect(spread([], 10, randomNumbers(1))).to.deep.equal([]);
  });
});
