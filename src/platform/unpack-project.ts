import { isProjectPath, PROJECT_LIMITS } from '../domain/project/manifest.js';
import { unpackZip, type Bytes, type ZipCall } from './zip-file.js';

/** The manifest and its checksum lie beside the files that count. */
const LIMITS = { ...PROJECT_LIMITS, files: PROJECT_LIMITS.files + 1 };

/**
 * Unpacks a project's zip.
 *
 * @returns Contents by path; nothing but names that a project may have.
 * @throws SightlineError `project-unrecognised`, `project-corrupt`,
 *   `project-too-large`, `aborted`.
 */
export function unpackProject(file: Blob, call: ZipCall): Promise<Map<string, Bytes>> {
  return unpackZip(file, LIMITS, (path) => (isProjectPath(path) ? 'take' : 'refuse'), call);
}
