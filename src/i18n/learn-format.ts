import { CATALOGUE_LOCALE } from './format.js';

const MINUS = '−';

const formatters = new Map<number, Intl.NumberFormat>();

/**
 * A number of a formula: so many significant digits, a real minus sign, and words for
 * what is no number.
 */
export function figure(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) {
    return value
      .toExponential(Math.max(0, digits - 1))
      .replace(/e\+?(-?)(\d+)/, (_all, sign: string, power: string) => `e${sign}${power}`)
      .replaceAll('-', MINUS);
  }
  let format = formatters.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat(CATALOGUE_LOCALE, {
      maximumSignificantDigits: digits,
      useGrouping: false,
    });
    formatters.set(digits, format);
  }
  return format.format(value).replace('-', MINUS);
}

/** With so many decimals, always: columns of numbers stay in line. */
export function decimals(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return figure(value);
  return value
    .toFixed(digits)
    .replace(/^-(0\.?0*)$/, '$1')
    .replace('-', MINUS);
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 12 → "₁₂". */
export function subscript(value: number): string {
  return Array.from(String(value), (digit) => SUBSCRIPTS[Number(digit)] ?? '').join('');
}

/** 2 → "⁽²⁾", as layers are counted. */
export function layerMark(layer: number): string {
  return `⁽${Array.from(String(layer), (digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('')}⁾`;
}
