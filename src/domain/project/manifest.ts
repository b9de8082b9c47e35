import { SightlineError } from '../errors.js';
import type { BBox } from '../geometry.js';
import { LONGEST_LABEL, SAMPLE_KINDS, SAMPLE_SOURCES, type Sample } from '../sample.js';
import {
  boolean,
  json,
  list,
  number,
  oneOf,
  optional,
  record,
  ShapeError,
  text,
  type Shape,
} from '../shape.js';

/** The file in a project's zip that says what the others are. */
export const MANIFEST_PATH = 'project.json';
/** The file with the SHA-256 of that one, in lower-case hexadecimal: zip's own check is weak, and not every reader makes it. */
export const CHECKSUM_PATH = 'project.sha256';
export const PROJECT_FORMAT = 'sightline-project';
/** Raised when an older version could not read the file without losing something. */
export const PROJECT_VERSION = 1;

/** Beyond these a file is refused before it can exhaust a phone. */
export const PROJECT_LIMITS = {
  /** Bytes of everything together, unpacked. */
  bytes: 512 * 1024 * 1024,
  fileBytes: 48 * 1024 * 1024,
  files: 40_000,
  samples: 20_000,
  heads: 200,
  settingsCharacters: 100_000,
} as const;

/** A file of the zip, with what it must contain. */
export interface ProjectFileEntry {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string;
}

export interface ProjectPicture {
  readonly id: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/** Trained layers: a description as JSON and the weights. */
export interface ProjectHead {
  readonly id: string;
  readonly name: string;
  /** Model whose features it was trained on; it fits no other. */
  readonly model: string;
  /** Paths of both files. */
  readonly description: string;
  readonly weights: string;
}

/** `project.json`: labels, samples, heads and settings of one project. */
export interface ProjectManifest {
  readonly format: typeof PROJECT_FORMAT;
  readonly version: number;
  readonly name: string;
  /** ISO 8601. */
  readonly created: string;
  readonly labels: readonly string[];
  readonly pictures: readonly ProjectPicture[];
  readonly samples: readonly Sample[];
  readonly heads: readonly ProjectHead[];
  readonly settings: unknown;
  /** Every other file of the zip. */
  readonly files: readonly ProjectFileEntry[];
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Nothing but these: no folders upwards, no absolute paths, no names that some system reads otherwise. */
const PATH =
  /^(?:pictures\/[A-Za-z0-9_-]{1,64}\.(?:jpg|png|webp)|heads\/[A-Za-z0-9_-]{1,64}\.(?:json|bin))$/;

/** Whether a zip of a project may have a file of this name. */
export function isProjectPath(path: string): boolean {
  return path === MANIFEST_PATH || path === CHECKSUM_PATH || PATH.test(path);
}

const LARGEST_PICTURE = 20_000;

const id = text(64, ID);
const path = text(100, PATH);
const label = text(LONGEST_LABEL);
const pixels = number(-LARGEST_PICTURE, LARGEST_PICTURE);
const extent = number(Number.MIN_VALUE, LARGEST_PICTURE);

const box: Shape<BBox> = (value, where) => {
  const [x, y, width, height, ...rest] = list<unknown>((entry) => entry, 4)(value, where);
  if (rest.length > 0) throw new ShapeError(`${where} is no box`);
  return [
    pixels(x, `${where}[0]`),
    pixels(y, `${where}[1]`),
    extent(width, `${where}[2]`),
    extent(height, `${where}[3]`),
  ];
};

const sample = record<Sample>({
  id,
  pictureId: id,
  bbox: box,
  kind: oneOf(SAMPLE_KINDS),
  label,
  base: optional(label),
  source: oneOf(SAMPLE_SOURCES),
  burst: text(100),
  time: number(0, 8.64e15),
  confirmed: optional(boolean),
});

const manifest = record<ProjectManifest>({
  format: oneOf([PROJECT_FORMAT]),
  version: number(1, PROJECT_VERSION, true),
  name: text(200),
  created: text(40),
  labels: list(label, PROJECT_LIMITS.samples),
  pictures: list(
    record<ProjectPicture>({
      id,
      path,
      width: number(1, LARGEST_PICTURE, true),
      height: number(1, LARGEST_PICTURE, true),
    }),
    PROJECT_LIMITS.samples,
  ),
  samples: list(sample, PROJECT_LIMITS.samples),
  heads: list(
    record<ProjectHead>({ id, name: text(200), model: text(64), description: path, weights: path }),
    PROJECT_LIMITS.heads,
  ),
  settings: json(PROJECT_LIMITS.settingsCharacters),
  files: list(
    record<ProjectFileEntry>({
      path,
      bytes: number(0, PROJECT_LIMITS.fileBytes, true),
      sha256: text(64, /^[0-9a-f]{64}$/),
    }),
    PROJECT_LIMITS.files,
  ),
});

/**
 * `project.json` from outside, checked in every part.
 *
 * @throws SightlineError `project-unrecognised`, `project-newer` or `project-corrupt`.
 */
export function parseManifest(written: string): ProjectManifest {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (cause) {
    throw new SightlineError('project-corrupt', `${MANIFEST_PATH} is no JSON`, { cause });
  }
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== PROJECT_FORMAT) {
    throw new SightlineError('project-unrecognised', `${MANIFEST_PATH} is of another format`);
  }
  if (typeof version === 'number' && version > PROJECT_VERSION) {
    throw new SightlineError('project-newer', `version ${version}`);
  }
  try {
    const parsed = manifest(value, MANIFEST_PATH);
    assertConsistent(parsed);
    return parsed;
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw new SightlineError('project-corrupt', cause.message, { cause });
  }
}

/** Everything that is named is there, once, and every box lies in its picture. */
function assertConsistent({ pictures, samples, heads, files }: ProjectManifest): void {
  const known = unique(files, ({ path }) => path, 'files');
  const byId = unique(pictures, (picture) => picture.id, 'pictures');
  unique(samples, (entry) => entry.id, 'samples');
  unique(heads, (entry) => entry.id, 'heads');
  const used = [
    ...pictures.map((picture) => picture.path),
    ...heads.flatMap(({ description, weights }) => [description, weights]),
  ];
  unique(used, (name) => name, 'uses');
  for (const name of used) {
    if (!known.has(name)) throw new ShapeError(`${name} is not among the files`);
  }
  if (used.length !== files.length) throw new ShapeError('there are files that nothing names');
  for (const { pictureId, bbox } of samples) {
    const picture = byId.get(pictureId);
    if (picture === undefined) throw new ShapeError(`there is no picture ${pictureId}`);
    const [x, y, width, height] = bbox;
    const isOutside =
      x >= picture.width || y >= picture.height || x + width <= 0 || y + height <= 0;
    if (isOutside) throw new ShapeError(`a box lies outside of picture ${pictureId}`);
  }
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string, what: string): Map<string, T> {
  const map = new Map(items.map((item) => [keyOf(item), item]));
  if (map.size !== items.length) throw new ShapeError(`the same twice among ${what}`);
  return map;
}
