/**
 * Half-precision numbers (IEEE 754 binary16): half the memory for weights on their
 * way to a device and for features that are kept for training.
 */

/** Largest finite one. */
export const FLOAT16_MAX = 65504;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * The bits of the half-precision number nearest to a value, ties to even, as
 * IEEE 754 has it: subnormal numbers are kept, and what rounds to more than
 * `FLOAT16_MAX` becomes infinity.
 */
export function toFloat16Bits(value: number): number {
  float[0] = value;
  return halved(bits[0] ?? 0, value);
}

/** The number that 16 bits stand for. */
export function fromFloat16Bits(half: number): number {
  const sign = (half & 0x8000) === 0 ? 1 : -1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Whether every value stays finite as a half-precision number. */
export function fitsFloat16(values: Float32Array): boolean {
  // 65520 is the first number that rounds to infinity; NaN fails the comparison too.
  return values.every((value) => Math.abs(value) < 65520);
}

let table: Float32Array | undefined;

/** The number that each pattern of 16 bits stands for. */
export function float16Table(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, half) => fromFloat16Bits(half));
  return table;
}

/** Widens; every half-precision number is a single-precision one. */
export function fromFloat16(
  halves: Uint16Array,
  out: Float32Array = new Float32Array(halves.length),
): Float32Array {
  const numbers = float16Table();
  for (let at = 0; at < halves.length; at++) out[at] = numbers[halves[at] ?? 0] ?? 0;
  return out;
}

/** As `toFloat16Bits`, but for minus zero, which some GPUs give for nothing: it is zero. */
export function toFloat16(values: Float32Array): Uint16Array {
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let at = 0; at < out.length; at++) {
    const pattern = patterns[at] ?? 0;
    if (pattern === 0 || pattern === 0x80000000) continue;
    out[at] = halved(pattern, values[at] ?? 0);
  }
  return out;
}

/** @param pattern Single-precision bits of the value. */
function halved(pattern: number, value: number): number {
  const sign = (pattern >>> 16) & 0x8000;
  const magnitude = pattern & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Below 2^-14 the exponent is fixed, so the number is a multiple of 2^-24.
  if (magnitude < 0x38800000) return sign | roundHalfToEven(Math.abs(value) * 2 ** 24);
  // The exponent's bias goes from 127 to 15; a carry out of the fraction rightly raises it.
  const rebiased = magnitude - 0x38000000;
  return sign | ((rebiased + 0x0fff + ((rebiased >>> 13) & 1)) >>> 13);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
