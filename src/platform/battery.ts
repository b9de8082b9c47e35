import type { BatteryLevel } from '../domain/governor.js';

/** The part of the Battery Status API that is used (https://www.w3.org/TR/battery-status/). */
export interface BatteryPort extends EventTarget {
  readonly charging: boolean;
  readonly level: number;
}

/**
 * Knows the battery where the browser tells of it (Chromium does, others do
 * not); nothing is asked before `watch`.
 */
export class Battery {
  readonly #open: () => Promise<BatteryPort> | undefined;
  #port: BatteryPort | undefined;
  #isAsked = false;

  /** @param open This browser's own by default. */
  constructor(open: () => Promise<BatteryPort> | undefined = browserBattery) {
    this.#open = open;
  }

  /** The level now; `undefined` where nobody tells. */
  get level(): BatteryLevel | undefined {
    const port = this.#port;
    // A device without a battery says that it is charging and full.
    return port && { level: port.level, isCharging: port.charging };
  }

  /** Begins to follow the battery; again without effect. */
  watch(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#open()?.then(
      (port) => {
        this.#port = port;
      },
      // A page in a frame without the permission is refused; then nobody tells.
      () => undefined,
    );
  }
}

function browserBattery(): Promise<BatteryPort> | undefined {
  const { getBattery } = navigator as { getBattery?: () => Promise<BatteryPort> };
  try {
    return getBattery?.call(navigator);
  } catch {
    return undefined;
  }
}
