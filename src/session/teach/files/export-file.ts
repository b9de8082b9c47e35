import type { SampleBook } from '../sample-book.js';
import type { ExportFile, ExportFormat } from '../types.js';
import { exportCoco, exportYolo } from './export-data-set.js';
import { exportHeads, exportProject } from './export-project.js';
import type { FileParts } from './file-parts.js';
import { exportTeachable } from './teachable.js';

/** What each format is called on a disk, after the name. */
const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  project: '.sightline.zip',
  heads: '.heads.sightline.zip',
  'teachable-machine': '.teachable-machine.zip',
  coco: '.coco.zip',
  yolo: '.yolo.zip',
};

/** @throws SightlineError `nothing-to-export`, `project-too-large`. */
export async function exportFile(format: ExportFormat, parts: FileParts): Promise<ExportFile> {
  const blob = await write(format, parts);
  return { name: `${nameOf(parts.book)}${ENDINGS[format]}`, blob };
}

function write(format: ExportFormat, parts: FileParts): Promise<Blob> {
  switch (format) {
    case 'project':
      return exportProject(parts);
    case 'heads':
      return exportHeads(parts);
    case 'teachable-machine': {
      const { travelling, ownId } = parts.heads;
      return exportTeachable(travelling.find(({ head }) => head.id === ownId) ?? travelling[0]);
    }
    case 'coco':
      return exportCoco(parts.book);
    case 'yolo':
      return exportYolo(parts.book);
  }
}

/** After the day, for exports pile up; without what some system cannot write. */
function nameOf({ samples }: SampleBook): string {
  const labels = [...new Set(samples.map(({ label }) => label))].filter((label) => label !== '');
  const words = labels
    .slice(0, 3)
    .map((label) => label.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '-'))
    .join('-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const day = new Date().toISOString().slice(0, 10);
  return `${words === '' ? 'sightline' : words}-${day}`;
}
