import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Truth } from '../../src/domain/detection-matching.js';
import { UsageError } from '../../tools/command.js';

/** A labelled photograph. */
export interface LabelledPicture {
  readonly id: number;
  /** Relative to the data set's folder, with slashes. */
  readonly path: string;
  readonly truths: readonly Truth[];
}

/** The parts of COCO's `annotations.json` that matter here (https://cocodataset.org/#format-data). */
interface CocoFile {
  readonly images: readonly { readonly id: number; readonly file_name: string }[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly annotations: readonly {
    readonly image_id: number;
    readonly category_id: number;
    readonly bbox: readonly [number, number, number, number];
    readonly area?: number;
    readonly iscrowd?: 0 | 1;
  }[];
}

/**
 * Reads a folder with `annotations.json` and its photographs, in the folder
 * itself or in `images/`. Categories keep their names only, for ids differ
 * from one data set to the next.
 *
 * @returns By ascending id, as pycocotools orders them.
 * @throws UsageError when a file is missing or no data set.
 */
export async function readDataSet(folder: string): Promise<LabelledPicture[]> {
  const { images, categories, annotations } = await readAnnotations(folder);
  const files = new Set((await readdir(folder, { recursive: true })).map(withSlashes));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const truths = new Map<number, Truth[]>(images.map(({ id }) => [id, []]));
  for (const { image_id, category_id, bbox, area, iscrowd } of annotations) {
    const label = names.get(category_id);
    const list = truths.get(image_id);
    if (label === undefined || list === undefined) {
      throw new UsageError(
        `An annotation in ${folder} is of image ${image_id} and category ${category_id}, one of which is not listed.`,
      );
    }
    list.push({
      bbox,
      class: label,
      area: area ?? bbox[2] * bbox[3],
      isCrowd: iscrowd === 1,
    });
  }
  return [...images]
    .sort((a, b) => a.id - b.id)
    .map(({ id, file_name: name }) => {
      const path = [name, `images/${name}`].find((candidate) => files.has(candidate));
      if (path === undefined) throw new UsageError(`${folder} has no photograph ${name}.`);
      return { id, path, truths: truths.get(id) ?? [] };
    });
}

async function readAnnotations(folder: string): Promise<CocoFile> {
  const path = join(folder, 'annotations.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`There is no ${path}.`, { cause });
  }
  try {
    const file = JSON.parse(text) as Partial<CocoFile>;
    const { images, categories, annotations } = file;
    if (!images || !categories || !annotations) throw new Error('a list is missing');
    return { images, categories, annotations };
  } catch (cause) {
    throw new UsageError(
      `${path} is not in COCO form: it should have images, categories and annotations.`,
      { cause },
    );
  }
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
