/**
 * Bytes in the 45 characters that a QR code stores most tightly, 3 for every 2 bytes
 * (RFC 9285). Readers hand on text, and not all of them hand on other bytes unharmed.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = bytes.subarray(at, at + 2);
    const value = second === undefined ? first : first * 256 + second;
    text += character(value % 45) + character(Math.floor(value / 45) % 45);
    if (second !== undefined) text += character(Math.floor(value / 2025));
  }
  return text;
}

/** @returns `undefined` where the text is none of `encodeBase45`. */
export function decodeBase45(text: string): Uint8Array | undefined {
  const rest = text.length % 3;
  if (rest === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (letter) => ALPHABET.indexOf(letter));
    const [low, middle, high] = digits;
    if (digits.includes(-1)) return undefined;
    const value = (low ?? 0) + 45 * (middle ?? 0) + 2025 * (high ?? 0);
    const isPair = digits.length === 3;
    if (value > (isPair ? 0xffff : 0xff)) return undefined;
    if (isPair) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

function character(value: number): string {
  return ALPHABET[value] ?? '';
}
