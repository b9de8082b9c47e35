import { KERNEL_CODE } from './kernel-code.js';

/** The loops of `kernels.wat`, on a memory of their own. Addresses and distances are in bytes. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  multiply(
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    bRow: number,
    c: number,
    cRow: number,
    rows: number,
    inner: number,
    columns: number,
  ): void;
  /** The same for 4 columns, with nothing between the numbers of a row. */
  multiply4(a: number, aRow: number, b: number, c: number, rows: number, inner: number): void;
  addTransposed4(a: number, aRow: number, b: number, c: number, rows: number, inner: number): void;
  adam(
    values: number,
    gradient: number,
    first: number,
    second: number,
    bytes: number,
    beta1: number,
    beta2: number,
    rate: number,
    rootScale: number,
    epsilon: number,
    keep: number,
  ): void;
}

const PAGE_BYTES = 65_536;

const code = Uint8Array.from(atob(KERNEL_CODE), (character) => character.charCodeAt(0));

/** Whether this browser can compute four numbers at a time in WebAssembly. */
export function hasSimd(): boolean {
  return WebAssembly.validate(code);
}

/**
 * @param bytes That are needed; the memory does not grow.
 * @throws RangeError when there is not as much memory.
 */
export async function openKernels(bytes: number): Promise<Kernels> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const { instance } = await WebAssembly.instantiate(code, { training: { memory } });
  return { memory, ...(instance.exports as unknown as Omit<Kernels, 'memory'>) };
}
