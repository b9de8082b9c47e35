import { SightlineError } from '../../../domain/errors.js';
import type { Head } from '../../../domain/head.js';
import { CHECKSUM_PATH, MANIFEST_PATH } from '../../../domain/project/manifest.js';
import type { TaughtClass } from '../../../domain/detector-head/taught-class.js';
import { isFindFile, readFind } from '../../../domain/project/find-file.js';
import { readHead } from '../../../domain/project/head-file.js';
import { readProject } from '../../../platform/project-file.js';
import { unpackZip } from '../../../platform/zip-file.js';
import { DATA_SET_LIMITS } from './file-parts.js';
import { readTeachable, TEACHABLE_FILES } from './teachable.js';

/**
 * The heads in a file that was exported: of a project, of heads alone, or in Teachable
 * Machine's form.
 *
 * @throws SightlineError `project-unrecognised`, `project-corrupt`, `project-newer`,
 *   `project-too-large`; `head-incompatible` for a head of others, which does not say
 *   what it looks at.
 */
export async function readHeads(file: Blob): Promise<readonly Head[]> {
  const names = new Set<string>();
  const wanted = new Set<string>(TEACHABLE_FILES);
  const files = await unpackZip(file, DATA_SET_LIMITS, (path) => {
    names.add(path);
    return wanted.has(path) ? 'take' : 'skip';
  });
  if (names.has(MANIFEST_PATH) || names.has(CHECKSUM_PATH)) {
    const { heads } = await readProject(file);
    return heads.filter((each) => !isFindFile(each)).map((head) => readHead(head).head);
  }
  if (files.size < TEACHABLE_FILES.length) {
    throw new SightlineError('project-unrecognised', 'there is no head in it');
  }
  const unknown = { model: '', maps: [], channels: [], normalisation: 'none' } as const;
  return [readTeachable(files, unknown).head];
}

/**
 * What is found by itself, in a file that was exported: of a project, or of heads alone.
 *
 * @returns None of what was switched off.
 * @throws SightlineError As `readHeads`; `project-unrecognised` for Teachable Machine's files.
 */
export async function readFinds(file: Blob): Promise<readonly TaughtClass[]> {
  const { heads } = await readProject(file);
  return heads
    .filter(isFindFile)
    .map(readFind)
    .filter(({ isOn }) => isOn)
    .map(({ taught }) => taught);
}
