import type { ModelEntry } from '../../domain/model-manifest.js';
import type { OpenBackend } from '../backend/backend.js';
import type { DetectorHead } from './detector-head.js';
import type { Network } from './network.js';
import { createSsdHead } from './ssd-head.js';

/**
 * Heads by the kind that a model's manifest names. Another family (YOLO, say)
 * is another entry, and nothing else changes.
 */
const HEADS = { ssd: createSsdHead } as const satisfies Record<ModelEntry['head']['kind'], unknown>;

/** The head for a model on a backend; the network stays the caller's. */
export function createDetectorHead(
  entry: ModelEntry,
  network: Network,
  backend: OpenBackend,
): Promise<DetectorHead> {
  return HEADS[entry.head.kind](entry.head, network, backend);
}
