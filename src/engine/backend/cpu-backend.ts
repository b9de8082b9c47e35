import type { OpenBackend } from './backend.js';
import { openHost } from './host-backend.js';
import './kernels-cpu.js';

/** Opens the plain JavaScript backend: slow, and there wherever JavaScript is. */
export function openCpu(): Promise<OpenBackend> {
  return openHost('cpu', 'JavaScript');
}
