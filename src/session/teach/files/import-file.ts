import { SightlineError, toSightlineError } from '../../../domain/errors.js';
import { CHECKSUM_PATH, MANIFEST_PATH } from '../../../domain/project/manifest.js';
import { isFindFile, readFind, type TravellingFind } from '../../../domain/project/find-file.js';
import { readHead, type TravellingHead } from '../../../domain/project/head-file.js';
import { UNKNOWN } from '../../../domain/head.js';
import type { Sample } from '../../../domain/sample.js';
import { readProject, type ProjectContent } from '../../../platform/project-file.js';
import type { SampleEntry } from '../../../platform/sample-store.js';
import { unpackZip, type Bytes, type Welcome } from '../../../platform/zip-file.js';
import { parseTeachSettings } from '../settings-memory.js';
import { SkipCounts } from '../skip-counts.js';
import type { ImportSummary } from '../types.js';
import { DATA_SET_LIMITS, type FileParts } from './file-parts.js';
import { isDataSetPath, readDataSet } from './import-data-set.js';
import { readTeachable, TEACHABLE_FILES, type AssumedSource } from './teachable.js';

export interface ImportParts extends FileParts {
  /** What a head that says nothing of its features is taken to look at; asked for only then. */
  readonly assumedSource: () => Promise<AssumedSource | undefined>;
}

/** What a file has turned out to be. */
interface Found {
  readonly entries: readonly SampleEntry[];
  readonly heads: readonly TravellingHead[];
  readonly finds: readonly TravellingFind[];
}

/**
 * Takes in a file that `export` has written, or one of the same form, told apart by its
 * content. All of it that can be used is taken over, or nothing.
 *
 * @throws SightlineError `project-unrecognised`, `project-corrupt`, `project-newer`,
 *   `project-too-large`, `dataset-corrupt`, `head-incompatible`, `storage-full`.
 */
export async function importFile(file: Blob, parts: ImportParts): Promise<ImportSummary> {
  const skipped = new SkipCounts();
  const names = new Set<string>();
  const files = await unpackZip(file, DATA_SET_LIMITS, (path) => {
    names.add(path);
    return welcome(path, names);
  }).catch((thrown: unknown) => {
    // Projects are unpacked by stricter rules, which say better what is wrong with them.
    if (names.has(MANIFEST_PATH) || names.has(CHECKSUM_PATH)) return new Map<string, Bytes>();
    throw thrown;
  });
  const isProject = names.has(MANIFEST_PATH) || names.has(CHECKSUM_PATH);
  const found = isProject
    ? await readProjectFile(file, parts, skipped)
    : await readForeign(files, parts, skipped);
  return takeOver(found, parts, skipped);
}

/** Of a project only the names are wanted here. */
function welcome(path: string, names: ReadonlySet<string>): Welcome {
  if (names.has(MANIFEST_PATH) || names.has(CHECKSUM_PATH)) return 'skip';
  // Nothing here is ever written to a disk, but names like that have no good reason.
  if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) {
    return 'refuse';
  }
  const isTeachable = TEACHABLE_FILES.some((name) => path === name || path.endsWith(`/${name}`));
  return isTeachable || isDataSetPath(path) ? 'take' : 'skip';
}

async function readForeign(
  files: ReadonlyMap<string, Bytes>,
  parts: ImportParts,
  skipped: SkipCounts,
): Promise<Found> {
  const model = [...files.keys()].find((path) => /(?:^|\/)model\.json$/.test(path));
  const folder = model?.slice(0, -'model.json'.length);
  const own = new Map(
    TEACHABLE_FILES.flatMap((name) => {
      const bytes = folder === undefined ? undefined : files.get(folder + name);
      return bytes === undefined ? [] : [[name, bytes] as const];
    }),
  );
  if (own.size === TEACHABLE_FILES.length) {
    const travelling = readTeachable(own, await parts.assumedSource());
    parts.heads.assertFits(travelling.head);
    return { entries: [], heads: [travelling], finds: [] };
  }
  if (own.size > 0)
    throw new SightlineError('project-corrupt', 'one of the three files is missing');
  return { entries: await readDataSet(files, skipped), heads: [], finds: [] };
}

async function readProjectFile(
  file: Blob,
  parts: ImportParts,
  skipped: SkipCounts,
): Promise<Found> {
  const content = await readProject(file);
  const finds = content.heads.filter(isFindFile).map(readFind);
  const heads = content.heads.filter((each) => !isFindFile(each)).map(readHead);
  const isHeadsOnly = content.samples.length === 0;
  const fitting = heads.filter(({ head }) => {
    try {
      parts.heads.assertFits(head);
      return true;
    } catch (thrown) {
      // With samples, heads can be trained again; without, there is nothing else in the file.
      if (isHeadsOnly && heads.length === 1) throw thrown;
      skipped.add(toSightlineError(thrown).code);
      return false;
    }
  });
  if (isHeadsOnly && heads.length > 0 && fitting.length === 0) {
    throw new SightlineError('head-incompatible', `${heads.length} heads`);
  }
  const settings = parseTeachSettings(content.settings);
  const isNew = parts.book.samples.length === 0 && parts.heads.all.length === 0;
  if (settings !== undefined && isNew) parts.changeSettings(settings);
  return { entries: entriesOf(content), heads: fitting, finds };
}

function entriesOf({ pictures, samples }: ProjectContent): SampleEntry[] {
  const byPicture = new Map<string, Sample[]>();
  for (const sample of samples) {
    byPicture.set(sample.pictureId, [...(byPicture.get(sample.pictureId) ?? []), sample]);
  }
  return pictures.flatMap((picture) => {
    const own = byPicture.get(picture.id);
    return own === undefined ? [] : [{ picture, samples: own, features: [] }];
  });
}

async function takeOver(
  { entries, heads, finds }: Found,
  { book, heads: keeper, finds: findKeeper, keeper: samplesKeeper }: ImportParts,
  skipped: SkipCounts,
): Promise<ImportSummary> {
  const known = new Set(book.samples.map(({ id }) => id));
  const fresh = entries.flatMap((entry) => {
    const samples = entry.samples.filter(({ id }) => !known.has(id));
    const left = entry.samples.length - samples.length;
    if (left > 0) skipped.add('already-there', left);
    return samples.length === 0 ? [] : [{ ...entry, samples }];
  });
  const samples = fresh.flatMap((entry) => entry.samples);
  if (fresh.length > 0) book.keepUndo(await book.addAll(fresh));
  const added = await keeper.adopt(heads);
  const found = await findKeeper.adopt(finds);
  if (found < finds.length) skipped.add('already-there', finds.length - found);
  if (added < heads.length) skipped.add('already-there', heads.length - added);
  samplesKeeper.fillSoon(samples);
  const labels = [
    ...samples.map(({ label }) => label),
    ...(samples.length === 0 && added > 0 ? heads.flatMap(({ head }) => head.labels) : []),
    ...(found > 0 ? finds.map(({ taught }) => taught.label) : []),
  ].filter((label) => label !== UNKNOWN);
  return {
    samples: samples.length,
    labels: new Set(labels).size,
    heads: added + found,
    skipped: skipped.list,
  };
}
