import { isAbort } from '../domain/errors.js';

/** Whether this browser hands files of this kind to other apps. */
export function canShare(file: File): boolean {
  // `canShare` is missing in some browsers, whatever the types say.
  return 'canShare' in navigator && navigator.canShare({ files: [file] });
}

/** Offers a file to other apps; where that fails it is saved instead. */
export async function shareFile(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (error) {
    // Closing the share sheet is no fault.
    if (!isAbort(error)) saveFile(file);
  }
}

/** Hands a file to the browser's downloads. */
export function saveFile(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // The download has taken its own reference by the next task.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  });
}
