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

/** Whether something that is dragged over the page holds files at all. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

function isUntyped(file: File): boolean {
  return file.type === '' || file.type === 'application/octet-stream';
}
