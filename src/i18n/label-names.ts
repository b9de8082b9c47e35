import { formatNumber } from './format.js';
import { ENGLISH_PLURALS } from './labels/english.js';
import type { LabelForms } from './labels/label-forms.js';

type LabelTable = Readonly<Record<string, LabelForms>>;

/** Tables by language; fetched only when a page asks for the language. */
const LOADERS: Readonly<Record<string, () => Promise<{ labels: LabelTable }>>> = {
  de: () => import('./labels/de.js'),
  es: () => import('./labels/es.js'),
  fr: () => import('./labels/fr.js'),
};

const loaded = new Map<string, LabelTable>();

/** Languages with names of their own, besides canonical English. */
export const LABEL_LANGUAGES: readonly string[] = Object.keys(LOADERS);

/** "de-AT" → "de". */
function language(locale: string): string {
  return locale.toLowerCase().split(/[-_]/, 1)[0] ?? '';
}

/**
 * Fetches the names for a locale, after which `labelName` and `labelCount`
 * know them. A locale without a table needs nothing: English is used.
 */
export async function loadLabelNames(locale: string): Promise<void> {
  const key = language(locale);
  const load = LOADERS[key];
  if (load === undefined || loaded.has(key)) return;
  loaded.set(key, (await load()).labels);
}

/**
 * The label as people read it.
 *
 * @param label Canonical English label; unknown ones (a person's own) are given back as they are.
 */
export function labelName(label: string, locale: string): string {
  return loaded.get(language(locale))?.[label]?.[0] ?? label;
}

/** "cup" for one, "2 cups" for two. */
export function labelCount(label: string, count: number, locale: string): string {
  if (count === 1) return labelName(label, locale);
  const table = loaded.get(language(locale));
  const many = table?.[label]?.[1] ?? (table === undefined ? englishPlural(label) : label);
  return `${formatNumber(count, 0, locale)} ${many}`;
}

function englishPlural(label: string): string {
  const known = ENGLISH_PLURALS[label];
  if (known !== undefined) return known;
  if (/[^aeiou]y$/.test(label)) return `${label.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(label) ? `${label}es` : `${label}s`;
}
