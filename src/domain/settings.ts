import { BACKENDS, RUNTIMES, type BackendChoice, type RuntimeChoice } from './backend.js';
import { DEFAULT_DETECTION_OPTIONS, DETAIL_CHOICES, type DetailChoice } from './detection.js';
import { DEFAULT_UPDATE_HOUR } from './update-time.js';

/** What the address bar can ask for; parts of the app that exist. `privacy` is a page of `watch`. */
export const VIEWS = ['live', 'teach', 'watch', 'privacy', 'learn'] as const;
export type ViewName = (typeof VIEWS)[number];

export const SOURCE_NAMES = ['none', 'camera', 'screen', 'demo'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

export const RUNTIME_CHOICES = ['auto', ...RUNTIMES] as const satisfies readonly RuntimeChoice[];
export const BACKEND_CHOICES = ['auto', ...BACKENDS] as const satisfies readonly BackendChoice[];

export const MIRROR_CHOICES = ['auto', 'on', 'off'] as const;
export type MirrorChoice = (typeof MIRROR_CHOICES)[number];

/** `auto` covers the view where little of the picture is cut off by it, and contains otherwise. */
export const FIT_CHOICES = ['auto', 'contain', 'cover'] as const;
export type FitChoice = (typeof FIT_CHOICES)[number];

export const DEFAULT_MODEL = 'coco-ssd';

/** The app's settings as they stand in the query string. */
export interface Settings {
  readonly view: ViewName;
  /** `undefined`: the address does not say, and the app decides. */
  readonly source: SourceName | undefined;
  /** `user`, `environment` or a device id; empty for the remembered lens. */
  readonly camera: string;
  readonly backend: BackendChoice;
  readonly runtime: RuntimeChoice;
  readonly model: string;
  /** Labels to look for; empty for all. */
  readonly classes: readonly string[];
  /** Score threshold, 0 to 1. */
  readonly score: number;
  /** Whether tiles are looked at, for small and far things. */
  readonly detail: DetailChoice;
  readonly mirror: MirrorChoice;
  readonly fit: FitChoice;
  /** Seed of everything random; `undefined` for a fresh one. */
  readonly seed: number | undefined;
  readonly kiosk: boolean;
  /** Hour of the day, 0 to 23, in which a kiosk may reload into a new version whatever it sees. */
  readonly updateHour: number;
}

export const DEFAULT_SETTINGS: Settings = {
  view: 'live',
  source: undefined,
  camera: '',
  backend: 'auto',
  runtime: 'auto',
  model: DEFAULT_MODEL,
  classes: [],
  score: DEFAULT_DETECTION_OPTIONS.scoreThreshold,
  detail: 'auto',
  mirror: 'auto',
  fit: 'auto',
  seed: undefined,
  kiosk: false,
  updateHour: DEFAULT_UPDATE_HOUR,
};

export type SettingName = keyof Settings;

/** A parameter that could not be used as it stands; its default is used. */
export interface SettingProblem {
  readonly name: SettingName;
  /** As written in the address. */
  readonly value: string;
  readonly expected:
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | {
        readonly kind: 'number';
        readonly min: number;
        readonly max: number;
        readonly whole: boolean;
      }
    | { readonly kind: 'name' };
}

/** Settings and whatever in the address had to be ignored. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** Refuses a value; a parser returns this instead of throwing because a bad address is no exception. */
class Refused {
  readonly expected: SettingProblem['expected'];
  constructor(expected: SettingProblem['expected']) {
    this.expected = expected;
  }
}

type Parser<T> = (value: string) => T | Refused;

function oneOf<T extends string>(choices: readonly T[]): Parser<T> {
  return (value) =>
    choices.find((choice) => choice === value.toLowerCase()) ??
    new Refused({ kind: 'choice', choices });
}

function numberWithin(min: number, max: number, whole: boolean): Parser<number> {
  return (value) => {
    // Number('') is 0, which nobody means by an empty parameter.
    const number = value.trim() === '' ? NaN : Number(value);
    const fits = number >= min && number <= max && (!whole || Number.isInteger(number));
    return fits ? number : new Refused({ kind: 'number', min, max, whole });
  };
}

/** Anything printable and short enough that it can be a device id or a model's name. */
function name(pattern: RegExp): Parser<string> {
  return (value) => (pattern.test(value) ? value : new Refused({ kind: 'name' }));
}

const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  '': true,
  '1': true,
  true: true,
  on: true,
  '0': false,
  false: false,
  off: false,
};

function flag(value: string): boolean | Refused {
  return FLAG_WORDS[value.toLowerCase()] ?? new Refused({ kind: 'choice', choices: ['1', '0'] });
}

function list(value: string): readonly string[] {
  const entries = value.split(',').map((entry) => entry.trim());
  return [...new Set(entries.filter((entry) => entry !== ''))];
}

const LARGEST_SEED = 2 ** 32 - 1;

/** One parser for each setting, in the order in which they are written. */
const PARSERS: { readonly [Name in SettingName]: Parser<Settings[Name]> } = {
  view: oneOf(VIEWS),
  source: oneOf(SOURCE_NAMES),
  camera: name(/^[\x21-\x7e]{1,200}$/),
  backend: oneOf(BACKEND_CHOICES),
  runtime: oneOf(RUNTIME_CHOICES),
  model: name(/^[a-z0-9][a-z0-9._-]{0,63}$/i),
  classes: list,
  score: numberWithin(0, 1, false),
  detail: oneOf(DETAIL_CHOICES),
  mirror: oneOf(MIRROR_CHOICES),
  fit: oneOf(FIT_CHOICES),
  seed: numberWithin(0, LARGEST_SEED, true),
  kiosk: flag,
  updateHour: numberWithin(0, 23, true),
};

const NAMES = Object.keys(PARSERS) as SettingName[];

/**
 * Reads settings from a query string (with or without its question mark).
 * What is missing or cannot be used has its default; parameters that belong
 * to nobody here are left alone.
 */
export function parseSettings(query: string): ParsedSettings {
  const parameters = new URLSearchParams(query);
  const found: Partial<Settings> = {};
  const problems: SettingProblem[] = [];
  for (const setting of NAMES) {
    const value = parameters.get(setting);
    if (value === null) continue;
    const parsed = PARSERS[setting](value);
    if (parsed instanceof Refused) {
      problems.push({ name: setting, value, expected: parsed.expected });
    } else {
      Object.assign(found, { [setting]: parsed });
    }
  }
  return { settings: { ...DEFAULT_SETTINGS, ...found }, problems };
}

function written(setting: SettingName, settings: Settings): string | undefined {
  const value = settings[setting];
  if (value === undefined || value === '' || value === false) return undefined;
  if (value === true) return '1';
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  const text = typeof value === 'string' ? value : value.join(',');
  return text === String(DEFAULT_SETTINGS[setting] ?? '') ? undefined : text;
}

/**
 * The query string for settings: only what differs from the defaults, other
 * parameters of `query` kept as they were.
 *
 * @returns With its question mark, or empty.
 */
export function formatSettings(settings: Settings, query = ''): string {
  const parameters = new URLSearchParams(query);
  for (const setting of NAMES) {
    const text = written(setting, settings);
    if (text === undefined || text === written(setting, DEFAULT_SETTINGS)) {
      parameters.delete(setting);
    } else {
      parameters.set(setting, text);
    }
  }
  // Commas are legal in a query; a list of classes should stay readable.
  const text = parameters.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/**
 * Class names from the address against what the model can report, whatever
 * their case.
 *
 * @returns `known` in the model's own spelling; `unknown` as written.
 */
export function matchClasses(
  classes: readonly string[],
  labels: readonly string[],
): { readonly known: readonly string[]; readonly unknown: readonly string[] } {
  const spelling = new Map(labels.map((label) => [label.toLowerCase(), label]));
  const known: string[] = [];
  const unknown: string[] = [];
  for (const entry of classes) {
    const label = spelling.get(entry.toLowerCase());
    if (label === undefined) unknown.push(entry);
    else if (!known.includes(label)) known.push(label);
  }
  return { known, unknown };
}
