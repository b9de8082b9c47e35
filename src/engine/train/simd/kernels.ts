import { KERNEL_CODE } from './kernel-code.js';
import { isSupported, openModule, type Opened } from './open-module.js';

/** The loops of `kernels.wat`. Addresses and distances are in bytes. */
export interface Kernels {
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

/** Whether this browser can compute four numbers at a time in WebAssembly. */
export function hasSimd(): boolean {
  return isSupported(KERNEL_CODE);
}

/** See `openModule`. */
export function openKernels(bytes: number): Promise<Opened<Kernels>> {
  return openModule<Kernels>(KERNEL_CODE, bytes);
}
