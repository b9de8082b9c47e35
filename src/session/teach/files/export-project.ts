import { UNKNOWN } from '../../../domain/head.js';
import { PROJECT_LIMITS } from '../../../domain/project/manifest.js';
import { writeFind } from '../../../domain/project/find-file.js';
import { writeHead } from '../../../domain/project/head-file.js';
import { SightlineError } from '../../../domain/errors.js';
import { writeProject, type PictureContent } from '../../../platform/project-file.js';
import type { FileParts } from './file-parts.js';

/** Everything: samples with their pictures, heads and settings. */
export async function exportProject({ book, heads, finds, settings }: FileParts): Promise<Blob> {
  const pictures = new Map<string, PictureContent>();
  let bytes = 0;
  for (const { pictureId } of book.samples) {
    if (pictures.has(pictureId)) continue;
    const picture = await book.store.picture(pictureId);
    // Its samples live on by their features, which do not travel.
    if (picture === undefined) continue;
    bytes += picture.blob.size;
    if (bytes > PROJECT_LIMITS.bytes) {
      throw new SightlineError('project-too-large', `more than ${bytes} bytes`);
    }
    pictures.set(pictureId, picture);
  }
  const samples = book.samples.filter(({ pictureId }) => pictures.has(pictureId));
  return writeProject({
    name: 'Sightline',
    created: new Date().toISOString(),
    labels: [...new Set(samples.map(({ label }) => label))].filter((label) => label !== UNKNOWN),
    pictures: [...pictures.values()],
    samples,
    heads: [...heads.travelling.map(writeHead), ...finds.travelling.map(writeFind)],
    settings,
  });
}

/** What was learnt alone: a few kilobytes for a head, some tens for what is found by itself. */
export async function exportHeads({ heads, finds }: FileParts): Promise<Blob> {
  const travelling = heads.travelling.map((each) => ({ ...each, trainedOn: undefined }));
  if (travelling.length + finds.travelling.length === 0)
    throw new SightlineError('nothing-to-export');
  const labels = new Set([
    ...travelling.flatMap(({ head }) => head.labels),
    ...finds.travelling.map(({ taught }) => taught.label),
  ]);
  labels.delete(UNKNOWN);
  return writeProject({
    name: 'Sightline',
    created: new Date().toISOString(),
    labels: [...labels],
    pictures: [],
    samples: [],
    heads: [...travelling.map(writeHead), ...finds.travelling.map(writeFind)],
    settings: null,
  });
}
