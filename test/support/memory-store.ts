import { LocalStore } from '../../src/platform/storage.js';

/** A store that nothing else writes to, gone with the test. */
export function memoryStore(): LocalStore {
  return new LocalStore('', () => {
    throw new DOMException('forbidden', 'SecurityError');
  });
}
