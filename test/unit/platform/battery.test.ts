import { expect } from 'chai';
import { Battery, type BatteryPort } from '../../../src/platform/battery.js';

class TestBattery extends EventTarget implements BatteryPort {
  charging = false;
  level = 0.5;
}

describe('Battery', () => {
  it('asks once, when it is watched, and tells the level as it changes', async () => {
    const port = new TestBattery();
    let asked = 0;
    const battery = new Battery(() => {
      asked++;
      return Promise.resolve(port);
    });
    expect(asked).to.equal(0);
    battery.watch();
    battery.watch();
    expect(asked).to.equal(1);
    expect(battery.level).to.equal(undefined);
    await Promise.resolve();
    expect(battery.level).to.deep.equal({ level: 0.5, isCharging: false });
    port.level = 0.1;
    port.charging = true;
    expect(battery.level).to.deep.equal({ level: 0.1, isCharging: true });
  });

  it('knows nothing where the browser tells nothing or refuses', async () => {
    const silent = new Battery(() => undefined);
    silent.watch();
    expect(silent.level).to.equal(undefined);
    const refused = new Battery(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    refused.watch();
    await Promise.resolve();
    expect(refused.level).to.equal(undefined);
  });

  it("reads this browser's own, where there is one", async () => {
    const battery = new Battery();
    battery.watch();
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (!('getBattery' in navigator)) return;
    expect(battery.level?.level).to.be.within(0, 1);
  });
});
