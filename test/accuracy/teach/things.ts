import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import type { BBox } from '../../../src/domain/geometry.js';
import { UsageError } from '../../../tools/command.js';
import { readDataSet } from '../data-set.js';

/** Something that can be taught or tested with: what a box in a photograph shows. */
export interface Thing {
  readonly id: string;
  readonly label: string;
  /** Path of the photograph, absolute. */
  readonly path: string;
  /** In pixels of it; `undefined` for a photograph that is about one thing. */
  readonly bbox: BBox | undefined;
}

const PICTURES = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.gif']);

/** Folders that divide a data set, and are no labels. */
const PARTS = new Set(['train', 'training', 'test', 'testing', 'val', 'valid', 'validation']);

/** Pixels of the shorter side: the app harvests nothing smaller. */
const SMALLEST = 24;

/**
 * Reads a folder with photographs: in COCO form (`annotations.json`), where each
 * box that is no crowd and not tiny is a thing; or of folders that are named after
 * what the photographs in them show, also below `train`, `test` and the like.
 *
 * @throws UsageError when it is neither.
 */
export async function readThings(folder: string): Promise<Thing[]> {
  const hasAnnotations = await stat(join(folder, 'annotations.json')).then(
    () => true,
    () => false,
  );
  return hasAnnotations ? readBoxes(folder) : readClassFolders(folder);
}

async function readBoxes(folder: string): Promise<Thing[]> {
  const pictures = await readDataSet(folder);
  return pictures.flatMap(({ id, path, truths }) =>
    truths.flatMap(({ bbox, class: label, isCrowd }, index): Thing[] => {
      const [x, y, width, height] = bbox;
      if (isCrowd || Math.min(width, height) < SMALLEST) return [];
      const box: BBox = [x, y, width, height];
      return [{ id: `${folder}#${id}-${index}`, label, path: join(folder, path), bbox: box }];
    }),
  );
}

async function readClassFolders(folder: string): Promise<Thing[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const things = entries.flatMap((entry): Thing[] => {
    const label = basename(entry.parentPath);
    const isOwn = relative(folder, entry.parentPath) !== '' && !PARTS.has(label.toLowerCase());
    const isPicture = entry.isFile() && PICTURES.has(extname(entry.name).toLowerCase());
    const path = join(entry.parentPath, entry.name);
    return isOwn && isPicture ? [{ id: path, label, path, bbox: undefined }] : [];
  });
  if (things.length === 0) {
    throw new UsageError(
      `${folder} has neither annotations.json nor folders of photographs that are named after what they show.`,
    );
  }
  return things.sort((a, b) => (a.id < b.id ? -1 : 1));
}
