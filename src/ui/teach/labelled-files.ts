import { LONGEST_LABEL } from '../../domain/sample.js';
import type { LabelledFile } from '../../session/teach/types.js';

/** A file and the folder that it lies in; empty where there is none. */
export interface FolderFile {
  readonly file: File;
  readonly folder: string;
}

/** Pictures by their declared type, or by their name where the system declares none. */
export function isPicture({ type, name }: Pick<File, 'type' | 'name'>): boolean {
  return type === ''
    ? /\.(avif|bmp|gif|jfif|jpe?g|png|webp)$/i.test(name)
    : type.startsWith('image/');
}

/** What a folder dialog gives: the folder of each file is in its path. */
export function fromFolderDialog(files: Iterable<File>): FolderFile[] {
  return [...files].map((file) => ({
    file,
    folder: file.webkitRelativePath.split('/').at(-2) ?? '',
  }));
}

/** Pictures whose folder says what they show, and those for which somebody has to say it. */
export function sortByFolder(files: readonly FolderFile[]): {
  readonly labelled: readonly LabelledFile[];
  readonly unlabelled: readonly File[];
} {
  const pictures = files.filter(({ file }) => isPicture(file) && !file.name.startsWith('.'));
  return {
    labelled: pictures.flatMap(({ file, folder }) =>
      folder.trim() === '' ? [] : { file, label: folder.trim().slice(0, LONGEST_LABEL) },
    ),
    unlabelled: pictures.flatMap(({ file, folder }) => (folder.trim() === '' ? file : [])),
  };
}
