import type { BatteryLevel } from '../domain/governor.js';
import type { CameraChoice } from '../platform/camera.js';
import type { HealingEngine } from '../platform/supervised-engine.js';
import type { Lent } from './lent.js';
import type { Onlooker } from './naming.js';
import type { ProbeMemory } from './probe-memory.js';
import type { OpenSource } from './source-keeper.js';
import type { TeachSession } from './teach/types.js';
import type { TeachView } from './teach/view.js';
import type { EngineUrls } from './types.js';

/** What a session is made of. */
export interface DetectSessionParts {
  readonly urls: EngineUrls;
  /** The session takes it over. */
  readonly engine: HealingEngine;
  readonly openSource: OpenSource;
  readonly cameras: { list(): Promise<readonly CameraChoice[]> };
  readonly probes: ProbeMemory;
  /** Keeps the screen on while something is being watched. */
  readonly wakeLock: { hold(): void; release(): void };
  /** Less is done when it is low. */
  readonly battery: { watch(): void; readonly level: BatteryLevel | undefined };
  /** Makes what teaches on what the session sees. */
  readonly createTeaching: (
    view: TeachView,
  ) => TeachSession & Onlooker & { lent: Lent; dispose(): void };
}
