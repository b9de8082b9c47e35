import { SightlineError } from '../../../domain/errors.js';
import { parseCoco } from '../../../domain/data-set/coco.js';
import type { LabelledBox, LabelledImage, SkipReason } from '../../../domain/data-set/data-set.js';
import { parseYoloBoxes, parseYoloNames } from '../../../domain/data-set/yolo.js';
import type { Size } from '../../../domain/geometry.js';
import type { Sample } from '../../../domain/sample.js';
import { copyPicture } from '../../../platform/pictures.js';
import type { SampleEntry } from '../../../platform/sample-store.js';
import { frameSize, Snapshot } from '../../../platform/snapshot.js';
import type { Bytes } from '../../../platform/zip-file.js';
import { backgroundBoxes } from '../background-boxes.js';
import { newId } from '../new-id.js';
import type { SkipCounts } from '../skip-counts.js';

/** Pictures are read as they come; texts are small. */
const PICTURE = /\.(?:jpe?g|png|webp|bmp|gif)$/i;
const NAMES = /(?:^|\/)(?:data|dataset)\.ya?ml$|(?:^|\/)classes\.txt$|\.ya?ml$/i;

/** A picture of a data set with the boxes in it, or how they are found once its size is known. */
interface Listed {
  readonly path: string;
  readonly boxes: (size: Size) => readonly LabelledBox[];
}

/** Whether a file of a zip is part of a data set, of whatever form. */
export function isDataSetPath(path: string): boolean {
  const isHidden = path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
  return !isHidden && /\.(?:json|txt|ya?ml|jpe?g|png|webp|bmp|gif)$/i.test(path);
}

/**
 * Reads a data set in COCO or YOLO form.
 *
 * @param files By path, wherever in the zip they lie.
 * @param skipped Counts what cannot be used.
 * @throws SightlineError `dataset-corrupt`
 */
export async function readDataSet(
  files: ReadonlyMap<string, Bytes>,
  skipped: SkipCounts,
): Promise<SampleEntry[]> {
  const listed = listedByCoco(files, skipped) ?? listedByYolo(files, skipped);
  if (listed === undefined) {
    throw new SightlineError('project-unrecognised', 'neither a project nor a data set');
  }
  const burst = newId();
  const entries: SampleEntry[] = [];
  for (const { path, boxes } of listed) {
    const bytes = files.get(path);
    if (bytes === undefined) skipped.add('no-picture');
    else {
      // Each picture is a burst of its own: nothing says that they belong together.
      const entry = await entryOf(bytes, boxes, `${burst}-${String(entries.length)}`, skipped);
      if (entry !== undefined) entries.push(entry);
    }
  }
  return entries;
}

function listedByCoco(
  files: ReadonlyMap<string, Bytes>,
  skipped: SkipCounts,
): Listed[] | undefined {
  const lists = [...files.keys()].filter((path) => path.endsWith('.json'));
  const [path] = lists.filter((name) => /annotations|instances|coco/i.test(name)).concat(lists);
  if (path === undefined) return undefined;
  const { images, skipped: left } = parseCoco(new TextDecoder().decode(files.get(path)));
  addAll(skipped, left);
  const byName = byFileName(files);
  return images.map((image) => ({
    path: findPicture(files, byName, path, image),
    boxes: (size) => scaled(image, size),
  }));
}

function listedByYolo(
  files: ReadonlyMap<string, Bytes>,
  skipped: SkipCounts,
): Listed[] | undefined {
  const decoder = new TextDecoder();
  const namesPath = [...files.keys()].find((path) => NAMES.test(path));
  if (namesPath === undefined) return undefined;
  const names = parseYoloNames(decoder.decode(files.get(namesPath)), namesPath);
  const pictures = [...files.keys()].filter((path) => PICTURE.test(path));
  return pictures.map((path) => ({
    path,
    boxes: (size) => {
      const written = files.get(labelPath(path)) ?? files.get(path.replace(PICTURE, '.txt'));
      if (written === undefined) return [];
      const { boxes, skipped: left } = parseYoloBoxes(decoder.decode(written), names, size);
      addAll(skipped, left);
      return boxes;
    },
  }));
}

/** `a/images/b.jpg` has its boxes in `a/labels/b.txt`. */
function labelPath(path: string): string {
  return path.replace(/(^|\/)images\//, '$1labels/').replace(PICTURE, '.txt');
}

/** Annotations name pictures from their own folder, from the one above, or without any. */
function findPicture(
  files: ReadonlyMap<string, Bytes>,
  byName: ReadonlyMap<string, string>,
  listPath: string,
  { fileName }: LabelledImage,
): string {
  const folder = listPath.slice(0, listPath.lastIndexOf('/') + 1);
  const candidates = [folder + fileName, fileName, `${folder}images/${fileName}`];
  const name = fileName.slice(fileName.lastIndexOf('/') + 1);
  return candidates.find((path) => files.has(path)) ?? byName.get(name) ?? fileName;
}

function byFileName(files: ReadonlyMap<string, Bytes>): Map<string, string> {
  return new Map([...files.keys()].map((path) => [path.slice(path.lastIndexOf('/') + 1), path]));
}

/** Boxes for the picture as it is, where the list says that it was of another size. */
function scaled({ boxes, size: stated }: LabelledImage, size: Size): LabelledBox[] {
  const [across, down] = [size.width / stated.width, size.height / stated.height];
  return boxes.map(({ bbox: [x, y, width, height], label }) => ({
    bbox: [x * across, y * down, width * across, height * down],
    label,
  }));
}

/** A picture with its samples, at the size that is kept; `undefined`, counted, where it is none. */
async function entryOf(
  bytes: Bytes,
  boxesOf: Listed['boxes'],
  burst: string,
  skipped: SkipCounts,
): Promise<SampleEntry | undefined> {
  let picture;
  try {
    picture = (await copyPicture(new Blob([bytes]))).data;
  } catch (thrown) {
    if (!(thrown instanceof SightlineError)) throw thrown;
    skipped.add(thrown.code);
    return undefined;
  }
  try {
    const size = frameSize(picture);
    const boxes = boxesOf(size);
    const snapshot = new Snapshot(picture);
    const pictureId = newId();
    const common = { pictureId, source: 'import', burst, time: Date.now() } as const;
    const samples =
      boxes.length > 0
        ? boxes.map(({ bbox, label }): Sample => ({
            ...common,
            id: newId(),
            bbox: snapshot.toOwn(bbox),
            kind: 'example',
            label,
          }))
        : backgroundBoxes(snapshot.size).map((bbox): Sample => ({
            ...common,
            id: newId(),
            bbox,
            kind: 'negative',
            label: '',
          }));
    const blob = await snapshot.encode();
    return { picture: { id: pictureId, blob, ...snapshot.size }, samples, features: [] };
  } finally {
    picture.close();
  }
}

function addAll(skipped: SkipCounts, counts: ReadonlyMap<SkipReason, number>): void {
  for (const [reason, count] of counts) skipped.add(reason, count);
}
