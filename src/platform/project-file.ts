import { strToU8 } from 'fflate';
import { SightlineError } from '../domain/errors.js';
import { fileFormat, IMAGE_MEDIA_TYPES, SIGNATURE_BYTES } from '../domain/file-format.js';
import {
  CHECKSUM_PATH,
  MANIFEST_PATH,
  parseManifest,
  PROJECT_FORMAT,
  PROJECT_LIMITS,
  PROJECT_VERSION,
  type ProjectFileEntry,
  type ProjectManifest,
} from '../domain/project/manifest.js';
import type { Sample } from '../domain/sample.js';
import { throwIfAborted } from './abort.js';
import { sha256Hex } from './sha256.js';
import { unpackProject } from './unpack-project.js';
import { packZip, type Bytes, type ZipCall } from './zip-file.js';

/** A picture that samples lie in. */
export interface PictureContent {
  readonly id: string;
  /** JPEG, PNG or WebP. */
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
}

/** Trained layers as they travel. */
export interface HeadContent {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  /** JSON. */
  readonly description: string;
  readonly weights: Bytes;
}

/** A project in memory; without pictures and samples it is a file of heads only. */
export interface ProjectContent {
  readonly name: string;
  /** ISO 8601. */
  readonly created: string;
  readonly labels: readonly string[];
  readonly pictures: readonly PictureContent[];
  readonly samples: readonly Sample[];
  readonly heads: readonly HeadContent[];
  readonly settings: unknown;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/**
 * Writes a project as one zip file, with a checksum of everything in it.
 *
 * @throws SightlineError `project-corrupt` for a picture that is no JPEG, PNG or
 *   WebP, `project-too-large`, `aborted`.
 */
export async function writeProject(content: ProjectContent, call: ZipCall = {}): Promise<Blob> {
  const entries: { readonly entry: ProjectFileEntry; readonly bytes: Bytes }[] = [];
  const count = content.pictures.length + 2 * content.heads.length;
  const add = async (path: string, bytes: Bytes): Promise<string> => {
    throwIfAborted(call.signal);
    entries.push({ entry: { path, bytes: bytes.length, sha256: await sha256Hex(bytes) }, bytes });
    call.onProgress?.(entries.length / Math.max(1, count));
    return path;
  };
  const pictures = [];
  for (const { id, blob, width, height } of content.pictures) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const path = await add(`pictures/${id}.${EXTENSIONS[pictureType(bytes)] ?? ''}`, bytes);
    pictures.push({ id, path, width, height });
  }
  const heads = [];
  for (const { id, name, model, description, weights } of content.heads) {
    heads.push({
      id,
      name,
      model,
      description: await add(`heads/${id}.json`, strToU8(description)),
      weights: await add(`heads/${id}.bin`, weights),
    });
  }
  const { name, created, labels, samples, settings } = content;
  const manifest: ProjectManifest = {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    name,
    created,
    labels,
    pictures,
    samples,
    heads,
    settings,
    files: entries.map(({ entry }) => entry),
  };
  const written = strToU8(JSON.stringify(manifest));
  // What is written can be read again, or is not written.
  parseManifest(new TextDecoder().decode(written));
  const total = entries.reduce((sum, { bytes }) => sum + bytes.length, written.length);
  if (total > PROJECT_LIMITS.bytes) throw new SightlineError('project-too-large', `${total} bytes`);
  const files = [
    { path: MANIFEST_PATH, bytes: written },
    { path: CHECKSUM_PATH, bytes: strToU8(await sha256Hex(written)) },
    ...entries.map(({ entry, bytes }) => ({ path: entry.path, bytes })),
  ];
  // Pictures are compressed already; the rest shrinks well.
  return packZip(files, (path) => path.startsWith('pictures/'));
}

/**
 * Reads a project file, which may come from anywhere: sizes are limited while it is
 * unpacked, names, structure and checksums are checked, and what was not announced
 * is refused. All of it is right, or nothing is given.
 *
 * @throws SightlineError `project-unrecognised`, `project-corrupt`, `project-newer`,
 *   `project-too-large`, `aborted`.
 */
export async function readProject(file: Blob, call: ZipCall = {}): Promise<ProjectContent> {
  const files = await unpackProject(file, call);
  const written = files.get(MANIFEST_PATH);
  if (written === undefined) {
    throw new SightlineError('project-unrecognised', `there is no ${MANIFEST_PATH}`);
  }
  // First, since it tells a file of a newer version from a damaged one.
  const manifest = parseManifest(new TextDecoder().decode(written));
  const checksum = new TextDecoder().decode(files.get(CHECKSUM_PATH));
  if (checksum !== (await sha256Hex(written))) {
    throw new SightlineError('project-corrupt', `${MANIFEST_PATH} is not what was written`);
  }
  await verify(manifest, files, call.signal);
  const { name, created, labels, samples, settings } = manifest;
  const bytesOf = (path: string): Bytes => files.get(path) ?? new Uint8Array();
  return {
    name,
    created,
    labels,
    samples,
    settings,
    pictures: manifest.pictures.map(({ id, path, width, height }) => {
      const bytes = bytesOf(path);
      return { id, width, height, blob: new Blob([bytes], { type: pictureType(bytes) }) };
    }),
    heads: manifest.heads.map((head) => ({
      id: head.id,
      name: head.name,
      model: head.model,
      description: new TextDecoder().decode(bytesOf(head.description)),
      weights: bytesOf(head.weights),
    })),
  };
}

async function verify(
  { files: listed }: ProjectManifest,
  files: ReadonlyMap<string, Bytes>,
  signal: AbortSignal | undefined,
): Promise<void> {
  // Two more: the list itself, and its checksum.
  if (files.size !== listed.length + 2) {
    throw new SightlineError('project-corrupt', 'files are missing, or there are more than listed');
  }
  for (const { path, bytes: size, sha256: expected } of listed) {
    throwIfAborted(signal);
    const bytes = files.get(path);
    if (bytes?.length !== size || (await sha256Hex(bytes)) !== expected) {
      throw new SightlineError('project-corrupt', `${path} is not what was written`);
    }
  }
}

/** @throws SightlineError for anything but a picture that every browser reads. */
function pictureType(bytes: Bytes): string {
  const format = fileFormat(bytes.subarray(0, SIGNATURE_BYTES));
  const type = format?.family === 'image' ? IMAGE_MEDIA_TYPES[format.format] : '';
  if (EXTENSIONS[type] === undefined) {
    throw new SightlineError('project-corrupt', 'a picture is no JPEG, PNG or WebP');
  }
  return type;
}
