/**
 * Half-precision numbers (IEEE 754 binary16) in bulk: half the memory for
 * features that are kept for training.
 */

let table: Float32Array | undefined;

/** The number that each pattern of 16 bits stands for. */
export function float16Table(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const sign = (bits & 0x8000) === 0 ? 1 : -1;
    const exponent = (bits >>> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
  return table;
}

/** Widens; every half-precision number is a single-precision one. */
export function fromFloat16(
  bits: Uint16Array,
  out: Float32Array = new Float32Array(bits.length),
): Float32Array {
  const numbers = float16Table();
  for (let at = 0; at < bits.length; at++) out[at] = numbers[bits[at] ?? 0] ?? 0;
  return out;
}

/** Rounds to the nearest half-precision number, ties to even; what is too large becomes infinite. */
export function toFloat16(values: Float32Array): Uint16Array {
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let at = 0; at < out.length; at++) {
    const pattern = patterns[at] ?? 0;
    // Minus zero, which some GPUs give for nothing, is zero.
    if (pattern === 0 || pattern === 0x80000000) continue;
    const sign = (pattern >>> 16) & 0x8000;
    const magnitude = pattern & 0x7fffffff;
    if (magnitude > 0x7f800000) out[at] = sign | 0x7e00;
    else if (magnitude >= 0x477ff000) out[at] = sign | 0x7c00;
    // Below 2^-14 the exponent is fixed, so the number is a multiple of 2^-24.
    else if (magnitude < 0x38800000)
      out[at] = sign | nearestEven(Math.abs(values[at] ?? 0) * 2 ** 24);
    else {
      // The exponent's bias goes from 127 to 15; a carry out of the fraction rightly raises it.
      const rebiased = magnitude - 0x38000000;
      out[at] = sign | ((rebiased + 0x0fff + ((rebiased >>> 13) & 1)) >>> 13);
    }
  }
  return out;
}

function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
