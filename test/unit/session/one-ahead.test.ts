import { expect } from 'chai';
import { oneAhead } from '../../../src/session/new-class/one-ahead.js';

/** Tells in order what was opened and closed. */
function counted(failing?: number) {
  const told: string[] = [];
  return {
    told,
    open: (item: number) => {
      told.push(`open ${item}`);
      return item === failing ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve(item);
    },
    close: (item: number) => {
      told.push(`close ${item}`);
    },
  };
}

describe('oneAhead', () => {
  it('opens the next one before the last is done with, and closes each once', async () => {
    const { told, open, close } = counted();
    for await (const [item, opened] of oneAhead([1, 2, 3], open, close)) {
      expect(opened).to.equal(item);
      told.push(`use ${item}`);
    }
    expect(told).to.deep.equal(
      'open 1,open 2,use 1,close 1,open 3,use 2,close 2,use 3,close 3'.split(','),
    );
  });

  it('closes what was opened ahead when nobody wants more', async () => {
    const { told, open, close } = counted();
    for await (const [item] of oneAhead([1, 2, 3], open, close)) {
      if (item === 1) break;
    }
    await Promise.resolve();
    expect(told).to.deep.equal(['open 1', 'open 2', 'close 1', 'close 2']);
  });

  it('ends where one cannot be opened, when it is its turn', async () => {
    const { told, open, close } = counted(2);
    const used: number[] = [];
    let message = '';
    try {
      for await (const [item] of oneAhead([1, 2, 3], open, close)) used.push(item);
    } catch (thrown) {
      message = (thrown as Error).message;
    }
    expect(message).to.equal('no 2');
    expect(used).to.deep.equal([1]);
    expect(told).to.deep.equal(['open 1', 'open 2', 'close 1']);
  });
});
