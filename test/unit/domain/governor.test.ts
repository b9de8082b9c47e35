import { expect } from 'chai';
import fc from 'fast-check';
import {
  decidePace,
  FRESH_GOVERNOR,
  observeLook,
  type GovernorState,
  type LookRecord,
  type Pace,
  type Situation,
} from '../../../src/domain/governor.js';

const LIVE: Situation = { isPhoto: false, looksAtPhoto: 0, detail: 'auto', battery: undefined };
const PHOTO: Situation = { ...LIVE, isPhoto: true };

/** A device that is looked at as often as the governor allows. */
class Device {
  now = 0;
  state: GovernorState = FRESH_GOVERNOR;
  looks = 0;

  /** @param cost Milliseconds per region at a time. */
  run(
    seconds: number,
    cost: (now: number) => number,
    motion: (now: number) => number | undefined = () => 0.1,
    situation: Situation = LIVE,
  ): Pace {
    const end = this.now + seconds * 1000;
    let pace = decidePace(this.state, situation);
    while (this.now < end) {
      const regions = pace.detail === 'rotate' ? 2 : 1;
      const milliseconds = cost(this.now) * regions;
      this.now += milliseconds;
      this.state = observeLook(this.state, {
        now: this.now,
        milliseconds,
        regions,
        motion: motion(this.now),
      });
      this.looks++;
      pace = decidePace(this.state, situation);
      this.now += Math.max(0, pace.interval - milliseconds);
    }
    return pace;
  }
}

describe('Governor', () => {
  it('leaves a cool device alone while things move', () => {
    const device = new Device();
    const pace = device.run(60, () => 15);
    expect(pace.reasons).to.deep.equal([]);
    expect(pace.interval).to.be.closeTo(1000 / 30, 0.1);
    expect(device.looks).to.be.within(1750, 1810);
  });

  it('is not misled by noise, however long', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0.8, max: 1.2, noNaN: true })), (noise) => {
        const device = new Device();
        const pace = device.run(120, () => 40 * (noise.next().value ?? 1));
        expect(pace.reasons).to.deep.equal([]);
      }),
      { numRuns: 10 },
    );
  });

  it('slows down when looks take longer and longer, and recovers when they do not', () => {
    const device = new Device();
    device.run(60, () => 40);
    const hot = device.run(120, () => 90);
    expect(hot.reasons).to.deep.equal(['warm']);
    expect(hot.interval, 'rests between looks').to.be.at.least(90 / 0.5 - 1);
    expect(hot.detail).to.equal('off');
    expect(hot.probeAgain).to.equal(true);
    const cool = device.run(240, () => 40);
    expect(cool.reasons).to.deep.equal([]);
    expect(cool.interval).to.be.below(45);
    expect(cool.probeAgain).to.equal(false);
  });

  it('takes no single slow look for warmth', () => {
    const device = new Device();
    device.run(60, () => 30);
    const spike = device.now;
    const pace = device.run(20, (now) => (now - spike < 600 ? 600 : 30));
    expect(pace.reasons).to.deep.equal([]);
  });

  it('looks less often when nothing moves, and at full rate as soon as something does', () => {
    const device = new Device();
    const still = device.run(
      10,
      () => 15,
      () => 0,
    );
    expect(still.reasons).to.deep.equal(['still']);
    expect(still.interval).to.equal(250);
    const before = device.looks;
    device.run(
      10,
      () => 15,
      () => 0,
    );
    expect(device.looks - before).to.be.within(38, 42);
    const moving = device.run(0.3, () => 15);
    expect(moving.reasons).to.deep.equal([]);
    expect(moving.interval).to.be.below(34);
  });

  it('never calls a picture still whose motion nobody measures', () => {
    expect(
      new Device().run(
        30,
        () => 15,
        () => undefined,
      ).reasons,
    ).to.deep.equal([]);
  });

  it('spares a low battery that is not being charged', () => {
    const at = (level: number, isCharging: boolean): Pace =>
      new Device().run(
        20,
        () => 15,
        () => 0.1,
        { ...LIVE, battery: { level, isCharging } },
      );
    expect(at(0.1, false).reasons).to.deep.equal(['battery']);
    expect(at(0.1, false).interval).to.equal(200);
    expect(at(0.1, false).detail).to.equal('off');
    expect(at(0.1, true).reasons).to.deep.equal([]);
    expect(at(0.9, false).reasons).to.deep.equal([]);
  });

  it('lets tiles rotate where the device is fast, and wherever they are asked for', () => {
    const after = (cost: number, detail: Situation['detail']): string =>
      new Device().run(
        20,
        () => cost,
        () => 0.1,
        { ...LIVE, detail },
      ).detail;
    expect(after(14, 'auto')).to.equal('rotate');
    expect(after(45, 'auto')).to.equal('off');
    expect(after(45, 'on')).to.equal('rotate');
    expect(after(14, 'off')).to.equal('off');
  });

  it('does not flutter between tiles and none at the limit', () => {
    const device = new Device();
    const modes = new Set<string>();
    device.run(10, () => 24);
    for (let second = 0; second < 30; second++) {
      modes.add(device.run(1, () => (second % 2 === 0 ? 23 : 31)).detail);
    }
    expect([...modes]).to.deep.equal(['rotate']);
  });

  it('looks at photos in every detail, with the first boxes at once where that takes long', () => {
    const knowing = (cost: number): GovernorState =>
      observeLook(FRESH_GOVERNOR, { now: 0, milliseconds: cost, regions: 1, motion: undefined });
    const photo = (state: GovernorState, looksAtPhoto: number, detail: Situation['detail']) => {
      const pace = decidePace(state, { ...PHOTO, looksAtPhoto, detail });
      expect(pace.interval).to.equal(0);
      return [pace.detail, pace.again];
    };
    expect(photo(FRESH_GOVERNOR, 0, 'auto')).to.deep.equal(['off', true]);
    expect(photo(knowing(40), 1, 'auto')).to.deep.equal(['all', false]);
    expect(photo(knowing(40), 0, 'auto')).to.deep.equal(['all', false]);
    expect(photo(knowing(900), 0, 'auto')).to.deep.equal(['off', true]);
    expect(photo(knowing(900), 1, 'auto')).to.deep.equal(['all', false]);
    expect(photo(knowing(5000), 0, 'auto')).to.deep.equal(['off', false]);
    expect(photo(knowing(5000), 1, 'on')).to.deep.equal(['all', false]);
    expect(photo(knowing(40), 0, 'off')).to.deep.equal(['off', false]);
  });

  it('always gives a pace that can be kept, whatever is observed', () => {
    const look: fc.Arbitrary<Omit<LookRecord, 'now'> & { readonly gap: number }> = fc.record({
      gap: fc.double({ min: 0, max: 1e6, noNaN: true }),
      milliseconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
      regions: fc.integer({ min: 0, max: 5 }),
      motion: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    });
    const detail = fc.constantFrom('auto', 'off', 'on' as const);
    fc.assert(
      fc.property(
        fc.array(look, { maxLength: 60 }),
        detail,
        fc.boolean(),
        (looks, choice, isPhoto) => {
          let state = FRESH_GOVERNOR;
          let now = 0;
          for (const { gap, ...record } of looks) {
            now += gap;
            state = observeLook(state, { ...record, now });
            const pace = decidePace(state, {
              ...LIVE,
              isPhoto,
              detail: choice,
            });
            expect(Number.isFinite(pace.interval)).to.equal(true);
            expect(pace.interval).to.be.at.least(isPhoto ? 0 : 1000 / 30);
            // Never more rest than three looks' time, but for a floor that is a choice.
            expect(pace.interval).to.be.at.most(Math.max(250, record.milliseconds / 0.33) + 1e-6);
            if (choice === 'off') expect(pace.detail).to.equal('off');
            expect(pace.detail === 'all').to.equal(isPhoto && pace.detail !== 'off');
          }
        },
      ),
    );
  });
});
