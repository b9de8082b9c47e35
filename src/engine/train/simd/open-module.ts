const PAGE_BYTES = 65_536;

/** Loops of our own in WebAssembly, on a memory of their own. */
export type Opened<Loops> = Loops & { readonly memory: WebAssembly.Memory };

/**
 * Whether this browser can run it: it computes four numbers at a time.
 *
 * @param code Of a module, in base64; see `tools/make-training-kernels.js`.
 */
export function isSupported(code: string): boolean {
  return WebAssembly.validate(decoded(code));
}

/**
 * @param bytes That are needed; the memory grows by `makeRoom` only.
 * @throws RangeError when there is not as much memory.
 */
export async function openModule<Loops>(code: string, bytes: number): Promise<Opened<Loops>> {
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) });
  const { instance } = await WebAssembly.instantiate(decoded(code), { training: { memory } });
  return { memory, ...(instance.exports as unknown as Loops) };
}

/**
 * The numbers of a memory with so many bytes at least; those that were made before may be gone.
 *
 * @throws RangeError when there is not as much memory.
 */
export function makeRoom(memory: WebAssembly.Memory, bytes: number): Float32Array {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return new Float32Array(memory.buffer);
}

function decoded(code: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(code), (character) => character.charCodeAt(0));
}
