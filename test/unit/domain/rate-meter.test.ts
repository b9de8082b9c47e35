import { expect } from 'chai';
import fc from 'fast-check';
import { RateMeter } from '../../../src/domain/rate-meter.js';

/** Counts every `interval` milliseconds from `start` (exclusive) to `end`. */
function count(meter: RateMeter, start: number, end: number, interval: number): void {
  for (let now = start + interval; now <= end; now += interval) meter.count(now);
}

describe('RateMeter', () => {
  it('is 0 before anything has happened', () => {
    const meter = new RateMeter();
    expect(meter.perSecond(1000)).to.equal(0);
    meter.resume(1000);
    expect(meter.perSecond(1000)).to.equal(0);
    expect(meter.perSecond(2000)).to.equal(0);
  });

  it('measures a steady rate', () => {
    const meter = new RateMeter();
    meter.resume(0);
    count(meter, 0, 10_000, 50);
    expect(meter.perSecond(10_000)).to.be.closeTo(20, 0.3);
  });

  it('measures over the time there was, while that is shorter than the window', () => {
    const meter = new RateMeter();
    meter.resume(0);
    count(meter, 0, 1000, 100);
    expect(meter.perSecond(1000)).to.be.closeTo(10, 1e-9);
  });

  it('forgets what is older than the window', () => {
    const meter = new RateMeter();
    meter.resume(0);
    count(meter, 0, 5000, 50);
    count(meter, 5000, 10_000, 500);
    expect(meter.perSecond(10_000)).to.be.closeTo(2, 0.3);
    expect(meter.perSecond(30_000)).to.equal(0);
  });

  it('leaves pauses out', () => {
    const meter = new RateMeter();
    meter.resume(0);
    count(meter, 0, 3000, 100);
    meter.pause(3000);
    expect(meter.perSecond(60_000)).to.be.closeTo(10, 1e-9);
    meter.resume(60_000);
    count(meter, 60_000, 62_000, 100);
    expect(meter.perSecond(62_000)).to.be.closeTo(10, 1e-9);
  });

  it('may be resumed and paused repeatedly without effect', () => {
    const meter = new RateMeter();
    meter.resume(0);
    meter.resume(500);
    count(meter, 0, 1000, 100);
    meter.pause(1000);
    meter.pause(2000);
    expect(meter.perSecond(2000)).to.be.closeTo(10, 1e-9);
  });

  it('gives the same rate wherever pauses are put between the events', () => {
    const gaps = fc.array(
      fc.record({ active: fc.integer({ min: 1, max: 500 }), pause: fc.nat(1e6) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(gaps, (list) => {
        const plain = new RateMeter();
        const paused = new RateMeter();
        let plainNow = 0;
        let pausedNow = 0;
        plain.resume(0);
        for (const { active, pause } of list) {
          paused.resume(pausedNow);
          plainNow += active;
          pausedNow += active;
          plain.count(plainNow);
          paused.count(pausedNow);
          paused.pause(pausedNow);
          pausedNow += pause;
        }
        expect(paused.perSecond(pausedNow)).to.be.closeTo(plain.perSecond(plainNow), 1e-9);
      }),
    );
  });
});
