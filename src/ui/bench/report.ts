import type { BenchOutcome } from '../../session/bench.js';

/** What a browser tells of the device that it runs on, without being asked for permission. */
export interface DeviceInfo {
  readonly userAgent: string;
  readonly cores: number;
  /** Gigabytes, rounded down by the browser; `undefined` where it does not say. */
  readonly memory: number | undefined;
  readonly screen: { readonly width: number; readonly height: number; readonly ratio: number };
  readonly crossOriginIsolated: boolean;
}

/** What is shared; `version` changes with the form. */
export interface BenchReport extends BenchOutcome {
  readonly version: 1;
  /** ISO 8601. */
  readonly date: string;
  readonly device: DeviceInfo;
  /** Whether the page was hidden during the measurement, which slows it. */
  readonly wasHidden: boolean;
}

export function deviceInfo(): DeviceInfo {
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  return {
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    memory: deviceMemory,
    screen: { width: screen.width, height: screen.height, ratio: devicePixelRatio },
    crossOriginIsolated,
  };
}

/** The report as a file to share or keep. */
export function reportFile(report: BenchReport): File {
  const name = `sightline-bench-${report.date.slice(0, 19).replaceAll(':', '-')}.json`;
  return new File([`${JSON.stringify(report, null, 2)}\n`], name, { type: 'application/json' });
}
