import { SightlineError } from '../errors.js';
import type { BBox } from '../geometry.js';
import { list, number, record, ShapeError, text, type Shape } from '../shape.js';
import {
  SkipCounter,
  tidyLabel,
  type DataSet,
  type LabelledBox,
  type LabelledImage,
} from './data-set.js';

/** More than any data set that a browser could train on. */
const MOST = 1_000_000;
const LARGEST_SIDE = 100_000;

const id = number(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const optionalNumber: Shape<number> = (value, where) =>
  value === undefined ? 0 : number(0, 1)(value, where);
/** Anything with four entries; what is no number becomes `NaN` and is skipped and counted. */
const box: Shape<BBox> = (value, where) => {
  const entries = list<number>((entry) => (typeof entry === 'number' ? entry : NaN), 4)(
    value,
    where,
  );
  const [x = NaN, y = NaN, width = NaN, height = NaN] = entries;
  return [x, y, width, height];
};

interface CocoFile {
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[];
  readonly categories: readonly { id: number; name: string }[];
  readonly annotations: readonly {
    image_id: number;
    category_id: number;
    bbox: BBox;
    iscrowd: number;
  }[];
}

const coco = record<CocoFile>({
  images: list(
    record({
      id,
      file_name: text(1000),
      width: number(1, LARGEST_SIDE),
      height: number(1, LARGEST_SIDE),
    }),
    MOST,
  ),
  categories: list(record({ id, name: text(1000) }), MOST),
  annotations: list(
    record({ image_id: id, category_id: id, bbox: box, iscrowd: optionalNumber }),
    MOST,
  ),
});

/**
 * Reads annotations in COCO form (https://cocodataset.org/#format-data), detection
 * boxes only. Crowds, empty boxes, boxes outside, and annotations of images or
 * categories that are not listed are left out and counted.
 *
 * @throws SightlineError `dataset-corrupt`
 */
export function parseCoco(written: string): DataSet {
  const file = read(written);
  const skipped = new SkipCounter();
  const names = new Map(file.categories.map(({ id: key, name }) => [key, tidyLabel(name)]));
  const boxes = new Map<number, LabelledBox[]>(file.images.map(({ id: key }) => [key, []]));
  const sizes = new Map(file.images.map((image) => [image.id, image]));
  for (const { image_id: imageId, category_id: categoryId, bbox, iscrowd } of file.annotations) {
    const image = sizes.get(imageId);
    const label = names.get(categoryId) ?? '';
    if (image === undefined) skipped.add('no-image');
    else if (label === '') skipped.add('no-label');
    else if (iscrowd === 1) skipped.add('crowd');
    else {
      const usable = skipped.usable(bbox, image);
      if (usable !== undefined) boxes.get(imageId)?.push({ bbox: usable, label });
    }
  }
  return {
    images: file.images.map(({ id: key, file_name: fileName, width, height }) => ({
      fileName: fileName.replaceAll('\\', '/'),
      size: { width, height },
      boxes: boxes.get(key) ?? [],
    })),
    labels: [...new Set(names.values())].filter((name) => name !== ''),
    skipped: skipped.counts,
  };
}

/**
 * The same as COCO JSON; ids count from 1.
 *
 * @param labels Order of the categories; labels that only boxes have come after them.
 */
export function formatCoco(
  images: readonly LabelledImage[],
  labels: readonly string[] = [],
): string {
  const used = images.flatMap(({ boxes }) => boxes.map(({ label }) => label));
  const categories = [...new Set([...labels, ...used])];
  const idOf = new Map(categories.map((name, index) => [name, index + 1]));
  const annotations = images.flatMap(({ boxes }, index) =>
    boxes.map(({ bbox, label }) => ({
      image_id: index + 1,
      category_id: idOf.get(label) ?? 0,
      bbox,
      area: bbox[2] * bbox[3],
      iscrowd: 0,
    })),
  );
  return JSON.stringify({
    images: images.map(({ fileName, size }, index) => ({
      id: index + 1,
      file_name: fileName,
      ...size,
    })),
    categories: categories.map((name) => ({ id: idOf.get(name), name })),
    annotations: annotations.map((annotation, index) => ({ id: index + 1, ...annotation })),
  });
}

function read(written: string): CocoFile {
  try {
    return coco(JSON.parse(written), 'annotations');
  } catch (cause) {
    if (!(cause instanceof ShapeError) && !(cause instanceof SyntaxError)) throw cause;
    throw new SightlineError('dataset-corrupt', cause.message, { cause });
  }
}
