import { expect } from 'chai';
import { mayUpdateByItself } from '../../../src/domain/update-time.js';

const MINUTE = 60_000;
const noon = new Date(2026, 5, 1, 12, 0);

describe('mayUpdateByItself', () => {
  it('waits while something was seen lately', () => {
    const lastSeen = noon.getTime() - 9 * MINUTE;
    expect(mayUpdateByItself(noon, { lastSeen, opened: 0, hour: 4, isTeaching: false })).to.equal(
      false,
    );
  });

  it('goes on when nothing was seen for ten minutes', () => {
    const lastSeen = noon.getTime() - 10 * MINUTE;
    expect(mayUpdateByItself(noon, { lastSeen, opened: 0, hour: 4, isTeaching: false })).to.equal(
      true,
    );
  });

  it('gives a page that has just been opened its ten minutes', () => {
    const opened = noon.getTime() - MINUTE;
    expect(
      mayUpdateByItself(noon, { lastSeen: undefined, opened, hour: 4, isTeaching: false }),
    ).to.equal(false);
  });

  it('goes on within the chosen hour, whatever is seen', () => {
    const night = new Date(2026, 5, 1, 4, 59);
    const times = { lastSeen: night.getTime(), opened: 0, hour: 4, isTeaching: false };
    expect(mayUpdateByItself(night, times)).to.equal(true);
    expect(mayUpdateByItself(night, { ...times, hour: 3 })).to.equal(false);
  });

  it('never interrupts teaching', () => {
    const night = new Date(2026, 5, 1, 4, 59);
    const times = { lastSeen: undefined, opened: 0, hour: 4, isTeaching: true };
    expect(mayUpdateByItself(night, times)).to.equal(false);
  });
});
