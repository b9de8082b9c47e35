import { SightlineError } from '../../../domain/errors.js';
import { formatCoco } from '../../../domain/data-set/coco.js';
import type { LabelledImage } from '../../../domain/data-set/data-set.js';
import { formatYoloBoxes } from '../../../domain/data-set/yolo.js';
import { packZip, type ZipEntry } from '../../../platform/zip-file.js';
import type { SampleBook } from '../sample-book.js';

/** Where pictures lie in a data set. */
const FOLDER = 'images';

interface Content {
  readonly images: readonly LabelledImage[];
  readonly labels: readonly string[];
  readonly pictures: readonly ZipEntry[];
}

/** `annotations.json` in COCO form, and the pictures. */
export async function exportCoco(book: SampleBook): Promise<Blob> {
  const { images, labels, pictures } = await contentOf(book);
  const annotations = new TextEncoder().encode(formatCoco(images, labels));
  return pack([{ path: 'annotations.json', bytes: annotations }, ...pictures]);
}

/** `data.yaml`, a text file with boxes for each picture, and the pictures. */
export async function exportYolo(book: SampleBook): Promise<Blob> {
  const { images, labels, pictures } = await contentOf(book);
  const encoder = new TextEncoder();
  // JSON strings are YAML strings.
  const names = labels.map((label, index) => `  ${String(index)}: ${JSON.stringify(label)}\n`);
  const yaml = `path: .\ntrain: ${FOLDER}\nval: ${FOLDER}\nnames:\n${names.join('')}`;
  const texts = images.map(({ fileName, size, boxes }) => ({
    path: fileName.replace(/^images\/(.*)\.\w+$/, 'labels/$1.txt'),
    bytes: encoder.encode(formatYoloBoxes(boxes, labels, size)),
  }));
  return pack([{ path: 'data.yaml', bytes: encoder.encode(yaml) }, ...texts, ...pictures]);
}

/**
 * Examples, and pictures without any: both formats take those for background. What
 * something is not has no place in either of them.
 */
async function contentOf(book: SampleBook): Promise<Content> {
  const examples = book.samples.filter(({ kind }) => kind === 'example');
  const rooms = book.samples.filter(({ kind, label }) => kind === 'negative' && label === '');
  if (examples.length === 0) throw new SightlineError('nothing-to-export');
  const images: LabelledImage[] = [];
  const pictures: ZipEntry[] = [];
  for (const id of new Set([...examples, ...rooms].map(({ pictureId }) => pictureId))) {
    const picture = await book.store.picture(id);
    if (picture === undefined) continue;
    const extension = picture.blob.type === 'image/png' ? 'png' : 'jpg';
    const fileName = `${FOLDER}/${id}.${extension}`;
    const boxes = examples.filter(({ pictureId }) => pictureId === id);
    const { width, height, blob } = picture;
    images.push({
      fileName,
      size: { width, height },
      boxes: boxes.map(({ bbox, label }) => ({ bbox, label })),
    });
    pictures.push({ path: fileName, bytes: new Uint8Array(await blob.arrayBuffer()) });
  }
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  return { images, labels, pictures };
}

function pack(files: readonly ZipEntry[]): Promise<Blob> {
  return packZip(files, (path) => path.startsWith(`${FOLDER}/`));
}
