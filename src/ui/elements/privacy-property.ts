import { ALTERATIONS, type PrivacyOptions } from '../../domain/privacy/options.js';

/** How a page may ask for privacy: all that is left out has a default. */
export type PrivacyInput = Partial<PrivacyOptions> | boolean | null | undefined;

/**
 * `privacy="blur"`, `privacy="pixelate background"`; `off` and no attribute for off. Anything else
 * is the default: whoever asks for privacy gets it.
 */
export function privacyAttribute(text: string | null): PrivacyInput {
  if (text === null || text.trim() === 'off') return undefined;
  const words = text.split(/[\s,]+/);
  const style = ALTERATIONS.find((name) => words.includes(name));
  return {
    ...(style === undefined ? {} : { style }),
    ...(words.includes('background') ? { part: 'background', shape: 'soft' } : {}),
  };
}
