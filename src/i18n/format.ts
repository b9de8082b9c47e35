/** The language of the message catalogue, and so of its numbers. */
export const CATALOGUE_LOCALE = 'en';

const formatters = new Map<string, Intl.NumberFormat>();

/** Constructing an Intl.NumberFormat costs far more than using one, and tags are drawn every frame. */
function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(supported(locale), options);
    formatters.set(key, found);
  }
  return found;
}

/** A locale comes from an attribute; a mistyped one must not stop the drawing. */
function supported(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? CATALOGUE_LOCALE;
  } catch {
    return CATALOGUE_LOCALE;
  }
}

const PERCENT: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 0 };

/** 0.874 → "87%". */
export function formatPercent(fraction: number, locale: string = CATALOGUE_LOCALE): string {
  return formatter(locale, PERCENT).format(fraction);
}

/** A number with at most `digits` decimals: 1234.56 → "1,234.6". */
export function formatNumber(value: number, digits = 0, locale: string = CATALOGUE_LOCALE): string {
  return formatter(locale, { maximumFractionDigits: digits }).format(value);
}

/** 12.345 → "12.3 ms". */
export function formatMilliseconds(value: number, locale: string = CATALOGUE_LOCALE): string {
  const digits = value < 10 ? 1 : 0;
  return `${formatter(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)} ms`;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** 9_200_000 → "9.2 MB"; decimal units, as browsers show downloads. */
export function formatBytes(bytes: number, locale: string = CATALOGUE_LOCALE): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return formatter(locale, {
    style: 'unit',
    unit: BYTE_UNITS[unit] ?? 'byte',
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** A number with its noun, as in “1 example” and “2 examples”. */
export function counted(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
