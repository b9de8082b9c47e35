import { expect } from 'chai';
import { backoff } from '../../../src/domain/backoff.js';
import { RestartBudget } from '../../../src/domain/restart-budget.js';
import { stallLimit } from '../../../src/domain/stall-limit.js';

describe('RestartBudget', () => {
  it('restarts at once, then after a second, then gives up', () => {
    const budget = new RestartBudget();
    expect(budget.afterDeath(0)).to.equal(0);
    expect(budget.afterDeath(10_000)).to.equal(1000);
    expect(budget.afterDeath(20_000)).to.equal(undefined);
  });

  it('forgets deaths that are more than a minute old', () => {
    const budget = new RestartBudget();
    for (let minute = 0; minute < 10; minute++) {
      expect(budget.afterDeath(minute * 60_000)).to.equal(0);
    }
  });

  it('doubles the delay with every death in the period', () => {
    const budget = new RestartBudget({ maxDeaths: 5, period: 1000, firstDelay: 10 });
    const delays = [0, 1, 2, 3, 4].map((now) => budget.afterDeath(now));
    expect(delays).to.deep.equal([0, 10, 20, 40, undefined]);
  });

  it('starts afresh when it is reset', () => {
    const budget = new RestartBudget();
    budget.afterDeath(0);
    budget.afterDeath(1);
    budget.reset();
    expect(budget.afterDeath(2)).to.equal(0);
  });
});

describe('backoff', () => {
  it('doubles up to a limit', () => {
    expect([1, 2, 3, 4, 5].map((failures) => backoff(failures, 100, 1000))).to.deep.equal([
      100, 200, 400, 800, 1000,
    ]);
    expect(backoff(5000, 100, 1000)).to.equal(1000);
  });
});

describe('stallLimit', () => {
  it('is patient for at least a minute', () => {
    expect(stallLimit([])).to.equal(60_000);
    expect(stallLimit([20, 30])).to.equal(60_000);
  });

  it('is twenty times as patient as the slowest of the last answers', () => {
    expect(stallLimit([100, 5000, 50])).to.equal(100_000);
  });
});
