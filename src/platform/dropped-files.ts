/**
 * The first picture or video among what was dropped or pasted.
 *
 * Files without a declared type count as well: their content decides later.
 * While something is still being dragged, browsers hide the files, so this is
 * for `drop` and `paste` events; see `carriesFiles` for `dragover`.
 *
 * @param transfer `event.dataTransfer` or `event.clipboardData`.
 */
export function droppedFile(transfer: DataTransfer | null): File | undefined {
  const files = [...(transfer?.files ?? [])];
  return files.find((file) => /^(image|video)\//.test(file.type)) ?? files.find(isUntyped);
}

/** A dropped file and the folder that it lay in; empty for one that was dropped by itself. */
export interface DroppedFile {
  readonly file: File;
  readonly folder: string;
}

/** More files than this are no longer looked for. */
const MOST_FILES = 10_000;

/** All files among what was dropped or pasted, also those in folders and in their folders. */
export async function droppedFiles(transfer: DataTransfer | null): Promise<readonly DroppedFile[]> {
  // Asked for before anything is awaited: afterwards the browser has emptied it.
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) {
    return [...(transfer?.files ?? [])].map((file) => ({ file, folder: '' }));
  }
  const found: DroppedFile[] = [];
  for (const entry of entries) await gather(entry, '', found);
  return found;
}

/** A file that cannot be read is left out; there are others. */
async function gather(entry: FileSystemEntry, folder: string, found: DroppedFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (isFile(entry)) {
    const file = await new Promise<File | undefined>((resolve) => {
      entry.file(resolve, () => {
        resolve(undefined);
      });
    });
    if (file !== undefined) found.push({ file, folder });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some at a time, until it gives none.
  for (;;) {
    const children = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([]);
      });
    });
    if (children.length === 0) return;
    for (const child of children) await gather(child, entry.name, found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** Whether something that is dragged over the page holds files at all. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

function isUntyped(file: File): boolean {
  return file.type === '' || file.type === 'application/octet-stream';
}
