import { expect } from 'chai';
import { ScreenWakeLock } from '../../../src/platform/wake-lock.js';
import { delay, until } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

/** A screen that counts; its locks are let go as the browser does when a page is hidden. */
class Screen {
  readonly sentinels: (EventTarget & { released: boolean })[] = [];
  refuses = false;

  get held(): number {
    return this.sentinels.filter((sentinel) => !sentinel.released).length;
  }

  request(): Promise<WakeLockSentinel> {
    if (this.refuses) return Promise.reject(new DOMException('low battery', 'NotAllowedError'));
    const sentinel = Object.assign(new EventTarget(), {
      released: false,
      type: 'screen' as const,
      onrelease: null,
      release: () => {
        sentinel.released = true;
        return Promise.resolve();
      },
    });
    this.sentinels.push(sentinel);
    return Promise.resolve(sentinel);
  }

  hidePage(): void {
    for (const sentinel of this.sentinels) sentinel.released = true;
  }
}

function showPage(): void {
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('ScreenWakeLock', () => {
  it('holds and releases', async () => {
    const screen = new Screen();
    const lock = new ScreenWakeLock(screen);
    lock.hold();
    lock.hold();
    await until(() => lock.held, 'the lock is held');
    expect(screen.held).to.equal(1);
    lock.release();
    expect(lock.held).to.equal(false);
    expect(screen.held).to.equal(0);
  });

  it('holds again when the page comes back', async () => {
    const screen = new Screen();
    const lock = new ScreenWakeLock(screen);
    lock.hold();
    await until(() => lock.held, 'the lock is held');
    screen.hidePage();
    expect(lock.held).to.equal(false);
    showPage();
    await until(() => lock.held, 'the lock is held again');
    lock.release();
    showPage();
    await delay(20);
    expect(screen.held).to.equal(0);
  });

  it('gives back a lock that comes too late', async () => {
    const screen = new Screen();
    const lock = new ScreenWakeLock(screen);
    lock.hold();
    lock.release();
    await delay(20);
    expect(screen.sentinels).to.have.length(1);
    expect(screen.held).to.equal(0);
  });

  it('lives with a refusal, and asks again when the page comes back', async () => {
    const screen = new Screen();
    screen.refuses = true;
    const lock = new ScreenWakeLock(screen);
    lock.hold();
    await delay(20);
    expect(lock.held).to.equal(false);
    screen.refuses = false;
    showPage();
    await until(() => lock.held, 'the lock is held');
    lock.release();
  });

  it('does nothing where the browser has no wake locks', async () => {
    await replacing(navigator, 'wakeLock', undefined, () => {
      const lock = new ScreenWakeLock();
      lock.hold();
      expect(lock.held).to.equal(false);
      lock.release();
    });
  });
});
